import { unwrap, wrap } from './convert.ts';
import { funcType, type TypeNames } from './type-parser.ts';
import type { FuncType, GoType, Method, SliceType } from './types.ts';
import { GoFunction, type Value } from './values.ts';

/** Its parameters are what the signature says, which TypeScript cannot read: `never` takes any of them. */
type Implementation = (...args: never[]) => unknown;

/**
 * A function for templates. `signature` is its Go type (`func(string, ...any) ([]string, error)`): arguments are checked
 * against it as Go checks them, and what it prints is what `%T` prints. `implementation` gets raw values (strings,
 * numbers, `bigint` for 64 bits, arrays, `Map`s, the objects behind structs; values for `any`) and returns one.
 * What it throws becomes Go's `error calling NAME: MESSAGE`.
 */
export function goFunction(signature: string, implementation: Implementation, names?: TypeNames): GoFunction {
  const type = funcType(signature, names);
  return new GoFunction(type, (args) => callRaw(type, args, (raw) => implementation(...(raw as never[]))));
}

/** A function whose `implementation` gets first the `context` that was given to `execute`. */
export function contextFunction(signature: string, implementation: Implementation, names?: TypeNames): GoFunction {
  const type = funcType(signature, names);
  return new GoFunction(type, (args, context) =>
    callRaw(type, args, (raw) => implementation(...([context, ...raw] as never[]))),
  );
}

/** A method of a named type: as `goFunction`, but `implementation` gets first the raw receiver. */
export function goMethod(signature: string, implementation: Implementation, names?: TypeNames): Method {
  return {
    type: funcType(signature, names),
    call: (receiver, args) => implementation(...([receiver, ...args] as never[])),
  };
}

/** A method whose `implementation` gets first the `context` that was given to `execute`, then the raw receiver. */
export function contextMethod(signature: string, implementation: Implementation, names?: TypeNames): Method {
  return {
    type: funcType(signature, names),
    call: (receiver, args, context) => implementation(...([context, receiver, ...args] as never[])),
  };
}

/** Calls with raw arguments, and knows the result's type. */
function callRaw(type: FuncType, args: readonly Value[], call: (raw: readonly unknown[]) => unknown): Value {
  const raw = args.map((arg, i) => unwrap(paramType(type, i), arg));
  return wrap(type.result, call(raw));
}

/** The type of the argument at an index, which may be one of the variadic ones. */
export function paramType({ params, isVariadic }: FuncType, index: number): GoType {
  const last = params.length - 1;
  const param = params[Math.min(index, last)];
  if (param === undefined) throw new RangeError(`no parameter ${index}`);
  return isVariadic && index >= last ? (param as SliceType).elem : param;
}
