import { wrap } from './convert.ts';
import { isInt } from './type-of.ts';
import { FLOAT64, INT, INT64, UINT64 } from './types.ts';
import { type Complex, GoScalar, type Value } from './values.ts';

/** A Go `int`. Only one that is no safe integer is no plain number. */
export function int(value: bigint | number): Value {
  return wrap(INT, value);
}

/** A Go `int64`. */
export function int64(value: bigint | number): Value {
  return wrap(INT64, value);
}

/** A Go `uint64`. */
export function uint64(value: bigint | number): Value {
  return wrap(UINT64, value);
}

/** A Go `float64`. */
export function float64(value: number): Value {
  return wrap(FLOAT64, value);
}

/** The number of a value of any integer kind, else `undefined`. */
export function integerOf(value: Value): bigint | undefined {
  if (typeof value === 'number') return isInt(value) ? BigInt(value) : undefined;
  if (typeof value === 'bigint') return value;
  return value instanceof GoScalar && typeof value.value === 'bigint' ? value.value : undefined;
}

/** The number of a value of a float kind, else `undefined`. */
export function floatOf(value: Value): number | undefined {
  if (typeof value === 'number') return isInt(value) ? undefined : value;
  return value instanceof GoScalar && typeof value.value === 'number' ? value.value : undefined;
}

export function complexOf(value: Value): Complex | undefined {
  return value instanceof GoScalar && typeof value.value === 'object' ? value.value : undefined;
}

/** The text of a value of the kind string, whatever its type is called. */
export function textOfValue(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  return value instanceof GoScalar && typeof value.value === 'string' ? value.value : undefined;
}

export function boolOf(value: Value): boolean | undefined {
  if (typeof value === 'boolean') return value;
  return value instanceof GoScalar && typeof value.value === 'boolean' ? value.value : undefined;
}
