import { binaryParts, type Decimal, exactDecimal, rounded, shortestDecimal } from './decimal.ts';

export type FloatFormat = 'b' | 'e' | 'E' | 'f' | 'g' | 'G' | 'x' | 'X';

/**
 * A number as text. `precision` below 0 means as many digits as tell it from its neighbors.
 * Source: Go's `strconv.FormatFloat`.
 */
export function formatFloat(value: number, format: FloatFormat, precision: number, bits: 32 | 64 = 64): string {
  if (Number.isNaN(value)) return 'NaN';
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  return sign + unsigned(Math.abs(value), format, precision, bits);
}

function unsigned(value: number, format: FloatFormat, precision: number, bits: 32 | 64): string {
  switch (format) {
    case 'b':
      return binary(value, bits);
    case 'x':
      return hexadecimal(value, precision);
    case 'X':
      return hexadecimal(value, precision).toUpperCase();
    case 'f':
      return fixed(value, precision, bits);
    case 'e':
    case 'E':
      return scientific(value, format, precision, bits);
    case 'g':
    case 'G':
      return general(value, format, precision, bits);
  }
}

function fixed(value: number, precision: number, bits: 32 | 64): string {
  if (precision < 0) {
    const decimal = shortestDecimal(value, bits);
    return asFixed(decimal, Math.max(0, decimal.digits.length - decimal.point));
  }
  const exact = exactDecimal(value);
  return asFixed(rounded(exact, exact.point + precision), precision);
}

function scientific(value: number, mark: 'e' | 'E', precision: number, bits: 32 | 64): string {
  if (precision >= 0) return asScientific(rounded(exactDecimal(value), precision + 1), mark, precision);
  const decimal = shortestDecimal(value, bits);
  return asScientific(decimal, mark, Math.max(0, decimal.digits.length - 1));
}

/** Scientific below 1e-4 and from 1e6 (or the precision) on, else fixed. */
function general(value: number, format: 'g' | 'G', precision: number, bits: 32 | 64): string {
  const isShortest = precision < 0;
  const digitCount = precision === 0 ? 1 : precision;
  const decimal = isShortest ? shortestDecimal(value, bits) : rounded(exactDecimal(value), digitCount);
  const count = decimal.digits.length;
  const isWhole = count >= decimal.point;
  const limit = isShortest ? 6 : digitCount > count && isWhole ? count : digitCount;
  const exponent = decimal.point - 1;
  if (exponent < -4 || exponent >= limit) {
    const digits = isShortest ? count : Math.min(digitCount, count);
    return asScientific(decimal, format === 'g' ? 'e' : 'E', Math.max(0, digits - 1));
  }
  return asFixed(decimal, Math.max(0, count - decimal.point));
}

function asScientific({ digits, point }: Decimal, mark: 'e' | 'E', precision: number): string {
  const exponent = digits === '' ? 0 : point - 1;
  const fraction = precision > 0 ? `.${digits.slice(1, 1 + precision).padEnd(precision, '0')}` : '';
  return `${digits[0] ?? '0'}${fraction}${mark}${signedExponent(exponent)}`;
}

function asFixed({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision <= 0) return whole;
  const shifted = point < 0 ? '0'.repeat(Math.min(-point, precision)) + digits : digits.slice(Math.max(0, point));
  return `${whole}.${shifted.slice(0, precision).padEnd(precision, '0')}`;
}

/** The mantissa as an integer, and the power of 2: `7074231776675438p-51`. */
function binary(value: number, bits: 32 | 64): string {
  const { mantissa, exponent } = binaryParts(value, bits);
  return `${mantissa}p${exponent < 0 ? '' : '+'}${exponent}`;
}

/** One hexadecimal digit, a fraction, and the power of 2: `0x1.921f9f01b866ep+01`. */
function hexadecimal(value: number, precision: number): string {
  let { mantissa, exponent } = binaryParts(value);
  if (mantissa === 0n) return `0x0${precision > 0 ? `.${'0'.repeat(precision)}` : ''}p+00`;
  const shift = 60 - (mantissa.toString(2).length - 1);
  mantissa <<= BigInt(shift);
  exponent += 60 - shift;
  if (precision >= 0 && precision < 15) {
    const drop = BigInt(60 - 4 * precision);
    const unit = 1n << drop;
    const rest = mantissa & (unit - 1n);
    mantissa >>= drop;
    if (rest * 2n > unit || (rest * 2n === unit && (mantissa & 1n) === 1n)) mantissa++;
    mantissa <<= drop;
    if (mantissa >> 61n !== 0n) {
      mantissa >>= 1n;
      exponent++;
    }
  }
  const fraction = (mantissa & ((1n << 60n) - 1n)).toString(16).padStart(15, '0');
  const shown = precision < 0 ? fraction.replace(/0+$/, '') : fraction.slice(0, precision).padEnd(precision, '0');
  return `0x${mantissa >> 60n}${shown === '' ? '' : `.${shown}`}p${signedExponent(exponent)}`;
}

function signedExponent(exponent: number): string {
  return `${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
