import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Searching, trimming and replacing', () => {
  it.each([
    ['{{sprig_trim "  a "}}', 'a'],
    ['{{sprig_repeat 3 "ab"}}', 'ababab'],
    ['{{sprig_contains "b" "abc"}}', 'true'],
    ['{{sprig_hasPrefix "a" "abc"}}', 'true'],
    ['{{sprig_hasSuffix "c" "abc"}}', 'true'],
    ['{{sprig_replace "a" "x" "banana"}}', 'bxnxnx'],
    ['{{sprig_trimAll "$" "$a$"}}', 'a'],
    ['{{sprig_trimPrefix "a" "abc"}}', 'bc'],
    ['{{sprig_trimSuffix "c" "abc"}}', 'ab'],
    ['{{sprig_hello}}', 'Hello!'],
    ['{{"x" | sprig_repeat 3 | sprig_upper | printf "[%s]"}}', '[XXX]'],
    [String.raw`{{sprig_trim "\t\u00a0 a \u0085"}}`, 'a'],
    ['{{sprig_repeat 0 "a"}}', ''],
    ['{{sprig_repeat 3 "é"}}', 'ééé'],
    ['{{sprig_replace "" "-" "aéb"}}', '-a-é-b-'],
    ['{{sprig_replace "a" "$&" "banana"}}', 'b$&n$&n$&'],
    ['{{sprig_trimAll "é$" "é$a$"}}', 'a'],
    ['{{sprig_trimall "x" "xxaxx"}}', 'a'],
    ['{{sprig_trimAll "" "a"}}', 'a'],
    ['{{sprig_trimPrefix "b" "ab"}}', 'ab'],
    ['{{sprig_trimSuffix "" "ab"}}', 'ab'],
    ['{{sprig_plural "one" "many" 1}}', 'one'],
    ['{{sprig_plural "one" "many" 0}}', 'many'],
    ['{{sprig_plural "one" "many" -1}}', 'many'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_repeat -1 "a"}}',
      'template: :1:2: executing "" at <sprig_repeat -1 "a">: error calling sprig_repeat: strings: negative Repeat count',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
