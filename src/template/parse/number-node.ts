import { parseFloat64, parseInteger } from '../text/parse-number.ts';
import { quote } from '../text/quote.ts';
import { unquoteChar } from '../text/unquote.ts';
import type { NumberNode } from './node.ts';
import type { Token } from './token.ts';

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;
/** What Go's `fmt.Sscan` takes for a float; whether it is one shows later. An i it takes for the beginning of "inf". */
const FLOAT_TOKEN =
  /^[+-]?i?(?:0[xX][\da-fA-F_]*\.?[\da-fA-F_]*(?:[pP][+-]?[\d_]*)?|[\d_]*\.?[\d_]*(?:[eEpP][+-]?[\d_]*)?)/;
const NOTHING = { int: undefined, uint: undefined, float: undefined, complex: undefined };

/**
 * The number that a token stands for, in each kind that can hold it; a text says what is wrong with it.
 * Source: Go's `text/template/parse`, `newNumber`.
 */
export function parseNumber({ kind, text, position }: Token): NumberNode | string {
  const node = { kind: 'number', position, text } as const;
  if (kind === 'charConstant') {
    const rune = parseCharConstant(text);
    if (typeof rune === 'string') return rune;
    return { ...node, int: BigInt(rune), uint: BigInt(rune), float: rune, complex: undefined };
  }
  if (kind === 'complex') return parseComplex(node);
  const imaginary = text.endsWith('i') ? finite(text.slice(0, -1)) : undefined;
  if (imaginary !== undefined) return simplified(node, { re: 0, im: imaginary });
  const integer = parseInteger(text);
  if (integer !== undefined && integer >= INT_MIN && integer <= UINT_MAX) return wholeNumber(node, integer);
  const float = finite(text);
  if (float === undefined) return `illegal number syntax: ${quote(text)}`;
  if (!/[.eEpP]/.test(text)) return `integer overflow: ${quote(text)}`;
  return { ...node, ...wholeParts(float), float, complex: undefined };
}

function wholeNumber(node: { kind: 'number'; position: number; text: string }, value: bigint): NumberNode | string {
  const int = value <= INT_MAX ? value : undefined;
  const isSigned = /^[+-]/.test(node.text);
  if (int === undefined && isSigned) return `integer overflow: ${quote(node.text)}`;
  const uint = value === 0n || !isSigned ? value : undefined;
  return { ...node, int, uint, float: Number(value), complex: undefined };
}

function parseCharConstant(text: string): number | string {
  const char = unquoteChar(text, 1, "'");
  if (char === undefined) return 'invalid syntax';
  return char.end === text.length - 1 ? char.value : `malformed character constant: ${text}`;
}

/** Read as Go's `fmt.Sscan` reads it, whose messages these are. */
function parseComplex(node: { kind: 'number'; position: number; text: string }): NumberNode | string {
  const re = FLOAT_TOKEN.exec(node.text)?.[0] ?? '';
  const rest = node.text.slice(re.length);
  const im = FLOAT_TOKEN.exec(rest)?.[0] ?? '';
  if (!/^[+-]/.test(rest) || rest[im.length] !== 'i') return 'syntax error scanning complex number';
  for (const part of [re, im]) {
    const value = parseFloat64(part);
    if (value !== undefined && Number.isFinite(value)) continue;
    const problem = value === undefined ? 'invalid syntax' : 'value out of range';
    return `strconv.ParseFloat: parsing ${quote(part)}: ${problem}`;
  }
  return simplified(node, { re: parseFloat64(re) ?? 0, im: parseFloat64(im) ?? 0 });
}

function finite(text: string): number | undefined {
  const value = parseFloat64(text);
  return Number.isFinite(value) ? value : undefined;
}

/** A complex number without an imaginary part is a float too, and perhaps an integer. */
function simplified(
  node: { kind: 'number'; position: number; text: string },
  complex: { readonly re: number; readonly im: number },
): NumberNode {
  if (complex.im !== 0) return { ...node, ...NOTHING, complex };
  return { ...node, ...wholeParts(complex.re), float: complex.re, complex };
}

function wholeParts(float: number): Pick<NumberNode, 'int' | 'uint'> {
  const value = Number.isInteger(float) ? BigInt(float) : undefined;
  const isInt = value !== undefined && value >= INT_MIN && value <= INT_MAX;
  const isUint = value !== undefined && value >= 0n && value <= UINT_MAX;
  return { int: isInt ? value : undefined, uint: isUint ? value : undefined };
}
