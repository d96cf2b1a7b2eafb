import { describe, expect, it } from 'vitest';
import { unwrap, wrap } from '../../../../src/template/value/convert.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { namedType, pointerTo, structType } from '../../../../src/template/value/types.ts';
import {
  GoChannel,
  GoMap,
  GoNil,
  GoScalar,
  GoSlice,
  GoStruct,
  type Value,
} from '../../../../src/template/value/values.ts';

const Point = structType('main.Point', { X: { type: goType('int') } });
const Status = namedType('main.Status', goType('string'));
const names = { Point, Status, PointP: pointerTo(Point) };
const type = (text: string) => goType(text, names);
const scalar = (text: string, value: GoScalar['value']) => new GoScalar(type(text) as GoScalar['type'], value);

describe('wrap', () => {
  const target = { X: 1 };
  const items = ['a'];
  const map = new Map<string, unknown>([['a', 1]]);
  const rows: readonly (readonly [type: string, raw: unknown, value: Value])[] = [
    ['string', 'a', 'a'],
    ['bool', true, true],
    ['int', 5, 5],
    ['int', 5n, 5],
    ['int', 2n ** 60n, scalar('int', 2n ** 60n)],
    ['int', 2n ** 64n + 1n, 1],
    ['int64', 5n, 5n],
    ['int64', 5, 5n],
    ['int8', -200, scalar('int8', 56n)],
    ['uint8', 300, scalar('uint8', 44n)],
    ['uint64', -1n, scalar('uint64', 2n ** 64n - 1n)],
    ['float64', 1, scalar('float64', 1)],
    ['float32', 0.1, scalar('float32', Math.fround(0.1))],
    ['complex128', { re: 1, im: 2 }, scalar('complex128', { re: 1, im: 2 })],
    ['Status', 'up', scalar('Status', 'up')],
    ['any', null, null],
    ['any', 1, 1],
    ['[]any', items, items],
    ['[]string', items, new GoSlice(type('[]string') as GoSlice['type'], items)],
    ['map[string]any', map, map],
    ['map[string]int', map, new GoMap(type('map[string]int') as GoMap['type'], map)],
    ['Point', target, new GoStruct(Point, target)],
    ['*Point', target, new GoStruct(pointerTo(Point), target)],
  ];

  it.each(rows)('%s from %o', (name, raw, value) => {
    expect(wrap(type(name), raw)).toEqual(value);
  });

  it.each([
    ...([
      ['string', ''],
      ['bool', false],
      ['int', 0],
      ['int64', 0n],
      ['float64', scalar('float64', 0)],
      ['any', null],
    ] as const),
    ...([
      ['error', new GoNil(type('error'))],
      ['*Point', new GoNil(pointerTo(Point))],
      ['Point', new GoStruct(Point)],
    ] as const),
    ['[]string', new GoSlice(type('[]string') as GoSlice['type'])],
    ['map[string]int', new GoMap(type('map[string]int') as GoMap['type'])],
    ['<-chan int', new GoNil(type('<-chan int'))],
    ['func() int', new GoNil(type('func() int'))],
  ] as readonly (readonly [string, Value])[])('of nothing is the zero value of %s', (name, zero) => {
    expect(wrap(type(name), undefined)).toEqual(zero);
  });

  it('makes a channel of anything that can be gone through', () => {
    const channel = wrap(type('<-chan int'), [1, 2]);
    expect(channel instanceof GoChannel && [channel.values.next().value, channel.values.next().value]).toEqual([1, 2]);
  });

  it.each([
    ['string', 1, 'number given where string is declared'],
    ['int', 'a', 'string given where int is declared'],
    ['bool', 1, 'number given where bool is declared'],
    ['[]string', 'a', 'string given where []string is declared'],
    ['map[string]any', {}, 'object given where map[string]interface {} is declared'],
    ['func() int', 1, 'number given where func() int is declared'],
  ])('refuses for %s what it cannot be: %o', (name, raw, message) => {
    expect(() => wrap(type(name), raw)).toThrow(message);
  });
});

describe('unwrap', () => {
  it.each([
    ['string', 'a'],
    ['int', 5],
    ['int64', 5n],
    ['uint64', 5n],
    ['uint8', 5],
    ['float64', 1.5],
    ['Status', 'up'],
    ['any', null],
    ['[]string', ['a']],
    ['map[string]int', new Map([['a', 1]])],
    ['*Point', { X: 1 }],
    ['*Point', undefined],
    ['error', new Error('no')],
  ])('gives back what was wrapped: %s', (name, raw) => {
    expect(unwrap(type(name), wrap(type(name), raw))).toEqual(raw);
  });
});
