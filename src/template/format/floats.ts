import { type FloatFormat, formatFloat as floatText } from '../text/format-float.ts';
import type { Complex } from '../value/values.ts';
import { type Flags, filling, pad, padBlank } from './flags.ts';

/** The format and the digits behind the point (-1: as many as it takes) of a verb. */
const VERBS: Readonly<Record<string, readonly [format: FloatFormat, precision: number]>> = {
  ...{ v: ['g', -1], b: ['b', -1], g: ['g', -1], G: ['G', -1], x: ['x', -1], X: ['X', -1] },
  ...{ f: ['f', 6], F: ['f', 6], e: ['e', 6], E: ['E', 6] },
};

/** A float by a verb; `undefined` if the verb is not for floats. Source: Go's `fmt`, `fmtFloat`. */
export function formatFloat(flags: Flags, value: number, verb: string, bits: 32 | 64): string | undefined {
  const [format, usual] = VERBS[verb] ?? [];
  if (format === undefined || usual === undefined) return undefined;
  const precision = flags.precision ?? usual;
  const text = floatText(value, format, precision, bits);
  const isNegative = text.startsWith('-');
  const bare = isNegative || text.startsWith('+') ? text.slice(1) : text;
  const sign = isNegative ? '-' : flags.plus ? '+' : flags.space ? ' ' : '';
  if (!Number.isFinite(value)) return formatSpecial(flags, value, sign + bare);
  const shown = flags.sharp && format !== 'b' ? withPoint(bare, format, precision) : bare;
  // The sign goes before the zeros.
  const isZeroFilled = sign !== '' && flags.zero && !flags.minus;
  if (isZeroFilled && (flags.width ?? 0) > shown.length + 1) {
    return sign + filling(flags, (flags.width ?? 0) - shown.length - 1) + shown;
  }
  return pad(flags, sign + shown);
}

/** A complex number by a verb; `undefined` if the verb is not for them. The imaginary part always has a sign. */
export function formatComplex(flags: Flags, { re, im }: Complex, verb: string, bits: 32 | 64): string | undefined {
  const real = formatFloat(flags, re, verb, bits);
  return real === undefined ? undefined : `(${real}${formatFloat({ ...flags, plus: true }, im, verb, bits)}i)`;
}

/** NaN and infinities are no digits: never filled with zeros. A positive infinity keeps its sign. */
function formatSpecial(flags: Flags, value: number, text: string): string {
  return padBlank(flags, value === Number.POSITIVE_INFINITY && text === 'Inf' ? '+Inf' : text);
}

/** The flag `#`: a point always, and `%g` keeps its zeros at the end. */
function withPoint(text: string, format: FloatFormat, precision: number): string {
  const isHex = format === 'x' || format === 'X';
  const [, number = '', tail = ''] = (isHex ? /^(.*?)([pP].*)?$/ : /^(.*?)([eE].*)?$/).exec(text) ?? [];
  const keepsZeros = format === 'g' || format === 'G' || format === 'x';
  let missing = keepsZeros ? (precision === -1 ? 6 : precision) : 0;
  missing -= number.replace(/^[0.]*/, '').replaceAll('.', '').length;
  if (!number.includes('.') && number === '0') missing--;
  const point = number.includes('.') ? '' : '.';
  return number + point + '0'.repeat(Math.max(0, missing)) + tail;
}
