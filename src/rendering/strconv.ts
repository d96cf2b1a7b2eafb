import { parseFloat64, quote } from '../template/index.ts';

const INT64_MIN = -(2n ** 63n);
const INT64_MAX = 2n ** 63n - 1n;
const UINT64_MAX = 2n ** 64n - 1n;

/** Source: Go's `strconv.ParseBool`. Throws an `Error` with Go's text, as all functions here do. */
export function parseBool(text: string): boolean {
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true;
  if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false;
  return refuse('ParseBool', text, 'invalid syntax');
}

/** A decimal int64. Source: Go's `strconv.ParseInt(text, 10, 64)`. */
export function parseInt64(text: string): bigint {
  if (!/^[+-]?[0-9]+$/.test(text)) return refuse('ParseInt', text, 'invalid syntax');
  const value = BigInt(text.replace('+', ''));
  return value < INT64_MIN || value > INT64_MAX ? refuse('ParseInt', text, 'value out of range') : value;
}

/** A decimal uint64. Source: Go's `strconv.ParseUint(text, 10, 64)`. */
export function parseUint64(text: string): bigint {
  if (!/^[0-9]+$/.test(text)) return refuse('ParseUint', text, 'invalid syntax');
  const value = BigInt(text);
  return value > UINT64_MAX ? refuse('ParseUint', text, 'value out of range') : value;
}

/** Source: Go's `strconv.ParseFloat(text, 64)`. */
export function parseFloat(text: string): number {
  const [, sign, name] = /^([+-]?)(inf|infinity|nan)$/i.exec(text) ?? [];
  if (name !== undefined && !/nan/i.test(name)) return sign === '-' ? -Infinity : Infinity;
  if (name !== undefined && sign === '') return Number.NaN;
  const value = parseFloat64(text);
  if (value === undefined) return refuse('ParseFloat', text, 'invalid syntax');
  return Number.isFinite(value) ? value : refuse('ParseFloat', text, 'value out of range');
}

function refuse(name: string, text: string, reason: string): never {
  throw new Error(`strconv.${name}: parsing ${quote(text)}: ${reason}`);
}
