import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Arithmetic on integers', () => {
  it.each([
    ['{{sprig_biggest 1 2}}', '2'],
    ['{{sprig_add}}', '0'],
    ['{{sprig_add 1 "2" 3.7 true nil}}', '7'],
    ['{{sprig_add 9223372036854775807 1}}', '-9223372036854775808'],
    ['{{sprig_add1 "x"}}', '1'],
    ['{{sprig_sub 1 5}}', '-4'],
    ['{{sprig_div 7 2}}', '3'],
    ['{{sprig_div -7 2}}', '-3'],
    ['{{sprig_mod -7 3}}', '-1'],
    ['{{sprig_mod 7 -3}}', '1'],
    ['{{sprig_mul 2 3 4}}', '24'],
    ['{{sprig_mul "3"}}', '3'],
    ['{{sprig_mul 9223372036854775807 2}}', '-2'],
    ['{{sprig_div -9223372036854775808 -1}}', '-9223372036854775808'],
    ['{{sprig_max 1 5 3}}', '5'],
    ['{{sprig_min 4 2 "1"}}', '1'],
    ['{{sprig_max "a" -1}}', '0'],
    ['{{sprig_biggest 1}}', '1'],
    ['{{sprig_max 1.9 1}}', '1'],
    [
      '{{sprig_add "a" "b"}} {{range $i, $e := sprig_list "x" "y"}}{{$i}}{{$e}}{{end}} {{with sprig_first (sprig_list)}}a{{else}}b{{end}}',
      '0 0x1y b',
    ],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_div 1 0}}',
      'template: :1:2: executing "" at <sprig_div 1 0>: error calling sprig_div: runtime error: integer divide by zero',
    ],
    [
      '{{sprig_mod 1 "x"}}',
      'template: :1:2: executing "" at <sprig_mod 1 "x">: error calling sprig_mod: runtime error: integer divide by zero',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
