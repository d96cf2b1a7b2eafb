import { bytesOf, textOf } from '../../template/index.ts';

/** The one with `+` and `/`, or the one with `-` and `_`. Both are padded. */
export type Base64Alphabet = 'standard' | 'url';

/** The bytes of a text in base64. */
export function encodeBase64(text: string, alphabet: Base64Alphabet): string {
  const encoded = btoa(Array.from(bytesOf(text), (byte) => String.fromCharCode(byte)).join(''));
  return alphabet === 'standard' ? encoded : encoded.replaceAll('+', '-').replaceAll('/', '_');
}

/** Line breaks count for nothing. Throws an `Error` with Go's text. Source: Go's `encoding/base64`. */
export function decodeBase64(encoded: string, alphabet: Base64Alphabet): string {
  const bytes = bytesOf(encoded);
  const bad = badByteOf(bytes, alphabet === 'standard' ? /[A-Za-z0-9+/]/ : /[A-Za-z0-9_-]/);
  if (bad !== undefined) throw new Error(`illegal base64 data at input byte ${bad}`);
  const digits = encoded
    .replace(/[\r\n=]/g, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/');
  return textOf(Uint8Array.from(atob(digits), (char) => char.charCodeAt(0)));
}

/** Where Go finds the first fault. Groups are of four digits; the last one may end in `=` or `==`. */
function badByteOf(bytes: Uint8Array, digit: RegExp): number | undefined {
  const char = (index: number): string => String.fromCharCode(bytes[index] ?? 0);
  const afterBreaks = (index: number): number => {
    let next = index;
    while (next < bytes.length && /[\r\n]/.test(char(next))) next++;
    return next;
  };
  let inGroup = 0;
  let i = afterBreaks(0);
  for (; i < bytes.length && digit.test(char(i)); i = afterBreaks(i + 1)) inGroup = (inGroup + 1) % 4;
  if (i >= bytes.length) return inGroup === 0 ? undefined : bytes.length - inGroup;
  if (char(i) !== '=' || inGroup < 2) return i;
  let next = afterBreaks(i + 1);
  if (inGroup === 2) {
    if (next >= bytes.length) return bytes.length;
    if (char(next) !== '=') return next - 1;
    next = afterBreaks(next + 1);
  }
  return next < bytes.length ? next : undefined;
}
