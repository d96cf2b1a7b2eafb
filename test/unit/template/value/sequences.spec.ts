import { describe, expect, it } from 'vitest';
import { itemAt, sequenceOf, subsequence } from '../../../../src/template/value/sequences.ts';
import { typeOf } from '../../../../src/template/value/type-of.ts';
import { goType } from '../../../../src/template/value/type-parser.ts';
import { GoSlice, type Value } from '../../../../src/template/value/values.ts';

const texts = (...items: string[]) => new GoSlice(goType('[]string') as GoSlice['type'], items);
const sequence = (value: Value) => {
  const found = sequenceOf(value);
  if (found === undefined) throw new Error('no slice');
  return found;
};

describe('sequenceOf', () => {
  it.each([
    [[1, 'a'], '[]interface {}', [1, 'a']],
    [texts('a', 'b'), '[]string', ['a', 'b']],
    [new Uint8Array([1]), '[]uint8', [1n]],
  ] as readonly (readonly [Value, string, readonly unknown[]])[])('of %o', (value, name, items) => {
    const found = sequence(value);
    const shown = Array.from({ length: found.items.length }, (_, i) => itemAt(found, i));
    expect([
      found.type.name,
      shown.map((item) => (typeof item === 'object' && item !== null && 'value' in item ? item.value : item)),
    ]).toEqual([name, items]);
  });

  it('is of slices only', () => {
    expect(['a', new Map(), null, undefined].map(sequenceOf)).toEqual([undefined, undefined, undefined, undefined]);
  });

  it.each([
    [0, 0],
    [1, 0],
    [2, 0],
    [3, 1],
    [5, 3],
    [9, 7],
    [300, 212],
    [512, 0],
    [600, 0],
  ])('of an array of %i has room for %i more, as one that append has filled', (length, spare) => {
    expect(sequence(Array.from({ length }, () => 1)).hidden).toEqual(Array.from({ length: spare }, () => null));
  });
});

describe('subsequence', () => {
  it('keeps what lies behind its end for further slices', () => {
    const inner = subsequence(sequence(texts('a', 'b', 'c')), [0, 1, 3]);
    expect(inner).toEqual(new GoSlice(goType('[]string') as GoSlice['type'], ['a'], ['b', 'c']));
    expect(subsequence(sequence(inner), [0, 2, 2])).toEqual(
      new GoSlice(goType('[]string') as GoSlice['type'], ['a', 'b'], []),
    );
  });

  it('of an array is a []interface {}', () => {
    expect(typeOf(subsequence(sequence([1, 2]), [1, 2, 2])).name).toBe('[]interface {}');
  });

  it('of bytes is bytes', () => {
    expect(subsequence(sequence(new Uint8Array([1, 2, 3])), [1, 3, 3])).toEqual(new Uint8Array([2, 3]));
  });
});
