import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('plain scalars of YAML 1.1', () => {
  it.each([
    ['[y, Yes, ON, true, n, No, off, FALSE]', '[]interface {}{true, true, true, true, false, false, false, false}'],
    [
      '[~, null, NULL, nULL, yES]',
      '[]interface {}{interface {}(nil), interface {}(nil), interface {}(nil), "nULL", "yES"}',
    ],
    ['[.inf, -.INF, +.Inf, .NaN]', '[]interface {}{+Inf, -Inf, +Inf, NaN}'],
  ])('words: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['[1, -1, +1, 0x1F, 017, 0o17, 0b101, -0b11, 1_000]', '[]interface {}{1, -1, 1, 31, 15, 15, 5, -3, 1000}'],
    [
      '[9223372036854775807, 9223372036854775808, 18446744073709551616]',
      '[]interface {}{9223372036854775807, 0x8000000000000000, 1.8446744073709552e+19}',
    ],
    ['[08, 0x, 1__0, _1]', '[]interface {}{8, "0x", 10, "_1"}'],
  ])('integers: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['[1.5, .5, -.5, 5., 1e3, 1.5e+3]', '[]interface {}{1.5, 0.5, -0.5, 5, 1000, 1500}'],
    ['[1e999, ., 1.2.3, 1e, .5_0]', '[]interface {}{"1e999", ".", "1.2.3", "1e", 0.5}'],
  ])('floats: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    [
      '[2001-01-01, 2001-12-14t21:59:43.10-05:00, 2001-12-14 21:59:43]',
      '[]interface {}{"2001-01-01", "2001-12-14t21:59:43.10-05:00", "2001-12-14 21:59:43"}',
    ],
    ['[190:20:30, 1:30]', '[]interface {}{"190:20:30", "1:30"}'],
  ])('dates are texts: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });
});
