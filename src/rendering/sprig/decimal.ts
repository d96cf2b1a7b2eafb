/** `value` times 10 to the power of `exponent`. */
export interface Decimal {
  readonly value: bigint;
  readonly exponent: number;
}

/** How many digits a quotient has behind the point. */
const PRECISION = 16;

/** The decimal with the fewest digits that is nearest to a finite float. Source: shopspring/decimal v1.4.0, `NewFromFloat`. */
export function decimalOf(value: number): Decimal {
  const [digits = '0', power = '0'] = value.toExponential().split('e');
  const [whole = '0', fraction = ''] = digits.split('.');
  return { value: BigInt(whole + fraction), exponent: Number(power) - fraction.length };
}

/** The nearest float. */
export function floatOfDecimal({ value, exponent }: Decimal): number {
  return Number(`${value}e${exponent}`);
}

export function negated({ value, exponent }: Decimal): Decimal {
  return { value: -value, exponent };
}

export function addDecimals(a: Decimal, b: Decimal): Decimal {
  const exponent = Math.min(a.exponent, b.exponent);
  return { value: scaledTo(a, exponent) + scaledTo(b, exponent), exponent };
}

export function multiplyDecimals(a: Decimal, b: Decimal): Decimal {
  return { value: a.value * b.value, exponent: a.exponent + b.exponent };
}

/** Rounded to 16 places, half away from zero. Source: shopspring/decimal, `DivRound`. */
export function divideDecimals(a: Decimal, b: Decimal): Decimal {
  if (b.value === 0n) throw new Error('decimal division by 0');
  const shift = a.exponent - b.exponent + PRECISION;
  const dividend = a.value * 10n ** BigInt(Math.max(0, shift));
  const divisor = b.value * 10n ** BigInt(Math.max(0, -shift));
  const quotient = dividend / divisor;
  const rest = dividend % divisor;
  const isUp = magnitude(rest) * 2n >= magnitude(divisor);
  const step = dividend < 0n === divisor < 0n ? 1n : -1n;
  return { value: isUp ? quotient + step : quotient, exponent: -PRECISION };
}

function scaledTo({ value, exponent }: Decimal, target: number): bigint {
  return value * 10n ** BigInt(exponent - target);
}

function magnitude(value: bigint): bigint {
  return value < 0n ? -value : value;
}
