import { describe, expect, it } from 'vitest';
import { failure, outcome } from './outcome.ts';

describe('arguments', () => {
  it.each([
    ['{{add 1 2}}', '3'],
    ['{{add 1e3 1}}', '1001'],
    ["{{add 'a' 1}}", '98'],
    ['{{add (len .l) 1}}', '4'],
    ['{{half 3}} {{half 3.5}} {{half .f}}', '1.5 1.75 1.75'],
    ['{{byte 300}}', '44'],
    ['{{upper "a"}}{{upper .s}}{{upper (index .l 0)}}', 'AHELLOA'],
    ['{{strings .s "x"}}', '[hello x]'],
    ['{{duration 5}}', '5ns'],
    ['{{services plain}}', '[{db 0 [] }]'],
    ['{{services service}}', '[{web 80 [a b] }]'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{upper}}', failure(2, 'upper', 'wrong number of args for upper: want 1 got 0')],
    ['{{"a" | upper "b"}}', failure(8, 'upper', 'wrong number of args for upper: want 1 got 2')],
    ['{{printf}}', failure(2, 'printf', 'wrong number of args for printf: want at least 1 got 0')],
    ['{{upper nil}}', failure(8, 'nil', 'cannot assign nil to string')],
    ['{{upper .nope}}', failure(8, '.nope', 'invalid value; expected string')],
    ['{{upper .n}}', failure(8, '.n', 'wrong type for value; expected string; got interface {}')],
    ['{{upper .i}}', failure(8, '.i', 'wrong type for value; expected string; got int64')],
    ['{{upper 1}}', failure(8, '1', 'expected string; found 1')],
    ['{{add 1 "2"}}', failure(8, '"2"', 'expected integer; found "2"')],
    ['{{add 1 2.5}}', failure(8, '2.5', 'expected integer; found 2.5')],
    ['{{add .i 1}}', failure(6, '.i', 'wrong type for value; expected int; got int64')],
    ['{{byte -1}}', failure(7, '-1', 'expected unsigned integer; found -1')],
    ['{{half "a"}}', failure(7, '"a"', 'expected float; found "a"')],
    ['{{half .i}}', failure(7, '.i', 'wrong type for value; expected float64; got int64')],
    ['{{strings .l}}', failure(10, '.l', 'wrong type for value; expected string; got []interface {}')],
    ['{{services 1}}', failure(11, '1', "can't handle 1 for arg of type api.Service")],
    ['{{.i | upper}}', failure(7, 'upper', 'wrong type for value; expected string; got int64')],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('literals where no type is asked for', () => {
  it.each([
    ['{{1}} {{-1}} {{0x1F}} {{017}} {{1_000}}', '1 -1 31 15 1000'],
    ['{{1.5}} {{.5}} {{5.}} {{1e3}} {{1e21}} {{-0.0}} {{0x1p4}}', '1.5 0.5 5 1000 1e+21 -0 16'],
    ["{{'a'}} {{'\\n'}} {{'世'}}", '97 10 19990'],
    ['{{1i}} {{1+2i}} {{0i}}', '(0+1i) (1+2i) (0+0i)'],
    ['{{9223372036854775807}} {{-9223372036854775808}}', '9223372036854775807 -9223372036854775808'],
    ['{{true}} {{"a"}} {{`b`}}', 'true a b'],
    [`{{printf "%T %T %T %T %T" 1 1.0 1e3 'a' 0x1E}}`, 'int float64 float64 int int'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each(['9223372036854775808', '0xFFFFFFFFFFFFFFFF'])('%s is too large', (literal) => {
    expect(outcome(`{{${literal}}}`)).toBe(failure(2, literal, `${literal} overflows int`));
  });
});
