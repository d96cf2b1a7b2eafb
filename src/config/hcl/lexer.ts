import { scanHeredoc } from './heredoc.ts';
import { type Scanned, scanQuoted } from './quoted.ts';
import { type SourceText, syntaxError } from './syntax-error.ts';
import type { Token } from './token.ts';

const BLANK = /(?:[ \t\r\n]|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?\*\/)*/y;
const IDENTIFIER = /[\p{L}_][\p{L}\p{Nd}_.-]*/uy;
const NUMBER = /-?(?:0[xX][\da-fA-F]+|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w.])/y;
const PUNCTUATION = new Set(['=', '[', ']', '{', '}', ',']);

/** All tokens of a text; the last one is `end`. Throws `CONFIG_INVALID`. Source: hashicorp/hcl v1, `hcl/scanner`. */
export function tokenize(source: SourceText): readonly Token[] {
  const tokens: Token[] = [];
  // A byte order mark is no part of the text.
  let at = source.text.startsWith('\uFEFF') ? 1 : 0;
  for (;;) {
    at = matchAt(BLANK, source.text, at)?.end ?? at;
    if (at >= source.text.length) return [...tokens, { kind: 'end', offset: source.text.length }];
    const { token, end } = nextToken(source, at);
    tokens.push(token);
    at = end;
  }
}

interface Lexed {
  readonly token: Token;
  readonly end: number;
}

function nextToken(source: SourceText, offset: number): Lexed {
  const { text } = source;
  const char = text[offset] ?? '';
  if (PUNCTUATION.has(char)) return { token: { kind: char as '=', offset }, end: offset + 1 };
  if (char === '"') return stringToken(offset, scanQuoted(source, offset));
  if (text.startsWith('<<', offset)) return stringToken(offset, scanHeredoc(source, offset));
  if (text.startsWith('/*', offset)) throw syntaxError(source, offset, 'this comment has no end');
  const word = matchAt(IDENTIFIER, text, offset);
  if (word !== undefined) return wordToken(offset, word);
  const number = matchAt(NUMBER, text, offset);
  if (number !== undefined) return numberToken(source, offset, number);
  throw syntaxError(source, offset, unexpected(char));
}

function unexpected(char: string): string {
  if (char === "'") return 'texts stand in double quotes';
  if (char === ':') return "':' means nothing here; write key = value";
  return `${JSON.stringify(char)} means nothing here`;
}

function stringToken(offset: number, { value, end }: Scanned): Lexed {
  return { token: { kind: 'string', value, offset }, end };
}

function wordToken(offset: number, { value, end }: Scanned): Lexed {
  const isBoolean = value === 'true' || value === 'false';
  return isBoolean
    ? { token: { kind: 'boolean', value: value === 'true', offset }, end }
    : { token: { kind: 'identifier', value, offset }, end };
}

/** As Go reads integers: `0644` is octal, `0x1f` hexadecimal. */
function numberToken(source: SourceText, offset: number, { value, end }: Scanned): Lexed {
  const [, sign = '', digits = ''] = /^(-?)(.*)$/.exec(value) ?? [];
  const isOctal = /^0\d+$/.test(digits);
  if (isOctal && /[89]/.test(digits)) throw syntaxError(source, offset, 'a number that begins with 0 is octal');
  const amount = isOctal ? Number.parseInt(digits, 8) : Number(digits);
  return { token: { kind: 'number', value: sign === '' ? amount : 0 - amount, offset }, end };
}

function matchAt(pattern: RegExp, text: string, at: number): Scanned | undefined {
  pattern.lastIndex = at;
  const match = pattern.exec(text);
  return match === null ? undefined : { value: match[0], end: at + match[0].length };
}
