// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Go writes groups so.
import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('functions of texts', () => {
  it.each([
    ['{{" a , b " | split ","}}|', '[a   b]|'],
    ['{{len (split "," "")}} {{len (split "," "  ")}} {{len (split "," "a,,")}}', '0 0 3'],
    ['{{printf "%T %q" (split "" "aé") (split "" "aé")}}', '[]string ["a" "é"]'],
    ['{{split 1 "a"}}', '1:8: executing "" at <1>: expected string; found 1'],
  ])('split trims, and gives texts: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{"a,b" | split "," | join "|"}}', 'a|b'],
    [
      '{{join "," (sprig_list "a" "b")}}',
      '1:27: executing "" at <"b">: wrong type for value; expected []string; got []interface {}',
    ],
    ['{{join "," nil}}|', '|'],
  ])('join takes texts only: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{"a=1;b=2;bad;c=x=y;=z" | splitToMap ";" "="}}', 'map[:z a:1 b:2 c:x=y]'],
    ['{{printf "%T" (splitToMap ";" "=" "")}}', 'map[string]string'],
    ['{{with splitToMap ";" "=" "a=1"}}[{{.a}}{{.nope}}]{{end}}', '[1]'],
  ])('splitToMap leaves out what has no value: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{"xyxabcyx" | trim "xy"}} {{trim "é" "éaé"}} [{{trim "" " a "}}]', 'abc a [ a ]'],
    ['{{trimPrefix "xx" "xxxa"}} {{"axxx" | trimSuffix "xx"}} {{trimPrefix "b" "a"}}', 'xa ax a'],
    [String.raw`[{{trimSpace "\t\u00a0\u2003\u0085 a b \v\r\n"}}] [{{trimSpace "\ufeffa"}}]`, '[a b] [﻿a]'],
  ])('trimming: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{toUpper "a-b é ß ŉ ᾳ ǆ ი"}}', 'A-B É ß ŉ ᾼ Ǆ Ი'],
    ['{{toLower "A-B É ΑΣ İ Ǆ"}}', 'a-b é ασ i ǆ'],
    [String.raw`{{toUpper "a\xff" | printf "%x"}} {{toLower "É\xff" | printf "%x"}}`, '41efbfbd c3a9efbfbd'],
  ])('case is changed letter by letter: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{toTitle "hello wORLD foo-bar it\'s o\'neil"}}', "Hello WORLD Foo-Bar It's O'neil"],
    ['{{toTitle "élan vital mc-donald\'s 3rd foo_bar a.b.c"}}', "Élan Vital Mc-Donald's 3Rd Foo_bar A.b.c"],
    ['{{toTitle "ß ŉ ﬁ ǆ ǅ ᾳ ჰa"}}', 'Ss ʼN Fi ǅ ǅ ᾼ ჰa'],
    ['{{toTitle "a..b a:b a漢b l\'\'x"}}', "A..B A:b A漢B L''X"],
    [String.raw`{{toTitle "\xff a" | printf "%x"}}`, 'ff2041'],
  ])('words get a capital: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{"a.b.c" | replaceAll "." "_"}}', 'a_b_c'],
    ['{{replaceAll "a" "" "banana"}}', 'bnn'],
    ['{{replaceAll "" "-" "aé"}} {{replaceAll "" "" "ab"}}', '-a-é- ab'],
    ['{{replaceAll "a" "$&" "xax"}}', 'x$&x'],
  ])('replaceAll: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [String.raw`{{indent 4 "a\nb\n\nc"}}|`, '    a\n    b\n\n    c|'],
    [String.raw`{{indent 2 "\n\na\n"}}|`, '\n\n  a\n|'],
    ['{{indent 0 "a"}}', 'a'],
    [
      '{{indent -1 "a"}}',
      '1:2: executing "" at <indent -1 "a">: error calling indent: indent value must be a positive integer',
    ],
    ['{{indent "1" "a"}}', '1:9: executing "" at <"1">: expected integer; found "1"'],
  ])('indent leaves empty lines empty: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{regexMatch "^a.c$" "abc"}} {{"abc" | regexMatch "x"}} {{regexMatch "(?i)ABC" "xabcx"}}', 'true false true'],
    ['{{"web-1" | regexReplaceAll `^(web)-([0-9]+)$` "${1}_$2"}}', 'web_1'],
    ['{{"web-1" | regexReplaceAll `^(web)-([0-9]+)$` "$1_$2"}}', '1'],
    ['{{"abc" | regexReplaceAll "" "-"}}', '-a-b-c-'],
    [
      '{{regexReplaceAll "a(?=b)" "x" "ab"}}',
      '1:2: executing "" at <regexReplaceAll "a(?=b)" "x" "ab">: error calling regexReplaceAll: error parsing regexp: invalid or unsupported Perl syntax: `(?=`',
    ],
    [
      '{{regexMatch "(" "a"}}',
      '1:2: executing "" at <regexMatch "(" "a">: error calling regexMatch: error parsing regexp: missing closing ): `(`',
    ],
  ])('regular expressions: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
