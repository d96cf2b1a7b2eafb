import { unwrap, wrap } from './convert.ts';
import { ERROR_STRING, typeOf } from './type-of.ts';
import type { Field, Method } from './types.ts';
import { GoNil, GoStruct, type Value } from './values.ts';

/** A value as a struct if it is one, or a pointer to one, or an error. */
export function structOf(value: Value): GoStruct | undefined {
  if (value instanceof GoStruct) return value;
  return value instanceof Error ? new GoStruct(ERROR_STRING, value) : undefined;
}

/** What a field holds. */
export function fieldValue({ target }: GoStruct, { type, get }: Field): Value {
  // A type and its objects come from one `structType`, which saw to it that they fit.
  return wrap(type, target === undefined ? undefined : get(target as never));
}

/** Calls a method with values; the result is one too. */
export function callMethod(
  receiver: Value,
  { type, call }: Method,
  args: readonly unknown[],
  context?: unknown,
): Value {
  return wrap(type.result, call(unwrap(typeOf(receiver), receiver), args, context));
}

/** What a pointer points to, once it is known not to be nil; other values as they are. */
export function dereferenced(value: Value): Value {
  const struct = structOf(value);
  return struct?.type.kind === 'ptr' ? new GoStruct(struct.struct, struct.target) : value;
}

/** What an interface holds: nothing, if it is nil. */
export function held(value: Value): Value {
  return value === null || (value instanceof GoNil && value.type.kind === 'interface') ? undefined : value;
}
