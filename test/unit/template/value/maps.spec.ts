import { describe, expect, it } from 'vitest';
import { dictionaryOf, entryOf, sortedEntries } from '../../../../src/template/value/maps.ts';
import { float64, int64 } from '../../../../src/template/value/numbers.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { GoMap, type Value } from '../../../../src/template/value/values.ts';

const map = (type: string, entries: readonly (readonly [unknown, unknown])[]) =>
  new GoMap(goType(type) as GoMap['type'], new Map(entries));
const dictionary = (value: Value) => {
  const found = dictionaryOf(value);
  if (found === undefined) throw new Error('no map');
  return found;
};

describe('sortedEntries', () => {
  it.each([
    {
      rule: 'texts by bytes',
      value: new Map([
        ['b', 2],
        ['a', 1],
        ['😀', 4],
        ['\uFF01', 3],
      ]),
      keys: ['a', 'b', '\uFF01', '😀'],
    },
    {
      rule: 'numbers by value',
      value: map('map[int]string', [
        [10, 'c'],
        [2, 'b'],
        [-1, 'a'],
      ]),
      keys: [-1, 2, 10],
    },
    {
      rule: 'false before true',
      value: map('map[bool]int', [
        [true, 1],
        [false, 0],
      ]),
      keys: [false, true],
    },
    {
      rule: 'NaN first',
      value: map('map[float64]int', [
        [1.5, 1],
        [Number.NaN, 0],
        [-2, 2],
      ]),
      keys: [float64(Number.NaN), float64(-2), float64(1.5)],
    },
    {
      rule: 'mixed ones by type, as types lie in programs of Go',
      value: map('map[any]any', [
        ['a', 1],
        [2, 2],
        [true, 3],
        [1n, 4],
        [1, 5],
      ]),
      keys: ['a', 1n, 1, 2, true],
    },
  ] as readonly { rule: string; value: Value; keys: readonly Value[] }[])('$rule', ({ value, keys }) => {
    expect(sortedEntries(dictionary(value)).map(([key]) => key)).toEqual(keys);
  });
});

describe('entryOf', () => {
  it.each([
    [new Map([['a', 1]]), 'a', 1],
    [new Map([['a', 1]]), 'b', undefined],
    [new Map([['a', undefined]]), 'a', null],
    [map('map[int64]string', [[5n, 'x']]), int64(5), 'x'],
    [map('map[float64]string', [[1.5, 'x']]), float64(1.5), 'x'],
    [
      map('map[any]any', [
        [1, 'int'],
        [1n, 'int64'],
        ['1', 'string'],
      ]),
      1n,
      'int64',
    ],
    [map('map[any]any', [[float64(1), 'float']]), float64(1), 'float'],
    [map('map[any]any', [[float64(1), 'float']]), float64(2), undefined],
    [map('map[string]int', []), 'a', undefined],
  ] as readonly (readonly [Value, Value, Value])[])('in %o under %o', (value, key, found) => {
    expect(entryOf(dictionary(value), key)).toEqual(found);
  });
});

describe('dictionaryOf', () => {
  it('is of maps only', () => {
    expect([[], 'a', null, undefined].map(dictionaryOf)).toEqual([undefined, undefined, undefined, undefined]);
  });
});
