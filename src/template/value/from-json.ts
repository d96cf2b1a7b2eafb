import { float64, int, int64 } from './numbers.ts';
import type { Value } from './values.ts';

/** Go's decoder has the same limit. */
const MAX_DEPTH = 10_000;

export interface FromJsonOptions {
  /** What whole numbers become. Go's `encoding/json` gives `float64`, the default; others are always `float64`. */
  readonly integers?: 'float64' | 'int' | 'int64' | undefined;
}

/**
 * What `JSON.parse` gave, as Go has it: objects are `map[string]interface {}`, arrays `[]interface {}`, `null` nil.
 * Throws a `RangeError` for data nested more than 10,000 deep, and a `TypeError` for what is no JSON.
 */
export function fromJson(data: unknown, { integers = 'float64' }: FromJsonOptions = {}): Value {
  const asInteger = { float64, int, int64 }[integers];
  const convert = (value: unknown, depth: number): Value => {
    if (depth > MAX_DEPTH) throw new RangeError(`data is nested more than ${MAX_DEPTH} deep`);
    if (typeof value === 'number') return isWhole(value) ? asInteger(value) : float64(value);
    if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
    if (Array.isArray(value)) return value.map((item) => convert(item, depth + 1));
    if (typeof value !== 'object') throw new TypeError(`no JSON: ${typeof value}`);
    return new Map(Object.entries(value).map(([key, item]) => [key, convert(item, depth + 1)]));
  };
  return convert(data, 0);
}

/** Whether a number is an integer that 64 bits hold. */
function isWhole(value: number): boolean {
  return Number.isInteger(value) && !Object.is(value, -0) && value >= -(2 ** 63) && value < 2 ** 63;
}
