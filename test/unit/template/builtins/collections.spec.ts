import { describe, expect, it } from 'vitest';
import { converted, index, length, SeenAs, slice } from '../../../../src/template/builtins/collections.ts';
import { formatValue } from '../../../../src/template/format/print.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';
import { wrap } from '../../../../src/template/value/convert.ts';
import { float64, int64, uint64 } from '../../../../src/template/value/numbers.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { ANY } from '../../../../src/template/value/types.ts';
import type { Value } from '../../../../src/template/value/values.ts';
import { data, FUNCTIONS, names } from '../values.ts';

const of = (type: string, raw: unknown): Value => wrap(goType(type, names), raw);
const abc = data(['a', 'b', 'c']);
const nest = data({ list: [{ k: 'v' }], n: null });
const ports = of('map[int]string', new Map([[80, 'http']]));

describe('length', () => {
  it.each([
    ['', 0],
    ['hé✓', 6],
    [abc, 3],
    [nest, 2],
    [new Uint8Array(2), 2],
    [of('[]string', undefined), 0],
    [of('<-chan int', [1, 2]), 0],
    [of('map[int]string', undefined), 0],
  ] as readonly (readonly [Value, number])[])('of %o is %i', (value, size) => {
    expect(length(value)).toBe(size);
  });

  it.each([
    [undefined, 'reflect: call of reflect.Value.Type on zero Value'],
    [null, 'len of nil pointer'],
    [of('*Service', undefined), 'len of nil pointer'],
    [3, 'len of type int'],
    [int64(3), 'len of type int64'],
    [true, 'len of type bool'],
    [of('*Service', {}), 'len of type api.Service'],
    [FUNCTIONS.upper, 'len of type func(string) string'],
  ] as readonly (readonly [Value, string])[])('of %o is refused: %s', (value, message) => {
    expect(() => length(value)).toThrow(message);
  });
});

describe('index', () => {
  it.each([
    [abc, [], '[a b c]'],
    [abc, [0], 'a'],
    [abc, [int64(2)], 'c'],
    [abc, [uint64(1)], 'b'],
    ['é', [1], '169'],
    [nest, ['list', 0, 'k'], 'v'],
    [nest, ['none'], '<nil>'],
    [ports, [80], 'http'],
    [ports, [int64(80)], 'http'],
    [ports, [81], ''],
    [of('map[any]string', new Map([[80, 'http']])), [80], 'http'],
    [of('map[any]string', new Map()), [undefined], ''],
    [new Uint8Array([7]), [0], '7'],
  ] as readonly (readonly [Value, readonly Value[], string])[])('of %o by %o is %s', (value, indices, text) => {
    expect(formatValue(index(value, indices))).toBe(text);
  });

  it.each([
    [undefined, [0], 'index of untyped nil'],
    [null, [], 'index of untyped nil'],
    [nest, ['n', 0], 'index of nil pointer'],
    [of('*Service', undefined), [0], 'index of nil pointer'],
    [abc, [-1], 'index out of range: -1'],
    [abc, [4], 'index out of range: 4'],
    [abc, [3], 'reflect: slice index out of range'],
    ['abc', [3], 'reflect: string index out of range'],
    [abc, ['0'], 'cannot index slice/array with type string'],
    [abc, [float64(1)], 'cannot index slice/array with type float64'],
    [abc, [null], 'cannot index slice/array with nil'],
    [abc, [uint64(2n ** 64n - 1n)], 'index out of range: -1'],
    [nest, [1], 'value has type int; should be string'],
    [nest, [undefined], 'value is nil; should be of type string'],
    [of('map[any]any', new Map()), [abc], 'runtime error: hash of unhashable type []interface {}'],
    [of('map[any]any', new Map()), [of('Service', {})], 'runtime error: hash of unhashable type api.Service'],
    [int64(1), [0], "can't index item of type int64"],
    [of('*Service', {}), ['Name'], "can't index item of type api.Service"],
  ] as readonly (readonly [Value, readonly Value[], string])[])(
    'of %o by %o is refused: %s',
    (value, indices, message) => {
      expect(() => index(value, indices)).toThrow(message);
    },
  );
});

describe('slice', () => {
  it.each([
    [abc, [], '[a b c]'],
    [abc, [1], '[b c]'],
    [abc, [1, 2], '[b]'],
    [abc, [0, 1, 2], '[a]'],
    [abc, [0, 4], '[a b c <nil>]'],
    [abc, [3], '[]'],
    ['hello', [1, 3], 'el'],
    ['é', [0, 1], rawText(0xc3)],
    [new Uint8Array([1, 2]), [1], '[2]'],
    [of('Tags', ['a', 'b']), [0, 1], '[a]'],
  ] as readonly (readonly [Value, readonly Value[], string])[])('of %o by %o is %s', (value, indices, text) => {
    expect(formatValue(slice(value, indices))).toBe(text);
  });

  it('of a slice can reach behind its end', () => {
    expect(formatValue(slice(slice(abc, [0, 1]), [0, 3]))).toBe('[a b c]');
    expect(() => slice(slice(abc, [0, 1, 2]), [0, 3])).toThrow('index out of range: 3');
  });

  it.each([
    [undefined, [], 'slice of untyped nil'],
    [null, [0], 'slice of untyped nil'],
    [of('*Service', undefined), [0], 'slice of nil pointer'],
    [abc, [0, 1, 2, 3], 'too many slice indexes: 4'],
    ['abc', [0, 1, 2], 'cannot 3-index slice a string'],
    [abc, [5], 'index out of range: 5'],
    [abc, [4], 'invalid slice index: 4 > 3'],
    [abc, [2, 1], 'invalid slice index: 2 > 1'],
    [abc, [0, 3, 2], 'invalid slice index: 3 > 2'],
    [abc, [undefined], 'cannot index slice/array with nil'],
    [nest, [0], "can't slice item of type map[string]interface {}"],
    [abc, [new SeenAs(ANY)], 'cannot index slice/array with type interface {}'],
  ] as readonly (readonly [Value, readonly Value[], string])[])(
    'of %o by %o is refused: %s',
    (value, indices, message) => {
      expect(() => slice(value, indices)).toThrow(message);
    },
  );
});

describe('converted', () => {
  it.each([
    ['int64', 5, 5n],
    ['int', int64(5), 5],
    ['string', 'a', 'a'],
    ['any', 1, 1],
    ['any', undefined, null],
  ] as readonly (readonly [string, Value, Value])[])('for %s takes %o', (type, value, result) => {
    expect(converted(value, goType(type))).toEqual(result);
  });

  it.each([
    ['int', undefined, 'value is nil; should be of type int'],
    ['int', 'a', 'value has type string; should be int'],
    ['string', 1, 'value has type int; should be string'],
    ['float64', 1, 'value has type int; should be float64'],
  ] as readonly (readonly [string, Value, string])[])('for %s refuses %o: %s', (type, value, message) => {
    expect(() => converted(value, goType(type))).toThrow(message);
  });
});
