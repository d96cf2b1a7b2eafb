import { describe, expect, it } from 'vitest';
import { goMethod } from '../../../../src/template/value/functions.ts';
import { ERROR_STRING } from '../../../../src/template/value/type-of.ts';
import {
  ANY,
  canBeNil,
  ERROR,
  INT,
  INT64,
  isAssignable,
  mapOf,
  namedType,
  pointerTo,
  REFLECT_VALUE,
  STRING,
  sliceOf,
  structType,
  withPointerMethods,
} from '../../../../src/template/value/types.ts';

const Tags = namedType('api.Tags', sliceOf(STRING));
const Labels = namedType('api.Labels', sliceOf(STRING));
const Status = namedType('api.Status', STRING, { Error: goMethod('func() string', (status: string) => status) });
const Point = structType('main.Point', { X: { type: INT }, y: { type: INT } });

describe('isAssignable', () => {
  it.each([
    { from: STRING, to: STRING },
    { from: sliceOf(STRING), to: sliceOf(STRING) },
    { from: INT, to: ANY },
    { from: ERROR_STRING, to: ERROR },
    { from: Status, to: ERROR },
    { from: ERROR, to: ANY },
    { from: Tags, to: sliceOf(STRING) },
    { from: sliceOf(STRING), to: Tags },
  ])('$from.name to $to.name', ({ from, to }) => {
    expect(isAssignable(from, to)).toBe(true);
  });

  it.each([
    { from: INT, to: INT64 },
    { from: Status, to: STRING },
    { from: STRING, to: Status },
    { from: STRING, to: ERROR },
    { from: ANY, to: ERROR },
    { from: Tags, to: Labels },
    { from: sliceOf(STRING), to: sliceOf(ANY) },
    { from: mapOf(STRING, ANY), to: mapOf(STRING, STRING) },
    { from: pointerTo(Point), to: Point },
  ])('not $from.name to $to.name', ({ from, to }) => {
    expect(isAssignable(from, to)).toBe(false);
  });
});

describe('methods of pointers', () => {
  const Time = withPointerMethods(Status, { String: goMethod('func() string', (status: string) => status) });

  it('belong to pointers only', () => {
    expect([Time, pointerTo(Time), pointerTo(Status)].map(({ methods }) => [...(methods?.keys() ?? [])])).toEqual([
      ['Error'],
      ['Error', 'String'],
      ['Error'],
    ]);
  });
});

describe('types', () => {
  it('can be nil but for scalars and structs', () => {
    const types = [ANY, ERROR, sliceOf(INT), mapOf(INT, INT), pointerTo(Point), REFLECT_VALUE, INT, STRING, Point];
    expect(types.filter(canBeNil).map(({ name }) => name)).toEqual([
      ...['interface {}', 'error', '[]int', 'map[int]int', '*main.Point', 'reflect.Value'],
    ]);
  });

  it('know which fields templates may ask for', () => {
    expect([...Point.fields.values()].map(({ name, isExported }) => [name, isExported])).toEqual([
      ['X', true],
      ['y', false],
    ]);
  });
});
