import { bytesOf, textOf } from '../../template/index.ts';

// Much of sprig counts bytes. A text whose characters are its bytes (U+0000 to U+00FF) lets string methods do that.

/** A text with a character for each byte. */
export function toByteText(text: string): string {
  return isAscii(text) ? text : Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join('');
}

/** The inverse of `toByteText`. */
export function fromByteText(bytes: string): string {
  return isAscii(bytes) ? bytes : textOf(Uint8Array.from(bytes, (char) => char.charCodeAt(0)));
}

/** The bytes from `start` to `end`, with Go's error where there are none. Source: Go's slice expressions. */
export function slicedBytes(bytes: string, start: number, end: number): string {
  const { length } = bytes;
  if (end < 0) throw outOfBounds(`:${end}`);
  if (end > length) throw outOfBounds(`:${end}`, length);
  if (start < 0 || start > end) throw outOfBounds(`${start}:${start < 0 ? '' : end}`);
  return bytes.slice(start, end);
}

function outOfBounds(range: string, length?: number): Error {
  const suffix = length === undefined ? '' : ` with length ${length}`;
  return new Error(`runtime error: slice bounds out of range [${range}]${suffix}`);
}

function isAscii(text: string): boolean {
  for (let i = 0; i < text.length; i++) if (text.charCodeAt(i) > 0x7f) return false;
  return true;
}
