import { parseFloat64, parseInteger } from '../text/parse-number.ts';
import { quote } from '../text/quote.ts';
import { unquoteChar } from '../text/unquote.ts';
import type { NumberNode } from './node.ts';
import type { Token } from './token.ts';

const INT_MIN = -(2n ** 63n);
const INT_MAX = 2n ** 63n - 1n;
const UINT_MAX = 2n ** 64n - 1n;
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
  const imaginary = text.endsWith('i') ? parseFloat64(text.slice(0, -1)) : undefined;
  if (imaginary !== undefined) return simplified(node, { re: 0, im: imaginary });
  const integer = parseInteger(text);
  if (integer !== undefined && integer >= INT_MIN && integer <= UINT_MAX) return wholeNumber(node, integer);
  const float = parseFloat64(text);
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

function parseComplex(node: { kind: 'number'; position: number; text: string }): NumberNode | string {
  const [, re = '', im = ''] = /^([+-]?.*?[^eEpP])([+-].*)i$/.exec(node.text) ?? [];
  const value = { re: parseFloat64(re), im: parseFloat64(im) };
  if (value.re === undefined || value.im === undefined) return 'syntax error scanning complex number';
  return simplified(node, { re: value.re, im: value.im });
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
