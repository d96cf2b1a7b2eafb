import { goFunction, type Value } from '../../template/index.ts';
import { toInt64 } from './cast.ts';

/** Arithmetic on 64 bits, which wraps around. Source: sprig v3.3.0, `functions.go`, `numeric.go`. */
export const mathFunctions = {
  add: goFunction('func(...any) int64', (...values: Value[]) => values.map(toInt64).reduce(sum, 0n)),
  add1: goFunction('func(any) int64', (value: Value) => toInt64(value) + 1n),
  biggest: goFunction('func(any, ...any) int64', largest),
  div: goFunction('func(any, any) int64', (a: Value, b: Value) => toInt64(a) / divisor(b)),
  max: goFunction('func(any, ...any) int64', largest),
  min: goFunction('func(any, ...any) int64', (...values: Value[]) => sorted(values)[0]),
  mod: goFunction('func(any, any) int64', (a: Value, b: Value) => toInt64(a) % divisor(b)),
  mul: goFunction('func(any, ...any) int64', (...values: Value[]) =>
    values.map(toInt64).reduce((a, b) => BigInt.asIntN(64, a * b)),
  ),
  sub: goFunction('func(any, any) int64', (a: Value, b: Value) => toInt64(a) - toInt64(b)),
};

function sum(a: bigint, b: bigint): bigint {
  return BigInt.asIntN(64, a + b);
}

function largest(...values: Value[]): bigint {
  return sorted(values).at(-1) ?? 0n;
}

function sorted(values: readonly Value[]): readonly bigint[] {
  return values.map(toInt64).toSorted((a, b) => Number(a > b) - Number(a < b));
}

function divisor(value: Value): bigint {
  const number = toInt64(value);
  if (number === 0n) throw new Error('runtime error: integer divide by zero');
  return number;
}
