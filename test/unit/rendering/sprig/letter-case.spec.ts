import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Letter case and words', () => {
  it.each([
    ['{{sprig_upper "a"}}', 'A'],
    ['{{sprig_upper "ab"}}', 'AB'],
    ['{{sprig_lower "AB"}}', 'ab'],
    ['{{sprig_title "ab cd"}}', 'Ab Cd'],
    ['{{sprig_untitle "Ab Cd"}}', 'ab cd'],
    ['{{sprig_nospace "a b c"}}', 'abc'],
    ['{{sprig_swapcase "aBc"}}', 'AbC'],
    ['{{sprig_initials "First Try"}}', 'FT'],
    ['{{sprig_upper "aßé"}}', 'AßÉ'],
    ['{{sprig_lower "ÀİΣ"}}', 'àiσ'],
    ['{{sprig_title "ab cd-ef o\'neil 3rd é_x ǆ"}}', "Ab Cd-Ef O'Neil 3rd É_x ǅ"],
    ['{{sprig_untitle "Ab Cd  Éx"}}', 'ab cd  éx'],
    [String.raw`{{sprig_upper "\xff"}}`, '�'],
    ['{{sprig_swapcase "aBc dEf Hello wORLD éÀ ǅx 1a"}}', 'AbC DeF hELLO World Éà ǆX 1A'],
    ['{{sprig_initials "First Try éa"}}', 'FTÃ'],
    ['{{sprig_nospace "é b"}}', 'Ã©b'],
    ['{{sprig_nospace "àé"}}', 'ÃÃ©'],
    ['{{sprig_nospace "éx"}}', 'éx'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    ['{{sprig_upper 5}}', 'template: :1:14: executing "" at <5>: expected string; found 5'],
    ['{{sprig_upper nil}}', 'template: :1:14: executing "" at <nil>: cannot assign nil to string'],
    [
      '{{sprig_upper}}',
      'template: :1:2: executing "" at <sprig_upper>: wrong number of args for sprig_upper: want 1 got 0',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
