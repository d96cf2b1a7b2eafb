import { describe, expect, it } from 'vitest';
import { equal, less, lessOrEqual } from '../../../../src/template/builtins/comparisons.ts';
import { wrap } from '../../../../src/template/value/convert.ts';
import { float64, int64, uint64 } from '../../../../src/template/value/numbers.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { COMPLEX128, INT, structType } from '../../../../src/template/value/types.ts';
import { GoScalar, GoStruct, type Value } from '../../../../src/template/value/values.ts';
import { FUNCTIONS, names } from '../values.ts';

const of = (type: string, raw: unknown): Value => wrap(goType(type, names), raw);
const nan = float64(Number.NaN);
const Point = structType<{ x: number }>('main.Point', { X: { type: INT, get: ({ x }) => x } });
const point = (x: number) => new GoStruct(Point, { x });
const web = {};

describe('equal', () => {
  it.each([
    [1, 1],
    [1, int64(1)],
    [int64(1), uint64(1)],
    ['a', 'a'],
    [true, true],
    [float64(1), float64(1)],
    [null, undefined],
    [undefined, undefined],
    [of('[]string', undefined), null],
    [of('*Service', undefined), undefined],
    [of('Duration', 5n), 5],
    [new GoScalar(COMPLEX128, { re: 1, im: 2 }), new GoScalar(COMPLEX128, { re: 1, im: 2 })],
    [point(1), point(1)],
    [of('*Service', web), of('*Service', web)],
    [of('[]string', undefined), of('[]string', undefined)],
  ] as readonly (readonly [Value, Value])[])('%o and %o', (a, b) => {
    expect(equal(a, [b])).toBe(true);
  });

  it.each([
    [1, 2],
    [int64(-1), uint64(2n ** 64n - 1n)],
    ['a', 'b'],
    [nan, nan],
    [null, 1],
    ['', null],
    [['a'], null],
    [point(1), point(2)],
    [of('*Service', {}), of('*Service', {})],
    [of('error', undefined), new Error('a')],
  ] as readonly (readonly [Value, Value])[])('not %o and %o', (a, b) => {
    expect(equal(a, [b])).toBe(false);
  });

  it('is true for any of several, and looks no further', () => {
    expect([equal(1, [2, 1]), equal(1, [2, 3]), equal(1, [1, 'a'])]).toEqual([true, false, true]);
    expect(() => equal(1, ['a', 1])).toThrow('incompatible types for comparison: int and string');
  });

  it.each([
    [1, [], 'missing argument for comparison'],
    [1, [float64(1)], 'incompatible types for comparison: int and float64'],
    [true, [1], 'incompatible types for comparison: bool and int'],
    [['a'], [1], 'incompatible types for comparison: []interface {} and int'],
    [['a'], [['a']], 'non-comparable type [a]: []interface {}'],
    [new Map([['a', 1]]), [new Map([['a', 1]])], 'non-comparable type map[a:%!s(int=1)]: map[string]interface {}'],
    [['a'], [new Map()], 'non-comparable types [a]: []interface {}, map[string]interface {}: map[]'],
    [
      FUNCTIONS.upper,
      [FUNCTIONS.upper],
      'non-comparable type %!s(func(string) string=0xc000010000): func(string) string',
    ],
  ] as readonly (readonly [Value, readonly Value[], string])[])('refuses %o and %o: %s', (a, others, message) => {
    expect(() => equal(a, others)).toThrow(message);
  });
});

describe('less', () => {
  it.each([
    [1, 2, true, true],
    [2, 2, false, true],
    [3, 2, false, false],
    [int64(-1), uint64(0), true, true],
    [uint64(2n ** 64n - 1n), 1, false, false],
    ['B', 'a', true, true],
    ['é', 'z', false, false],
    ['\uFF01', '😀', true, true],
    [float64(1.5), float64(2), true, true],
    [nan, nan, false, false],
  ] as readonly (readonly [Value, Value, boolean, boolean])[])(
    '%o and %o: %s, or equal: %s',
    (a, b, isLess, isLessOrEqual) => {
      expect([less(a, b), lessOrEqual(a, b)]).toEqual([isLess, isLessOrEqual]);
    },
  );

  it.each([
    [1, 'a', 'incompatible types for comparison: int and string'],
    [1, float64(1), 'incompatible types for comparison: int and float64'],
    [true, false, 'invalid type for comparison'],
    [null, 1, 'invalid type for comparison'],
    [['a'], ['a'], 'invalid type for comparison'],
    [
      new GoScalar(COMPLEX128, { re: 1, im: 0 }),
      new GoScalar(COMPLEX128, { re: 1, im: 0 }),
      'invalid type for comparison',
    ],
  ] as readonly (readonly [Value, Value, string])[])('refuses %o and %o: %s', (a, b, message) => {
    expect(() => less(a, b)).toThrow(message);
  });
});
