import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('Values as texts', () => {
  it.each([
    [String.raw`{{sprig_quote "a\"b" 1 nil}}`, String.raw`"a\"b" "1"`],
    ['{{sprig_squote "x" 2}}', "'x' '2'"],
    ['{{sprig_cat "a" 1 "b"}}', 'a 1 b'],
    ['{{sprig_toString 5}}', '5'],
    ['{{sprig_toString (sprig_list 1)}}', '[1]'],
    ['{{sprig_quote "a" 1 nil 2.5 true}}', '"a" "1" "2.5" "true"'],
    [String.raw`{{sprig_quote "é\n\x01"}}`, String.raw`"é\n\x01"`],
    ['{{sprig_quote (sprig_list "a" 1)}}', '"[a 1]"'],
    ['{{sprig_quote}}', ''],
    ['{{sprig_squote "it\'s" nil 3}}', "'it's' '3'"],
    ['{{sprig_cat "a" nil 1 (sprig_list 1 2)}}', 'a 1 [1 2]'],
    ['{{sprig_cat}}', ''],
    ['{{sprig_cat nil}}', ''],
    ['{{sprig_cat " a" "b "}}', ' a b '],
    ['{{sprig_toString 1e21}}', '1e+21'],
    ['{{sprig_toString nil}}', '<nil>'],
    ['{{sprig_toString (sprig_dict "b" 1 "a" nil)}}', 'map[a:<nil> b:1]'],
    ["{{sprig_toString 'a'}}", '97'],
    ['{{sprig_toString 1i}}', '(0+1i)'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
