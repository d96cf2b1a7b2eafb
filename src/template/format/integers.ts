import { isPrintable } from '../text/printable.ts';
import { quoteRune } from '../text/quote.ts';
import { REPLACEMENT } from '../text/utf8.ts';
import { type Flags, filling, pad, padBlank } from './flags.ts';

const BASES: Readonly<Record<string, number>> = { v: 10, d: 10, b: 2, o: 8, O: 8, x: 16, X: 16 };
const MAX_RUNE = 0x10ffffn;

/** An integer by a verb; `undefined` if the verb is not for integers. Source: Go's `fmt`, `fmtInteger`. */
export function formatInteger(flags: Flags, value: bigint, verb: string): string | undefined {
  switch (verb) {
    case 'c':
      return pad(flags, String.fromCodePoint(runeOf(value)));
    case 'q':
      return pad(flags, quoteRune(runeOf(value), flags.plus));
    case 'U':
      return formatUnicode(flags, BigInt.asUintN(64, value));
    default: {
      const base = BASES[verb];
      return base === undefined ? undefined : formatBase(flags, value, base, verb);
    }
  }
}

/** A number with the prefix 0x: addresses, and unsigned integers by `%#v`. */
export function formatHex(flags: Flags, value: bigint, hasPrefix = true): string {
  return formatBase({ ...flags, sharp: hasPrefix }, value, 16, 'v');
}

function formatBase(flags: Flags, value: bigint, base: number, verb: string): string {
  const { width, precision, plus, space, sharp } = flags;
  if (base === 10 && width === undefined && precision === undefined && !plus && !space) return value.toString();
  if (precision === 0 && value === 0n) return filling({ ...flags, zero: false }, width ?? 0);
  const sign = value < 0n ? '-' : plus ? '+' : space ? ' ' : '';
  const isZeroFilled = flags.zero && !flags.minus && width !== undefined;
  const count = precision ?? (isZeroFilled ? width - sign.length : 0);
  const digits = (value < 0n ? -value : value).toString(base).padStart(count, '0');
  const isOctalZero = base === 8 && digits.startsWith('0');
  const prefix = sharp ? ({ 2: '0b', 8: isOctalZero ? '' : '0', 16: '0x' }[base] ?? '') : '';
  const text = (verb === 'O' ? '0o' : '') + prefix + digits;
  return padBlank(flags, sign + (verb === 'X' ? text.toUpperCase() : text));
}

/** `U+0078`, and by `%#U` the character behind it. */
function formatUnicode(flags: Flags, value: bigint): string {
  const digits = value
    .toString(16)
    .toUpperCase()
    .padStart(Math.max(4, flags.precision ?? 0), '0');
  const isShown = flags.sharp && value <= MAX_RUNE && isPrintable(Number(value));
  return padBlank(flags, `U+${digits}${isShown ? ` '${String.fromCodePoint(Number(value))}'` : ''}`);
}

function runeOf(value: bigint): number {
  const isRune = value >= 0n && value <= MAX_RUNE && !(value >= 0xd800n && value <= 0xdfffn);
  return isRune ? Number(value) : REPLACEMENT;
}
