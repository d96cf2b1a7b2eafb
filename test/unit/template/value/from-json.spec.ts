import { describe, expect, it } from 'vitest';
import { fromJson } from '../../../../src/template/value/from-json.ts';
import { float64 } from '../../../../src/template/value/numbers.ts';

describe('fromJson', () => {
  it.each([
    { data: null, value: null },
    { data: 'a', value: 'a' },
    { data: true, value: true },
    { data: 1, value: float64(1) },
    { data: 1.5, value: float64(1.5) },
    { data: [1, 'a', null], value: [float64(1), 'a', null] },
    { data: { a: { b: [] } }, value: new Map([['a', new Map([['b', []]])]]) },
    { data: JSON.parse('{"__proto__": 1}'), value: new Map([['__proto__', float64(1)]]) },
  ])('$data', ({ data, value }) => {
    expect(fromJson(data)).toEqual(value);
  });

  it.each([
    { integers: 'int64', value: [1n, float64(1.5), float64(1e21), float64(-0)] },
    { integers: 'int', value: [1, float64(1.5), float64(1e21), float64(-0)] },
    { integers: 'float64', value: [float64(1), float64(1.5), float64(1e21), float64(-0)] },
  ] as const)('makes whole numbers $integers', ({ integers, value }) => {
    expect(fromJson([1, 1.5, 1e21, -0], { integers })).toEqual(value);
  });

  it('refuses what is no JSON, and what is nested too deeply', () => {
    let deep: unknown = 1;
    for (let i = 0; i < 20_000; i++) deep = [deep];
    expect(() => fromJson([() => 1])).toThrow(new TypeError('no JSON: function'));
    expect(() => fromJson(deep)).toThrow(RangeError);
  });
});
