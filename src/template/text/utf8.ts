// Go strings are bytes, ours are UTF-16. A byte that is no UTF-8 stands in a text as the lone surrogate U+DC80 + (byte
// - 0x80), so nothing is lost: `bytesOf` gives it back. Any other lone surrogate counts as U+FFFD.

const RAW_FIRST = 0xdc80;
const RAW_LAST = 0xdcff;
const RAW_OFFSET = 0xdc00;
export const REPLACEMENT = 0xfffd;

const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The byte that a UTF-16 unit stands for when it is one of our escapes, else `undefined`. */
export function rawByte(unit: number): number | undefined {
  return unit >= RAW_FIRST && unit <= RAW_LAST ? unit - RAW_OFFSET : undefined;
}

/** A byte of 0x80 or more as the unit that stands for it. */
export function rawText(byte: number): string {
  return String.fromCharCode(RAW_OFFSET + byte);
}

/** The code point at an index, `REPLACEMENT` for a lone surrogate. Its length in units is 2 above U+FFFF, else 1. */
export function runeAt(text: string, index: number): number {
  const rune = text.codePointAt(index) ?? REPLACEMENT;
  return isSurrogate(rune) ? REPLACEMENT : rune;
}

/** How many bytes a text has. */
export function byteLength(text: string): number {
  let length = text.length;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0x80) continue;
    if (unit < 0x800) length += 1;
    else if (!isSurrogate(unit)) length += 2;
    else if (isPairAt(text, i)) {
      length += 2;
      i++;
    } else if (rawByte(unit) === undefined) length += 2;
  }
  return length;
}

/** How many runes a text has; each byte that is no UTF-8 counts as one. */
export function runeCount(text: string): number {
  let count = text.length;
  for (let i = 0; i < text.length - 1; i++) if (text.charCodeAt(i) >= 0xd800 && isPairAt(text, i)) count--;
  return count;
}

/** The bytes of a text as Go has them. */
export function bytesOf(text: string): Uint8Array {
  if (text.isWellFormed()) return encoder.encode(text);
  const bytes: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const raw = isPairAt(text, i) ? undefined : rawByte(text.charCodeAt(i));
    const rune = runeAt(text, i);
    if (raw === undefined) pushRune(bytes, rune);
    else bytes.push(raw);
    if (rune > 0xffff) i++;
  }
  return Uint8Array.from(bytes);
}

/** The text of some bytes; those that are no UTF-8 become escapes. The inverse of `bytesOf`. */
export function textOf(bytes: Uint8Array): string {
  try {
    return decoder.decode(bytes);
  } catch {
    let text = '';
    for (let i = 0; i < bytes.length; ) {
      const size = runeSize(bytes, i);
      text += size === 0 ? rawText(bytes[i] ?? 0) : decoder.decode(bytes.subarray(i, i + size));
      i += Math.max(1, size);
    }
    return text;
  }
}

/** The same bytes as a text in its one form: where escapes side by side make up a character, it is that character. */
export function normalized(text: string): string {
  return text.isWellFormed() ? text : textOf(bytesOf(text));
}

/** The bytes from `start` to `end` as a text. */
export function sliceBytes(text: string, start: number, end: number): string {
  if (byteLength(text) === text.length && text.isWellFormed()) return text.slice(start, end);
  return textOf(bytesOf(text).subarray(start, end));
}

/** Below 0, 0, above 0: the order of the bytes. Code units do not have it, where surrogates meet U+E000 and above. */
export function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  let i = 0;
  while (i < length && a.charCodeAt(i) === b.charCodeAt(i)) i++;
  if (i === length) return a.length - b.length;
  const [x, y] = [a.charCodeAt(i), b.charCodeAt(i)];
  return x < 0xd800 && y < 0xd800 ? x - y : compareBytes(bytesOf(a), bytesOf(b));
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const difference = (a[i] ?? 0) - (b[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function isPairAt(text: string, index: number): boolean {
  return (text.codePointAt(index) ?? 0) > 0xffff;
}

function pushRune(bytes: number[], rune: number): void {
  if (rune < 0x80) bytes.push(rune);
  else if (rune < 0x800) bytes.push(0xc0 | (rune >> 6), 0x80 | (rune & 0x3f));
  else if (rune < 0x10000) bytes.push(0xe0 | (rune >> 12), 0x80 | ((rune >> 6) & 0x3f), 0x80 | (rune & 0x3f));
  else bytes.push(0xf0 | (rune >> 18), ...[12, 6, 0].map((shift) => 0x80 | ((rune >> shift) & 0x3f)));
}

/** How many bytes the character at an index takes, 0 if there is none. */
function runeSize(bytes: Uint8Array, index: number): number {
  const first = bytes[index] ?? 0;
  if (first < 0x80) return 1;
  const size = first < 0xc2 || first > 0xf4 ? 0 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
  const second = bytes[index + 1] ?? 0;
  // Overlong forms, surrogates and what is above U+10FFFF show in the second byte.
  const low = first === 0xe0 ? 0xa0 : first === 0xf0 ? 0x90 : 0x80;
  const high = first === 0xed ? 0x9f : first === 0xf4 ? 0x8f : 0xbf;
  if (size === 0 || second < low || second > high) return 0;
  for (let i = 2; i < size; i++) if (((bytes[index + i] ?? 0) & 0xc0) !== 0x80) return 0;
  return size;
}
