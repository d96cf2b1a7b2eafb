import {
  ANY,
  ANY_MAP,
  ANY_SLICE,
  BOOL,
  BYTES,
  FLOAT64,
  type FuncType,
  type GoType,
  INT,
  INT64,
  type Kind,
  pointerTo,
  STRING,
  structType,
} from './types.ts';
import type { GoChannel, GoFunction, GoMap, GoNil, GoScalar, GoSlice, GoStruct, Value } from './values.ts';

const errorMethod: FuncType = { kind: 'func', name: 'func() string', params: [], isVariadic: false, result: STRING };

/** The type of JavaScript's errors: what Go's `errors.New` gives. */
export const ERROR_STRING = pointerTo(
  structType<Error>(
    'errors.errorString',
    { s: { type: STRING, get: (error) => error.message } },
    { Error: { type: errorMethod, call: (error) => (error as Error).message } },
  ),
);

/** The type of a value. Of `null` that is `interface {}`, and so it is of `undefined`, which has none. */
export function typeOf(value: Value): GoType {
  switch (typeof value) {
    case 'string':
      return STRING;
    case 'number':
      return isInt(value) ? INT : FLOAT64;
    case 'boolean':
      return BOOL;
    case 'bigint':
      return INT64;
    case 'object':
      return typeOfObject(value);
    default:
      return ANY;
  }
}

export function kindOf(value: Value): Kind | 'invalid' {
  return value === undefined ? 'invalid' : typeOf(value).kind;
}

/** Whether a plain number is a Go `int`: what is no safe integer is a `float64`, and so is -0. */
export function isInt(value: number): boolean {
  return Number.isSafeInteger(value) && !Object.is(value, -0);
}

function typeOfObject(value: Exclude<Value, bigint | boolean | number | string | undefined>): GoType {
  if (value === null) return ANY;
  if (Array.isArray(value)) return ANY_SLICE;
  if (value instanceof Map) return ANY_MAP;
  if (value instanceof Uint8Array) return BYTES;
  if (value instanceof Error) return ERROR_STRING;
  return (value as GoChannel | GoFunction | GoMap | GoNil | GoScalar | GoSlice | GoStruct).type;
}
