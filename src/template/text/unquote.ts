import { normalized, REPLACEMENT, rawText, runeAt } from './utf8.ts';

const SIMPLE: Readonly<Record<string, number>> = { a: 7, b: 8, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 };
const HEX_DIGITS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

interface Unquoted {
  /** The rune, or the byte of `\x` and `\101`. */
  readonly value: number;
  readonly isByte: boolean;
  /** Where the rest begins. */
  readonly end: number;
}

/**
 * The text of a Go string literal, with double quotes or backquotes; `undefined` if it is none.
 * Source: Go's `strconv.Unquote`.
 */
export function unquote(literal: string): string | undefined {
  const mark = literal[0];
  const body = literal.slice(1, -1);
  if (literal.length < 2 || mark === undefined || literal.at(-1) !== mark) return undefined;
  if (mark === '`') return body.includes('`') ? undefined : body.replaceAll('\r', '');
  if (mark !== '"' || body.includes('\n')) return undefined;
  if (!body.includes('\\') && !body.includes('"') && body.isWellFormed()) return body;
  let text = '';
  for (let i = 0; i < body.length; ) {
    const char = unquoteChar(body, i, mark);
    if (char === undefined) return undefined;
    text += char.isByte && char.value >= 0x80 ? rawText(char.value) : String.fromCodePoint(char.value);
    i = char.end;
  }
  return normalized(text);
}

/** One character of a literal, with its escapes; `undefined` if it is malformed. Source: Go's `strconv.UnquoteChar`. */
export function unquoteChar(text: string, index: number, mark: string): Unquoted | undefined {
  const char = text[index];
  if (char === undefined || char === mark) return undefined;
  if (char !== '\\') {
    const value = runeAt(text, index);
    return { value, isByte: false, end: index + (value > 0xffff ? 2 : 1) };
  }
  const kind = text[index + 1] ?? '';
  const simple = SIMPLE[kind] ?? (kind === mark ? mark.charCodeAt(0) : undefined);
  if (simple !== undefined) return { value: simple, isByte: false, end: index + 2 };
  const digits = HEX_DIGITS[kind];
  return digits === undefined ? octalEscape(text, index + 1) : hexEscape(text, index + 2, digits);
}

function hexEscape(text: string, start: number, digits: number): Unquoted | undefined {
  const code = text.slice(start, start + digits);
  if (code.length < digits || !/^[0-9a-fA-F]+$/.test(code)) return undefined;
  const value = Number.parseInt(code, 16);
  const isByte = digits === 2;
  const isRune = value <= 0x10ffff && !(value >= 0xd800 && value <= 0xdfff);
  return isByte || isRune ? { value, isByte, end: start + digits } : undefined;
}

function octalEscape(text: string, start: number): Unquoted | undefined {
  const code = text.slice(start, start + 3);
  const value = /^[0-7]{3}$/.test(code) ? Number.parseInt(code, 8) : REPLACEMENT;
  return value <= 0xff ? { value, isByte: true, end: start + 3 } : undefined;
}
