import { floatOf, integerOf, kindOf, textOfValue, type Value } from '../../template/index.ts';

/** Go's kinds in Go's order, as far as keys have them. */
const KINDS = [
  ...['bool', 'int', 'int8', 'int16', 'int32', 'int64', 'uint', 'uint8', 'uint16', 'uint32', 'uint64'],
  ...['float32', 'float64', 'interface', 'map', 'ptr', 'slice', 'string', 'struct'],
];

/**
 * The order of keys: numbers and booleans by value, then texts, digits in them as numbers, so that `a2` is before `a10`.
 * Source: go-yaml v2.4, `sorter.go`.
 */
export function compareKeys(a: Value, b: Value): number {
  const [x, y] = [numberOf(a), numberOf(b)];
  if (x !== undefined && y !== undefined && x !== y) return x - y;
  const [text, other] = [textOfValue(a), textOfValue(b)];
  if (text !== undefined && other !== undefined) return isLess(text, other) ? -1 : isLess(other, text) ? 1 : 0;
  if (kindOf(a) !== kindOf(b)) return KINDS.indexOf(kindOf(a)) - KINDS.indexOf(kindOf(b));
  const [m, n] = [integerOf(a) ?? 0n, integerOf(b) ?? 0n];
  return m < n ? -1 : m > n ? 1 : 0;
}

function numberOf(value: Value): number | undefined {
  if (typeof value === 'boolean') return value ? 1 : 0;
  const integer = integerOf(value);
  return integer === undefined ? floatOf(value) : Number(integer);
}

function isLess(a: string, b: string): boolean {
  const [x, y] = [Array.from(a), Array.from(b)];
  const i = x.findIndex((letter, at) => letter !== y[at]);
  const [p, q] = [x[i], y[i]];
  if (i < 0 || p === undefined || q === undefined) return x.length < y.length;
  const [isLetter, isOtherLetter] = [/\p{L}/u.test(p), /\p{L}/u.test(q)];
  if (isLetter !== isOtherLetter) return isOtherLetter;
  const codes = codeOf(p) < codeOf(q);
  if (isLetter) return codes;
  const isInNumber = (p === '0' || q === '0') && followsNumber(x, i);
  const [[m, endM], [n, endN]] = [digitsFrom(x, i, isInNumber), digitsFrom(y, i, isInNumber)];
  if (m !== n) return m < n;
  return endM === endN ? codes : endM < endN;
}

/** Whether digits stand before, and not only zeros. */
function followsNumber(letters: readonly string[], index: number): boolean {
  for (let i = index - 1; i >= 0 && isDigit(letters[i]); i--) if (letters[i] !== '0') return true;
  return false;
}

/** The number that begins at an index, and where it ends. */
function digitsFrom(letters: readonly string[], index: number, isInNumber: boolean): readonly [bigint, number] {
  let value = isInNumber ? 1n : 0n;
  let end = index;
  for (; end < letters.length && isDigit(letters[end]); end++) {
    value = BigInt.asIntN(64, value * 10n + BigInt(codeOf(letters[end] ?? '') - 48));
  }
  return [value, end];
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && /\p{Nd}/u.test(letter);
}

function codeOf(letter: string): number {
  return letter.codePointAt(0) ?? 0;
}
