import { describe, expect, it } from 'vitest';
import { isSameData } from '../../../src/lib/same-data.ts';

describe('isSameData', () => {
  it.each([
    [1, 1, true],
    [1, '1', false],
    [undefined, null, false],
    ['a', 'a', true],
    [{ a: 1, b: [1, { c: 2 }] }, { b: [1, { c: 2 }], a: 1 }, true],
    [{ a: 1 }, { a: 1, b: undefined }, false],
    [{ a: undefined }, { b: undefined }, false],
    [{ a: { b: 1 } }, { a: { b: 2 } }, false],
    [[1, 2], [2, 1], false],
    [[1], [1, 2], false],
    [[], {}, false],
    [JSON.parse('{"__proto__": 1}'), JSON.parse('{"__proto__": 2}'), false],
    [JSON.parse('{"__proto__": 1}'), {}, false],
  ])('%j and %j: %j', (a, b, isSame) => {
    expect(isSameData(a, b)).toBe(isSame);
  });
});
