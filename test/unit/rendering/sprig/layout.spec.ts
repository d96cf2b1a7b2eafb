import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Cutting and wrapping, which count bytes', () => {
  it.each([
    ['{{sprig_substr 1 3 "abcdef"}}', 'bc'],
    ['{{sprig_trunc 3 "abcdef"}}', 'abc'],
    ['{{sprig_trunc -3 "abcdef"}}', 'def'],
    ['{{sprig_abbrev 5 "hello world"}}', 'he...'],
    ['{{sprig_abbrevboth 5 10 "1234 5678 9123"}}', '...5678...'],
    ['{{sprig_wrap 5 "aaa bbb ccc"}}', 'aaa\nbbb\nccc'],
    ['{{sprig_wrapWith 3 "|" "aaabbb"}}', 'aaa|bbb'],
    ['{{sprig_substr 0 -1 "abc"}}', 'abc'],
    ['{{sprig_substr -1 2 "abc"}}', 'ab'],
    ['{{sprig_trunc 10 "abc"}}', 'abc'],
    ['{{sprig_substr 0 2 "héllo"}}', 'h�'],
    ['{{sprig_substr 2 5 "hello"}}', 'llo'],
    ['{{sprig_substr 2 99 "hello"}}', 'llo'],
    ['{{sprig_substr 0 0 "x"}}', ''],
    ['{{sprig_substr -5 0 "x"}}', ''],
    ['{{sprig_trunc 2 "é€"}}', 'é'],
    ['{{sprig_trunc -3 "é€"}}', '€'],
    ['{{sprig_trunc -9 "ab"}}', 'ab'],
    ['{{sprig_trunc 0 "ab"}}', ''],
    ['{{sprig_trunc -2 "ab"}}', 'ab'],
    ['{{sprig_abbrev 3 "hello"}}', 'hello'],
    ['{{sprig_abbrev 5 "hello"}}', 'hello'],
    ['{{sprig_abbrev 4 "hello"}}', 'h...'],
    ['{{sprig_abbrev 6 "héllö wörld"}}', 'hé...'],
    ['{{sprig_abbrev 9 ""}}', ''],
    ['{{sprig_abbrevboth 0 10 "1234 5678 9123"}}', '1234 56...'],
    ['{{sprig_abbrevboth 4 7 "1234 5678 9123"}}', '1234...'],
    ['{{sprig_abbrevboth 5 7 "1234 5678 9123"}}', '...5...'],
    ['{{sprig_abbrevboth 5 6 "1234 5678 9123"}}', '1234 5678 9123'],
    ['{{sprig_abbrevboth 50 10 "1234 5678 9123"}}', '...78 9123'],
    ['{{sprig_abbrevboth 8 9 "1234 5678 9123"}}', '...8 9123'],
    ['{{sprig_abbrevboth -5 9 "1234 5678 9123"}}', '1234 5...'],
    ['{{sprig_abbrevboth -5 5 "1234 5678 9123"}}', '12...'],
    ['{{sprig_abbrevboth 12 8 "1234 5678 9123"}}', '... 9123'],
    ['{{sprig_wrap 80 "short"}}', 'short'],
    ['{{sprig_wrap 0 "ab c"}}', 'ab\nc'],
    ['{{sprig_wrap 3 "abcdef gh ijklm"}}', 'abcdef\ngh\nijklm'],
    ['{{sprig_wrap 4 "  ab   cd  "}}', 'ab  \ncd  '],
    ['{{sprig_wrap 5 ""}}', ''],
    ['{{sprig_wrap 3 "é é é ééé"}}', 'é\né\né\nééé'],
    ['{{sprig_wrapWith 3 "" "aaabbb cc d eeeeeeee"}}', 'aaa\nbbb\ncc\nd\neee\neee\nee'],
    ['{{sprig_wrapWith 5 "é" "hello worldly folk"}}', 'helloéworldélyéfolk'],
    ['{{sprig_wrapWith -1 "|" "abc"}}', 'a|b|c'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([['{{sprig_trunc "5" "a"}}', 'template: :1:14: executing "" at <"5">: expected integer; found "5"']])(
    '%s is an error',
    (template, message) => {
      expect(refusal(template)).toBe(message);
    },
  );
});
