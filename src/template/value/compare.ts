import { compareTexts } from '../text/utf8.ts';
import { boolOf, complexOf, floatOf, integerOf, textOfValue } from './numbers.ts';
import { typeOf } from './type-of.ts';
import type { Value } from './values.ts';

/**
 * Below 0, 0, above 0: the order of map keys. Numbers by value with NaN first, texts by bytes, false before true; keys
 * of different types, which only `interface {}` allows, nil first and then by type.
 * Source: Go's `internal/fmtsort`, which orders types by their address: the order in which Go's compiler writes them.
 */
export function compareValues(a: Value, b: Value): number {
  const kinds = rank(a) - rank(b);
  if (kinds !== 0) return kinds;
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x !== undefined && y !== undefined) return x < y ? -1 : x > y ? 1 : 0;
  const [text, other] = [textOfValue(a), textOfValue(b)];
  if (text !== undefined && other !== undefined) return compareTexts(text, other);
  const [float, second] = [floatOf(a), floatOf(b)];
  if (float !== undefined && second !== undefined) return compareFloats(float, second);
  const [complex, last] = [complexOf(a), complexOf(b)];
  if (complex !== undefined && last !== undefined) {
    return compareFloats(complex.re, last.re) || compareFloats(complex.im, last.im);
  }
  return Number(boolOf(a) ?? false) - Number(boolOf(b) ?? false);
}

function compareFloats(a: number, b: number): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(b)) - Number(Number.isNaN(a));
  return a - b;
}

const KINDS: readonly string[] = [
  ...['interface', 'string', 'int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64', 'int', 'uint'],
  ...['complex64', 'complex128', 'float32', 'float64', 'bool'],
];

function rank(value: Value): number {
  const index = KINDS.indexOf(typeOf(value).kind);
  return index < 0 ? KINDS.length : index;
}
