import { bytesOf } from '../../template/index.ts';
import { YamlFault } from './yaml-node.ts';

/** A text that is read character by character. Behind its end stand zeros. */
export interface YamlSource {
  readonly chars: readonly string[];
  position: number;
  /** From 0. */
  line: number;
  column: number;
}

/** What may stand in a document. */
const ALLOWED = /^[\t\n\r\u0020-\u007e\u0085\u00a0-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** Throws a `YamlFault` for a text that is no YAML whatever it says. Source: go-yaml v2.4, `readerc.go`. */
export function createSource(text: string): YamlSource {
  if (!text.isWellFormed()) throw new YamlFault(encodingFault(bytesOf(text)));
  const own = text.startsWith('\ufeff') ? text.slice(1) : text;
  if (!ALLOWED.test(own)) throw new YamlFault('control characters are not allowed');
  return { chars: Array.from(own === '' ? '\n' : own), position: 0, line: 0, column: 0 };
}

/** The character some places ahead. */
export function peek({ chars, position }: YamlSource, offset = 0): string {
  return chars[position + offset] ?? '\0';
}

export function skip(source: YamlSource, count = 1): void {
  source.position += count;
  source.column += count;
}

/** The next character, which then is behind. */
export function readChar(source: YamlSource): string {
  const char = peek(source);
  skip(source);
  return char;
}

/** A line break, as it counts in a text; nothing where there is none. */
export function readBreak(source: YamlSource): string {
  const char = peek(source);
  if (!isBreak(char)) return '';
  source.position += char === '\r' && peek(source, 1) === '\n' ? 2 : 1;
  source.line++;
  source.column = 0;
  return char === '\u2028' || char === '\u2029' ? char : '\n';
}

export function skipBlanks(source: YamlSource): void {
  while (isBlank(peek(source))) skip(source);
}

/** Up to the end of the line, if there is a comment. */
export function skipComment(source: YamlSource): void {
  if (peek(source) === '#') while (!isBreakOrEnd(peek(source))) skip(source);
}

/** Whether a line begins here that ends one document or begins another. */
export function isAtDocumentMark(source: YamlSource): boolean {
  const mark = peek(source) + peek(source, 1) + peek(source, 2);
  return source.column === 0 && (mark === '---' || mark === '...') && isBlankOrEnd(peek(source, 3));
}

export function isBlank(char: string): boolean {
  return char === ' ' || char === '\t';
}

export function isBreak(char: string): boolean {
  return char === '\n' || char === '\r' || char === '\u0085' || char === '\u2028' || char === '\u2029';
}

export function isEnd(char: string): boolean {
  return char === '\0';
}

export function isBreakOrEnd(char: string): boolean {
  return isBreak(char) || isEnd(char);
}

export function isBlankOrEnd(char: string): boolean {
  return isBlank(char) || isBreakOrEnd(char);
}

/** What names of anchors, tags and directives are made of. */
export function isWordChar(char: string): boolean {
  return /^[0-9A-Za-z_-]$/.test(char);
}

/** Stops at the place that was reached. Lines count from 1, and the first is not told. */
export function refuse({ line }: YamlSource, problem: string): never {
  throw new YamlFault(line === 0 ? problem : `line ${line + 1}: ${problem}`);
}

/** The first character that takes so many bytes. */
const SMALLEST = [0, 0, 0x80, 0x800, 0x1_0000];

/** The first fault of bytes that are no UTF-8. */
function encodingFault(bytes: Uint8Array): string {
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i] ?? 0;
    const width = lead < 0x80 ? 1 : lead < 0xc0 ? 0 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
    if (width === 0) return 'invalid leading UTF-8 octet';
    if (i + width > bytes.length) return 'incomplete UTF-8 octet sequence';
    const rest = bytes.subarray(i + 1, i + width);
    if (rest.some((byte) => (byte & 0xc0) !== 0x80)) return 'invalid trailing UTF-8 octet';
    const value = rest.reduce((sum, byte) => (sum << 6) + (byte & 0x3f), lead & (0xff >> (width + 1)));
    if (value < (SMALLEST[width] ?? 0)) return 'invalid length of a UTF-8 sequence';
    if ((value >= 0xd800 && value <= 0xdfff) || value > 0x10_ffff) return 'invalid Unicode character';
    i += width;
  }
  return 'invalid Unicode character';
}
