import { describe, expect, it } from 'vitest';
import { contextFunction, goFunction, goMethod, paramType } from '../../../../src/template/value/functions.ts';
import { float64 } from '../../../../src/template/value/numbers.ts';
import { callMethod } from '../../../../src/template/value/structs.ts';
import { funcType, goType } from '../../../../src/template/value/type-parser.ts';
import { INT, namedType, STRING } from '../../../../src/template/value/types.ts';
import { GoSlice } from '../../../../src/template/value/values.ts';

const strings = goType('[]string') as GoSlice['type'];

describe('goFunction', () => {
  it('gives raw arguments and knows the type of the result', () => {
    const join = goFunction('func(string, []string) []string', (by: string, items: string[]) => [items.join(by)]);
    expect(join.apply(['-', new GoSlice(strings, ['a', 'b'])], undefined)).toEqual(new GoSlice(strings, ['a-b']));
  });

  it('spreads variadic arguments', () => {
    const sum = goFunction('func(...float64) float64', (...all: number[]) => all.reduce((a, b) => a + b, 0));
    expect(sum.apply([float64(1), float64(2)], undefined)).toEqual(float64(3));
  });

  it('refuses a result that is not of its type', () => {
    expect(() => goFunction('func() string', () => 1).apply([], undefined)).toThrow(
      'number given where string is declared',
    );
  });
});

describe('contextFunction', () => {
  it('gives the context first', () => {
    const name = contextFunction(
      'func(string) string',
      (context: { host: string }, text: string) => context.host + text,
    );
    expect(name.apply(['!'], { host: 'a' })).toBe('a!');
  });
});

describe('goMethod', () => {
  it('gives the raw receiver first', () => {
    const contains = goMethod('func(string) bool', (tags: string[], tag: string) => tags.includes(tag));
    const tags = new GoSlice(namedType('api.Tags', strings, { Contains: contains }), ['a']);
    expect([callMethod(tags, contains, ['a']), callMethod(tags, contains, ['b'])]).toEqual([true, false]);
  });
});

describe('paramType', () => {
  it('of variadic ones is that of one of them', () => {
    const type = funcType('func(int, ...string) string');
    expect([0, 1, 2, 9].map((i) => paramType(type, i))).toEqual([INT, STRING, STRING, STRING]);
  });
});
