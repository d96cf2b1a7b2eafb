import { describe, expect, it } from 'vitest';
import { dereferenced, fieldValue, held, structOf } from '../../../../src/template/value/structs.ts';
import { ANY, ERROR, INT, pointerTo, structType } from '../../../../src/template/value/types.ts';
import { GoNil, GoStruct } from '../../../../src/template/value/values.ts';

const Point = structType<{ x: number }>('main.Point', { X: { type: INT, get: ({ x }) => x }, Any: { type: ANY } });

describe('fields', () => {
  it('are read by their getter, or by their name', () => {
    const point = new GoStruct(Point, { x: 1, Any: 'a' });
    expect([...Point.fields.values()].map((field) => fieldValue(point, field))).toEqual([1, 'a']);
  });

  it('of a struct without an object have zero values', () => {
    expect([...Point.fields.values()].map((field) => fieldValue(new GoStruct(Point), field))).toEqual([0, null]);
  });
});

describe('what stands for a struct', () => {
  it('is an error too', () => {
    const struct = structOf(new Error('no'));
    const [field] = struct?.struct.fields.values() ?? [];
    expect(struct && field && [struct.type.name, fieldValue(struct, field)]).toEqual(['*errors.errorString', 'no']);
    expect(structOf('a')).toBeUndefined();
  });

  it('loses its pointer', () => {
    const target = { x: 1 };
    expect(dereferenced(new GoStruct(pointerTo(Point), target))).toEqual(new GoStruct(Point, target));
    expect(dereferenced('a')).toBe('a');
  });
});

describe('held', () => {
  it('is nothing for an interface that is nil', () => {
    const pointer = new GoNil(pointerTo(Point));
    expect([held(null), held(new GoNil(ERROR)), held(pointer), held('a')]).toEqual([
      undefined,
      undefined,
      pointer,
      'a',
    ]);
  });
});
