import { describe, expect, it } from 'vitest';
import { parseFloat64, parseInteger } from '../../../../src/template/text/parse-number.ts';

describe('parseInteger', () => {
  it.each([
    ...([
      ['0', 0n],
      ['-0', 0n],
      ['42', 42n],
      ['+1', 1n],
      ['-7', -7n],
      ['017', 15n],
      ['00', 0n],
    ] as const),
    ...([
      ['0x1F', 31n],
      ['0XfF', 255n],
      ['0b101', 5n],
      ['0o17', 15n],
      ['0O17', 15n],
      ['-0x10', -16n],
    ] as const),
    ...([
      ['1_000_000', 1_000_000n],
      ['0x_FF', 255n],
      ['0_7', 7n],
      ['0b_1', 1n],
    ] as const),
    ['99999999999999999999', 99_999_999_999_999_999_999n] as const,
  ])('%s is %s', (text, value) => {
    expect(parseInteger(text)).toBe(value);
  });

  it.each(['', '+', '08', '0x', '0b2', '0o8', '1__0', '_1', '1_', '0x1__0', '1.0', '1e3', '0b', ' 1'])(
    '%j is none',
    (text) => {
      expect(parseInteger(text)).toBeUndefined();
    },
  );
});

describe('parseFloat64', () => {
  it.each([
    ...([
      ['1.5', 1.5],
      ['.5', 0.5],
      ['5.', 5],
      ['1e3', 1_000],
      ['1E-3', 0.001],
      ['-2.5e+1', -25],
      ['08.5', 8.5],
    ] as const),
    ...([
      ['1_000.5', 1_000.5],
      ['1_23.50_0_0e+1_2', 1.235e14],
      ['0x1p4', 16],
      ['0x1.8p1', 3],
      ['0x.8p0', 0.5],
    ] as const),
    ...([
      ['-0x10p-2', -4],
      ['0x_1p0', 1],
      ['0x1p-1074', 5e-324],
      ['0x1p-1075', 0],
      ['0x3p-1075', 1e-323],
    ] as const),
    ...([
      ['0x1.fffffffffffff8p0', 2],
      ['0x1.00000000000008p0', 1],
      ['0x1.00000000000018p0', 1 + 2 ** -51],
    ] as const),
    ...([
      ['1e1000', Number.POSITIVE_INFINITY],
      ['0x1p1024', Number.POSITIVE_INFINITY],
    ] as const),
    ...([
      ['0x1p-99999', 0],
      ['0x0p99999', 0],
      ['1e-400', 0],
    ] as const),
  ])('%s is %d', (text, value) => {
    expect(parseFloat64(text)).toBe(value);
  });

  it.each(['', '.', 'e5', '1e', '+', '0x1', '0x1.8', '0xp1', '1._5', '1e_5', '_1.5', 'inf', 'nan', '1p3', '0x1p'])(
    '%j is none',
    (text) => {
      expect(parseFloat64(text)).toBeUndefined();
    },
  );
});
