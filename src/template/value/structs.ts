import { unwrap, wrap } from './convert.ts';
import { ERROR_STRING, typeOf } from './type-of.ts';
import type { Field, Method } from './types.ts';
import { GoStruct, type Value } from './values.ts';

/** A value as a struct if it is one, or a pointer to one, or an error. */
export function structOf(value: Value): GoStruct | undefined {
  if (value instanceof GoStruct) return value;
  return value instanceof Error ? new GoStruct(ERROR_STRING, value) : undefined;
}

/** What a field holds. */
export function fieldValue({ target }: GoStruct, { type, get }: Field): Value {
  return wrap(type, target === undefined ? undefined : get(target as never));
}

/** Calls a method with values; the result is one too. */
export function callMethod(receiver: Value, { type, call }: Method, args: readonly unknown[]): Value {
  return wrap(type.result, call(unwrap(typeOf(receiver), receiver), args));
}

/** What a pointer points to, once it is known not to be nil; other values as they are. */
export function dereferenced(value: Value): Value {
  return value instanceof GoStruct && value.type.kind === 'ptr' ? new GoStruct(value.struct, value.target) : value;
}
