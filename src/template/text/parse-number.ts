const INTEGER = /^([+-]?)(0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|0[0-7_]*|[1-9][0-9_]*)$/;
const DECIMAL = /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/;
const HEXADECIMAL = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?\d+)$/;

/** An integer as Go writes it, with base prefix and underscores. Source: Go's `strconv.ParseInt` with base 0. */
export function parseInteger(text: string): bigint | undefined {
  const [, sign, digits] = INTEGER.exec(text) ?? [];
  if (digits === undefined || !hasGoodUnderscores(text)) return undefined;
  const plain = digits.replaceAll('_', '');
  const value = /^0\d/.test(plain) ? BigInt(`0o${plain}`) : BigInt(plain.toLowerCase());
  return sign === '-' ? -value : value;
}

/** A number as Go writes it; `undefined` if it is none, infinite if too large. Source: Go's `strconv.ParseFloat`. */
export function parseFloat64(text: string): number | undefined {
  if (!hasGoodUnderscores(text)) return undefined;
  const plain = text.replaceAll('_', '');
  return DECIMAL.test(plain) ? Number(plain) : parseHexFloat(plain);
}

/** An underscore stands between digits, or between a base prefix and a digit. */
function hasGoodUnderscores(text: string): boolean {
  if (!text.includes('_')) return true;
  const unsigned = text.replace(/^[+-]/, '');
  const isHex = /^0[xX]/.test(unsigned);
  const digits = unsigned.replace(/^0[xXbBoO]/, '0');
  return !(isHex ? /(^|[^0-9a-fA-F])_|_([^0-9a-fA-F]|$)/ : /(^|[^0-9])_|_([^0-9]|$)/).test(digits);
}

function parseHexFloat(text: string): number | undefined {
  const [, sign, whole, fraction, power] = HEXADECIMAL.exec(text) ?? [];
  if (whole === undefined || fraction === undefined || whole + fraction === '') return undefined;
  const mantissa = BigInt(`0x${whole}${fraction}`);
  const value = scaled(mantissa, Number(power) - 4 * fraction.length);
  return sign === '-' ? -value : value;
}

/** `mantissa` times 2 to the power of `exponent`, rounded once, half to even. */
function scaled(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const bits = mantissa.toString(2).length;
  const top = bits + exponent;
  if (top > 1_100) return Number.POSITIVE_INFINITY;
  if (top < -1_100) return 0;
  // A double keeps 53 bits, fewer where its exponent is the smallest.
  const drop = bits - Math.min(53, top + 1_074);
  if (drop <= 0) return Number(mantissa) * 2 ** Math.max(exponent, -1_074) * 2 ** Math.min(0, exponent + 1_074);
  const [cut, unit] = [BigInt(drop), 1n << BigInt(drop)];
  const rest = mantissa & (unit - 1n);
  const kept = mantissa >> cut;
  const isUp = rest * 2n > unit || (rest * 2n === unit && (kept & 1n) === 1n);
  const power = exponent + drop;
  const half = Math.trunc(power / 2);
  return Number(isUp ? kept + 1n : kept) * 2 ** half * 2 ** (power - half);
}
