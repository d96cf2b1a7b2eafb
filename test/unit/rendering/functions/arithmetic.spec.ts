import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('arithmetic', () => {
  it.each([
    ['{{add 1 2}}', '3'],
    ['{{subtract 2 5}}', '3'],
    ['{{5 | subtract 2}}', '3'],
    ['{{multiply 3 4}}', '12'],
    ['{{divide 2 10}}', '5'],
    ['{{modulo 3 10}}', '1'],
    ['{{divide 3 -10}} {{modulo 3 -10}}', '-3 -1'],
  ])('the second operand comes first: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{printf "%T" (add 1 2)}}', 'int64'],
    ['{{printf "%T %v" (add (parseUint "1") (parseUint "2")) (add (parseUint "1") (parseUint "2"))}}', 'uint64 3'],
    ['{{printf "%T %v" (add (parseUint "1") -2) (add (parseUint "1") -2)}}', 'int64 -1'],
    ['{{printf "%T %v" (multiply 2 1.5) (multiply 2 1.5)}}', 'float64 3'],
    ['{{printf "%T" (divide 2.0 4)}}', 'float64'],
  ])('integers give int64, unsigned ones uint64, a float float64: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{add 9223372036854775807 1}}', '-9223372036854775808'],
    ['{{multiply 4 9223372036854775807}}', '-4'],
    ['{{subtract (parseUint "1") (parseUint "0")}}', '18446744073709551615'],
    ['{{divide -1 -9223372036854775808}}', '-9223372036854775808'],
  ])('integers wrap: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{divide 0 1}}',
      '1:2: executing "" at <divide 0 1>: error calling divide: runtime error: integer divide by zero',
    ],
    [
      '{{modulo 0 1}}',
      '1:2: executing "" at <modulo 0 1>: error calling modulo: runtime error: integer divide by zero',
    ],
    ['{{divide 0.0 1}} {{divide 0 -1.5}} {{divide 0.0 0.0}}', '+Inf -Inf NaN'],
    [
      '{{modulo (parseUint "0") (parseUint "5")}}',
      '1:2: executing "" at <modulo (parseUint "0") (parseUint "5")>: error calling modulo: runtime error: integer divide by zero',
    ],
  ])('zero divides floats only: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{printf "%T %v" (minimum 1.5 2) (minimum 1.5 2)}}', 'float64 1.5'],
    ['{{printf "%T %v" (minimum 2.5 2) (minimum 2.5 2)}}', 'int64 2'],
    ['{{printf "%T %v" (maximum (parseUint "3") 2) (maximum (parseUint "3") 2)}}', 'uint64 3'],
    ['{{maximum 1 1.5}} {{maximum -1 -2}} {{minimum (parseUint "18446744073709551615") (parseUint "1")}}', '1.5 -1 1'],
  ])('the smaller and the larger keep their kind: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{add "1" 2}}', '1:2: executing "" at <add "1" 2>: error calling add: add: unknown type for "1" (string)'],
    ['{{add 2 "1"}}', '1:2: executing "" at <add 2 "1">: error calling add: add: unknown type for "1" (string)'],
    [
      '{{add 2 nil}}',
      '1:2: executing "" at <add 2 nil>: error calling add: add: unknown type for <invalid reflect.Value> (<nil>)',
    ],
    [
      '{{subtract true 1}}',
      '1:2: executing "" at <subtract true 1>: error calling subtract: subtract: unknown type for %!q(bool=true) (bool)',
    ],
    [
      '{{multiply (sprig_list 1 "a") 1}}',
      String.raw`1:2: executing "" at <multiply (sprig_list 1 "a") 1>: error calling multiply: multiply: unknown type for ['\x01' "a"] ([]interface {})`,
    ],
    [
      '{{modulo 2 1.5}}',
      '1:2: executing "" at <modulo 2 1.5>: error calling modulo: modulo: unknown type for %!q(float64=1.5) (float64)',
    ],
    [
      '{{minimum 1 "x"}}',
      '1:2: executing "" at <minimum 1 "x">: error calling minimum: minimum: unknown type for "x" (string)',
    ],
    [
      '{{maximum nil 1}}',
      '1:2: executing "" at <maximum nil 1>: error calling maximum: maximum: unknown type for <invalid reflect.Value> (<nil>)',
    ],
    ['{{divide 1}}', '1:2: executing "" at <divide>: wrong number of args for divide: want 2 got 1'],
  ])('what is no number is refused: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
