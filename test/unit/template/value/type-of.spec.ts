import { describe, expect, it } from 'vitest';
import { kindOf, typeOf } from '../../../../src/template/value/type-of.ts';
import { INT, pointerTo, structType } from '../../../../src/template/value/types.ts';
import { GoNil, GoStruct, type Value } from '../../../../src/template/value/values.ts';

const Point = structType('main.Point', { X: { type: INT } });

describe('typeOf', () => {
  it.each([
    ['a', 'string', 'string'],
    [true, 'bool', 'bool'],
    [1, 'int', 'int'],
    [1.5, 'float64', 'float64'],
    [1n, 'int64', 'int64'],
    [[], '[]interface {}', 'slice'],
    [new Map(), 'map[string]interface {}', 'map'],
    [new Uint8Array(), '[]uint8', 'slice'],
    [new Error('no'), '*errors.errorString', 'ptr'],
    [null, 'interface {}', 'interface'],
    [undefined, 'interface {}', 'invalid'],
    [new GoStruct(Point), 'main.Point', 'struct'],
    [new GoNil(pointerTo(Point)), '*main.Point', 'ptr'],
  ] as readonly (readonly [Value, string, string])[])('of %o is %s', (value, name, kind) => {
    expect([typeOf(value).name, kindOf(value)]).toEqual([name, kind]);
  });
});
