import { float64, formatValue, goFunction, type Value } from '../../template/index.ts';
import { isInt64, toFloat64, toInt64 } from './cast.ts';

const DECIMAL = /^[+-]?[0-9]+$/;
const OCTAL = /^([+-]?)([0-7]+)$/;

/** Texts and numbers to numbers; what is none is 0. Source: sprig v3.3.0, `numeric.go`. */
export const conversionFunctions = {
  atoi: goFunction('func(string) int', parsedInteger),
  float64: goFunction('func(any) float64', (value: Value) => float64(toFloat64(value))),
  int: goFunction('func(any) int', toInt64),
  int64: goFunction('func(any) int64', toInt64),
  toDecimal: goFunction('func(any) int64', parsedOctal),
};

/** Source: Go's `strconv.Atoi`, whose error is dropped: what is too large becomes the largest. */
function parsedInteger(text: string): bigint {
  if (!DECIMAL.test(text)) return 0n;
  const value = BigInt(text.replace(/^\+/, ''));
  if (isInt64(value)) return value;
  return value < 0n ? -(2n ** 63n) : 2n ** 63n - 1n;
}

/** Octal digits, as in the mode of a file. */
function parsedOctal(value: Value): bigint {
  const [, sign, digits] = OCTAL.exec(formatValue(value)) ?? [];
  if (digits === undefined) return 0n;
  const number = BigInt(`0o${digits}`) * (sign === '-' ? -1n : 1n);
  return isInt64(number) ? number : 0n;
}
