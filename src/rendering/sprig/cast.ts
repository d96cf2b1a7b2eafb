import {
  floatOf,
  integerOf,
  parseFloat64,
  parseInteger,
  textOfValue,
  typeOf,
  type Value,
} from '../../template/index.ts';
import { isNil } from './values.ts';

const MIN_INT64 = -(2n ** 63n);
const MAX_INT64 = 2n ** 63n - 1n;

/** The named types that count as the numbers they are. */
const COUNTED_TYPES: ReadonlySet<string> = new Set(['time.Month', 'time.Weekday']);

/**
 * A value as an `int64`: texts by Go's base prefixes (`0x1f`, `010`) and without zeros behind a point, floats cut off,
 * booleans 1 and 0; 0 for all others. Source: spf13/cast v1.7.0, `ToInt64`.
 */
export function toInt64(value: Value): bigint {
  const plain = basicValue(value);
  if (typeof plain === 'boolean') return plain ? 1n : 0n;
  if (typeof plain === 'string') return integerOfText(plain.replace(/\.0+\.*$/, ''));
  const integer = integerOf(plain);
  if (integer !== undefined) return BigInt.asIntN(64, integer);
  const float = floatOf(plain);
  return float === undefined ? 0n : truncated(float);
}

/** A value as a `float64`; 0 for what is none. Source: spf13/cast, `ToFloat64`. */
export function toFloat64(value: Value): number {
  const plain = basicValue(value);
  if (typeof plain === 'boolean') return plain ? 1 : 0;
  if (typeof plain === 'string') return floatOfText(plain);
  const integer = integerOf(plain);
  return integer === undefined ? (floatOf(plain) ?? 0) : Number(integer);
}

/** A float as an integer, as the processor does it: what does not fit becomes the smallest. */
function truncated(value: number): bigint {
  if (!Number.isFinite(value)) return MIN_INT64;
  const integer = BigInt(Math.trunc(value));
  return integer < MIN_INT64 || integer > MAX_INT64 ? MIN_INT64 : integer;
}

/** Whether a number fits in 64 bits with a sign. */
export function isInt64(value: bigint): boolean {
  return value >= MIN_INT64 && value <= MAX_INT64;
}

/** Only values of Go's own types count: a type of another name is none that the conversion knows. */
function basicValue(value: Value): Value {
  if (isNil(value)) return undefined;
  const type = typeOf(value);
  if (type.underlying !== undefined && !COUNTED_TYPES.has(type.name)) return undefined;
  return textOfValue(value) ?? value;
}

function integerOfText(text: string): bigint {
  const value = parseInteger(text);
  return value === undefined || !isInt64(value) ? 0n : value;
}

/** Source: Go's `strconv.ParseFloat`, which knows infinity and NaN by name. */
function floatOfText(text: string): number {
  const value = parseFloat64(text);
  if (value !== undefined) return Number.isFinite(value) ? value : 0;
  if (/^[+-]?nan$/i.test(text)) return /^nan$/i.test(text) ? Number.NaN : 0;
  const [, sign] = /^([+-]?)inf(?:inity)?$/i.exec(text) ?? [];
  if (sign === undefined) return 0;
  return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
