import { float64, formatValue, goFunction, type Value } from '../../template/index.ts';
import { toFloat64 } from './cast.ts';
import {
  addDecimals,
  type Decimal,
  decimalOf,
  divideDecimals,
  floatOfDecimal,
  multiplyDecimals,
  negated,
} from './decimal.ts';

/** Arithmetic on floats, done in decimals so that 0.1 and 0.2 are 0.3. Source: sprig v3.3.0, `functions.go`, `numeric.go`. */
export const floatFunctions = {
  add1f: goFunction('func(any) float64', (value: Value) => calculated([value, 1], addDecimals)),
  addf: goFunction('func(...any) float64', (...values: Value[]) => calculated([0, ...values], addDecimals)),
  ceil: goFunction('func(any) float64', (value: Value) => Math.ceil(toFloat64(value))),
  divf: goFunction('func(any, ...any) float64', (...values: Value[]) => calculated(values, divideDecimals)),
  floor: goFunction('func(any) float64', (value: Value) => Math.floor(toFloat64(value))),
  maxf: goFunction('func(any, ...any) float64', (...values: Value[]) => Math.max(...values.map(toFloat64))),
  minf: goFunction('func(any, ...any) float64', (...values: Value[]) => Math.min(...values.map(toFloat64))),
  mulf: goFunction('func(any, ...any) float64', (...values: Value[]) => calculated(values, multiplyDecimals)),
  round: goFunction('func(any, int, ...float64) float64', rounded),
  subf: goFunction('func(any, ...any) float64', (...values: Value[]) =>
    calculated(values, (a, b) => addDecimals(a, negated(b))),
  ),
};

function calculated(values: readonly Value[], combine: (a: Decimal, b: Decimal) => Decimal): number {
  return floatOfDecimal(values.map((value) => asDecimal(toFloat64(value))).reduce(combine));
}

function asDecimal(value: number): Decimal {
  if (!Number.isFinite(value)) throw new Error(`Cannot create a Decimal from ${formatValue(float64(value))}`);
  return decimalOf(value);
}

/** To so many places; a fraction of `roundOn` (0.5) or more goes up, so that below zero halves go down. */
function rounded(value: Value, places: number, roundOn = 0.5): number {
  const scale = powerOfTen(places);
  const digits = scale * toFloat64(value);
  return (digits % 1 >= roundOn ? Math.ceil(digits) : Math.floor(digits)) / scale;
}

/** Source: Go's `math.Pow`, which takes the reciprocal last. */
function powerOfTen(exponent: number): number {
  return exponent < 0 ? 1 / 10 ** -exponent : 10 ** exponent;
}
