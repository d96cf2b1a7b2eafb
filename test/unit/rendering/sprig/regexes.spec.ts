// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Go writes groups so.
import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Regular expressions', () => {
  it.each([
    ['{{sprig_regexMatch "^a" "abc"}}', 'true'],
    ['{{sprig_regexFind "[0-9]+" "a12b3"}}', '12'],
    ['{{sprig_regexFindAll "[0-9]+" "a12b3" -1}}', '[12 3]'],
    ['{{sprig_regexReplaceAll "a(b)" "ab-ab" "${1}x"}}', 'bx-bx'],
    ['{{sprig_regexReplaceAllLiteral "a(b)" "ab" "${1}"}}', '${1}'],
    ['{{sprig_regexSplit "-" "a-b-c" -1}}', '[a b c]'],
    ['{{sprig_regexQuoteMeta "a.b*"}}', String.raw`a\.b\*`],
    ['{{sprig_regexMatch "(" "a"}}', 'false'],
    ['{{sprig_regexMatch "^[a-z]+$" "abc"}}', 'true'],
    ['{{sprig_regexFind "z" "abc"}}', ''],
    ['{{sprig_regexFindAll "[2,4,6,8]" "123456789" -1}}', '[2 4 6 8]'],
    ['{{sprig_regexFindAll "[2,4,6,8]" "123456789" 2}}', '[2 4]'],
    ['{{sprig_regexFindAll "z" "abc" -1}}', '[]'],
    [
      '{{printf "%#v %#v %#v" (sprig_regexFindAll "z" "abc" -1) (sprig_regexFindAll "a" "abc" 0) (sprig_regexSplit "b" "abc" 0)}}',
      '[]string(nil) []string(nil) []string(nil)',
    ],
    ['{{sprig_regexReplaceAll "a(x*)b" "-ab-axxb-" "${1}W"}}', '-W-xxW-'],
    ['{{sprig_regexReplaceAll "a(x*)b" "-ab-axxb-" "$1W"}}', '---'],
    ['{{sprig_regexReplaceAllLiteral "a(x*)b" "-ab-axxb-" "${1}"}}', '-${1}-${1}-'],
    ['{{sprig_regexSplit "z+" "pizza" -1}}', '[pi a]'],
    ['{{sprig_regexSplit "z+" "pizza" 1}}', '[pizza]'],
    ['{{len (sprig_regexSplit "," "" -1)}}', '1'],
    ['{{sprig_regexQuoteMeta "1.2.3"}}', String.raw`1\.2\.3`],
    ['{{sprig_mustRegexMatch "a" "a"}}', 'true'],
    ['{{sprig_mustRegexSplit "a" "bab" 2}}', '[b b]'],
    ['{{sprig_mustRegexFindAll "a" "bab" -1}}', '[a]'],
    ['{{sprig_mustRegexReplaceAll "a" "bab" "x"}}', 'bxb'],
    ['{{sprig_mustRegexFind "a" "bab"}}', 'a'],
    ['{{sprig_mustRegexReplaceAllLiteral "a" "bab" "$"}}', 'b$b'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_regexFind "(" "a"}}',
      'template: :1:2: executing "" at <sprig_regexFind "(" "a">: error calling sprig_regexFind: regexp: Compile(`(`): error parsing regexp: missing closing ): `(`',
    ],
    [
      '{{sprig_regexFindAll "a`(" "a" 1}}',
      'template: :1:2: executing "" at <sprig_regexFindAll "a`(" "a" 1>: error calling sprig_regexFindAll: regexp: Compile("a`("): error parsing regexp: missing closing ): `a`(`',
    ],
    [
      '{{sprig_regexReplaceAll "[" "a" "b"}}',
      'template: :1:2: executing "" at <sprig_regexReplaceAll "[" "a" "b">: error calling sprig_regexReplaceAll: regexp: Compile(`[`): error parsing regexp: missing closing ]: `[`',
    ],
    [
      '{{sprig_regexReplaceAllLiteral "(?<x" "a" "b"}}',
      'template: :1:2: executing "" at <sprig_regexReplaceAllLiteral "(?<x" "a" "b">: error calling sprig_regexReplaceAllLiteral: regexp: Compile(`(?<x`): error parsing regexp: invalid named capture: `(?<x`',
    ],
    [
      '{{sprig_regexSplit "*" "a" 1}}',
      'template: :1:2: executing "" at <sprig_regexSplit "*" "a" 1>: error calling sprig_regexSplit: regexp: Compile(`*`): error parsing regexp: missing argument to repetition operator: `*`',
    ],
    [
      '{{sprig_mustRegexMatch "(" "a"}}',
      'template: :1:2: executing "" at <sprig_mustRegexMatch "(" "a">: error calling sprig_mustRegexMatch: error parsing regexp: missing closing ): `(`',
    ],
    [
      '{{sprig_mustRegexFind "a(" "a"}}',
      'template: :1:2: executing "" at <sprig_mustRegexFind "a(" "a">: error calling sprig_mustRegexFind: error parsing regexp: missing closing ): `a(`',
    ],
    [
      String.raw`{{sprig_mustRegexFindAll "\\" "a" 1}}`,
      'template: :1:2: executing "" at <sprig_mustRegexFindAll "\\\\" "a" 1>: error calling sprig_mustRegexFindAll: error parsing regexp: trailing backslash at end of expression: ``',
    ],
    [
      '{{sprig_mustRegexSplit "(?=a)" "a" 1}}',
      'template: :1:2: executing "" at <sprig_mustRegexSplit "(?=a)" "a" 1>: error calling sprig_mustRegexSplit: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      '{{sprig_mustRegexReplaceAll "a{1001}" "a" "b"}}',
      'template: :1:2: executing "" at <sprig_mustRegexReplaceAll "a{1001}" "a" "b">: error calling sprig_mustRegexReplaceAll: error parsing regexp: invalid repeat count: `{1001}`',
    ],
    [
      '{{sprig_mustRegexReplaceAllLiteral "[b-a]" "a" "b"}}',
      'template: :1:2: executing "" at <sprig_mustRegexReplaceAllLiteral "[b-a]" "a" "b">: error calling sprig_mustRegexReplaceAllLiteral: error parsing regexp: invalid character class range: `b-a`',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
