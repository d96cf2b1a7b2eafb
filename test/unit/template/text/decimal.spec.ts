import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binaryParts, exactDecimal, rounded, shortestDecimal } from '../../../../src/template/text/decimal.ts';

describe('exactDecimal', () => {
  it.each([
    { value: 0, digits: '', point: 0 },
    { value: 1, digits: '1', point: 1 },
    { value: -1_200, digits: '12', point: 4 },
    { value: 0.5, digits: '5', point: 0 },
    { value: 0.1, digits: '1000000000000000055511151231257827021181583404541015625', point: 0 },
    { value: 2 ** 70, digits: '1180591620717411303424', point: 22 },
    { value: 0.0625, digits: '625', point: -1 },
  ])('of $value', ({ value, ...decimal }) => {
    expect(exactDecimal(value)).toEqual(decimal);
  });

  it('is the number again', () =>
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 }), (value) => {
        const { digits, point } = exactDecimal(value);
        expect(Number(`0.${digits || '0'}e${point}`)).toBe(Math.abs(value));
      }),
    ));
});

describe('rounded', () => {
  const of = (digits: string, point = 1) => ({ digits, point });
  it.each([
    { from: of('25'), count: 1, to: of('2') },
    { from: of('35'), count: 1, to: of('4') },
    { from: of('251'), count: 1, to: of('3') },
    { from: of('249'), count: 1, to: of('2') },
    { from: of('999'), count: 2, to: of('1', 2) },
    { from: of('1004'), count: 3, to: of('1') },
    { from: of('5', 0), count: 0, to: of('', 0) },
    { from: of('51', 0), count: 0, to: of('1', 1) },
    { from: of('9', 0), count: -1, to: of('', 0) },
    { from: of('12'), count: 5, to: of('12') },
  ])('$from.digits to $count digits is $to.digits', ({ from, count, to }) => {
    expect(rounded(from, count)).toEqual(to);
  });
});

describe('shortestDecimal', () => {
  it.each([
    { value: 0.1, bits: 64, digits: '1', point: 0 },
    { value: 1e21, bits: 64, digits: '1', point: 22 },
    { value: 123_456.789, bits: 64, digits: '123456789', point: 6 },
    { value: Math.fround(0.1), bits: 32, digits: '1', point: 0 },
    { value: Math.fround(0.1), bits: 64, digits: '10000000149011612', point: 0 },
    { value: 2_757_250.25, bits: 32, digits: '27572502', point: 7 },
  ] as const)('of $value in $bits bits', ({ value, bits, ...decimal }) => {
    expect(shortestDecimal(value, bits)).toEqual(decimal);
  });
});

describe('binaryParts', () => {
  it.each([
    { value: 1, bits: 64, mantissa: 2n ** 52n, exponent: -52 },
    { value: 0, bits: 64, mantissa: 0n, exponent: -1_074 },
    { value: 5e-324, bits: 64, mantissa: 1n, exponent: -1_074 },
    { value: -1, bits: 32, mantissa: 2n ** 23n, exponent: -23 },
    { value: 2 ** -149, bits: 32, mantissa: 1n, exponent: -149 },
  ] as const)('of $value in $bits bits', ({ value, bits, ...parts }) => {
    expect(binaryParts(value, bits)).toEqual(parts);
  });
});
