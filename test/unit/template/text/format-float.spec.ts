import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type FloatFormat, formatFloat } from '../../../../src/template/text/format-float.ts';

const rows: readonly (readonly [value: number, format: FloatFormat, precision: number, text: string])[] = [
  [1, 'e', 5, '1.00000e+00'],
  [1, 'f', 5, '1.00000'],
  [1, 'g', 5, '1'],
  [1, 'g', -1, '1'],
  [1, 'x', -1, '0x1p+00'],
  [1, 'x', 5, '0x1.00000p+00'],
  [20, 'g', -1, '20'],
  [1234567.8, 'g', -1, '1.2345678e+06'],
  [200000, 'g', -1, '200000'],
  [200000, 'X', -1, '0X1.86AP+17'],
  [2000000, 'g', -1, '2e+06'],
  [400, 'g', 2, '4e+02'],
  [40, 'g', 2, '40'],
  [0, 'e', 4, '0.0000e+00'],
  [0, 'f', 4, '0.0000'],
  [0, 'g', 4, '0'],
  [0, 'g', -1, '0'],
  [0, 'x', 5, '0x0.00000p+00'],
  [-0, 'g', -1, '-0'],
  [-1, 'e', 5, '-1.00000e+00'],
  [12, 'x', -1, '0x1.8p+03'],
  [123456700, 'g', -1, '1.234567e+08'],
  [1.2345e6, 'e', 3, '1.234e+06'],
  [1e23, 'e', 17, '9.99999999999999916e+22'],
  [1e23, 'f', 17, '99999999999999991611392.00000000000000000'],
  [1e23, 'g', -1, '1e+23'],
  [0.0001, 'g', -1, '0.0001'],
  [0.00001, 'g', -1, '1e-05'],
  [5e-304 / 1e20, 'g', -1, '5e-324'],
  [32, 'b', -1, '4503599627370496p-47'],
  [2 ** 60, 'b', -1, '4503599627370496p+8'],
  [2.5, 'f', 0, '2'],
  [3.5, 'f', 0, '4'],
  [0.5, 'f', 0, '0'],
  [-0.05, 'f', 1, '-0.1'],
  [99.995, 'f', 2, '100.00'],
  [498484681984085570, 'f', -1, '498484681984085570'],
  [2.275555555555555, 'x', 2, '0x1.23p+01'],
  [1.9999, 'x', 1, '0x1.0p+01'],
  [5e-324, 'x', -1, '0x1p-1074'],
  [1e100, 'G', -1, '1E+100'],
  [1e100, 'E', 2, '1.00E+100'],
  [Number.NaN, 'e', 3, 'NaN'],
  [Number.POSITIVE_INFINITY, 'g', -1, '+Inf'],
  [Number.NEGATIVE_INFINITY, 'f', 2, '-Inf'],
];

describe('formatFloat', () => {
  it.each(rows)('%d by %s with precision %i is %s', (value, format, precision, text) => {
    expect(formatFloat(value, format, precision)).toBe(text);
  });

  it.each([
    [0.1, 'g', '0.1'],
    [123.456789012, 'g', '123.45679'],
    [16777216, 'b', '8388608p+1'],
  ] as const)('%d as a float32 by %s is %s', (value, format, text) => {
    expect(formatFloat(Math.fround(value), format, -1, 32)).toBe(text);
  });

  it('is read as the same number', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(Number(formatFloat(value, 'g', -1))).toBe(value);
        expect(Number(formatFloat(value, 'e', 16))).toBe(value);
      }),
    ));
});
