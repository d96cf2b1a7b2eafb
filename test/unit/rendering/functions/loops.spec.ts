import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('loop', () => {
  it.each([
    ['{{range loop 3}}{{.}} {{end}}', '0 1 2 '],
    ['{{range loop 2 5}}{{.}} {{end}}', '2 3 4 '],
    ['{{range loop -2 1}}{{.}} {{end}}', '-2 -1 0 '],
    ['{{range $i, $e := loop 5 7}}{{$i}}={{$e}} {{end}}', '0=5 1=6 '],
    ['{{range loop 0}}x{{else}}none{{end}} {{range loop 5 2}}x{{else}}none{{end}}', 'none none'],
  ])('counts up to before the last: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{range loop "2"}}{{.}} {{end}}', '0 1 '],
    ['{{range loop (parseUint "1") "3"}}{{.}} {{end}}', '1 2 '],
    ['{{range loop ""}}x{{else}}none{{end}}', 'none'],
    [
      '{{range loop "x"}}{{end}}',
      '1:8: executing "" at <loop "x">: error calling loop: parseInt: strconv.ParseInt: parsing "x": invalid syntax',
    ],
  ])('limits may be texts and unsigned: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{range loop 1.5}}x{{end}}',
      '1:8: executing "" at <loop 1.5>: error calling loop: loop: bad argument type: float64',
    ],
    ['{{loop nil}}', '1:2: executing "" at <loop nil>: error calling loop: loop: bad argument type: <nil>'],
    [
      '{{loop}}',
      '1:2: executing "" at <loop>: error calling loop: loop: wrong number of arguments, expected 1 or 2, but got 0',
    ],
    [
      '{{loop 1 2 3}}',
      '1:2: executing "" at <loop 1 2 3>: error calling loop: loop: wrong number of arguments, expected 1 or 2, but got 3',
    ],
  ])('others are refused: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([['{{printf "%T" (loop 1)}} {{range loop 1}}{{printf "%T" .}}{{end}}', '<-chan int64 int64']])(
    'is a channel: %s',
    (template, expected) => {
      expect(outcome(template)).toBe(expected);
    },
  );
});
