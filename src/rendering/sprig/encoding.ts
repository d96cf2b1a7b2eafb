import { bytesOf, goFunction, textOf } from '../../template/index.ts';
import { decodeBase64, encodeBase64 } from '../encoding/base64.ts';
import { toByteText } from './byte-text.ts';

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Texts as digits and back; a text that cannot be decoded gives the error as its text. Source: sprig v3.3.0, `strings.go`. */
export const encodingFunctions = {
  b32dec: goFunction('func(string) string', (text: string) => orMessage(() => decodeBase32(toByteText(text)))),
  b32enc: goFunction('func(string) string', encodeBase32),
  b64dec: goFunction('func(string) string', (text: string) => orMessage(() => decodeBase64(text, 'standard'))),
  b64enc: goFunction('func(string) string', (text: string) => encodeBase64(text, 'standard')),
};

function orMessage(action: () => string): string {
  try {
    return action();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** Digits of five bits in groups of eight, filled up with `=`. */
function encodeBase32(text: string): string {
  let digits = '';
  let [buffer, held] = [0, 0];
  for (const byte of bytesOf(text)) {
    buffer = ((buffer << 8) | byte) & 0xfff;
    held += 8;
    for (; held >= 5; held -= 5) digits += BASE32[(buffer >> (held - 5)) & 31];
  }
  if (held > 0) digits += BASE32[(buffer << (5 - held)) & 31];
  return digits.padEnd(Math.ceil(digits.length / 8) * 8, '=');
}

/** Line breaks count for nothing. Throws an `Error` with Go's text. Source: Go's `encoding/base32`. */
function decodeBase32(encoded: string): string {
  const text = encoded.replaceAll(/[\r\n]/g, '');
  const end = endOfDigits(text);
  const bytes: number[] = [];
  let [buffer, held] = [0, 0];
  for (const digit of text.slice(0, end)) {
    buffer = ((buffer << 5) | BASE32.indexOf(digit)) & 0xfff;
    held += 5;
    if (held < 8) continue;
    held -= 8;
    bytes.push((buffer >> held) & 0xff);
  }
  return textOf(Uint8Array.from(bytes));
}

/** Where the padding begins; it must fill the last group. */
function endOfDigits(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const inGroup = i % 8;
    const left = text.length - i - 1;
    if (text[i] === '=' && inGroup >= 2 && left < 8) {
      const missing = 7 - inGroup;
      if (left < missing) return refuse(text.length);
      const other = Array.from(text.slice(i + 1, i + 1 + missing)).findIndex((char) => char !== '=');
      if (other >= 0) return refuse(i + other);
      return inGroup === 3 || inGroup === 6 ? refuse(i) : i;
    }
    if (!BASE32.includes(text.charAt(i))) return refuse(i);
  }
  return text.length % 8 === 0 ? text.length : refuse(text.length - (text.length % 8));
}

function refuse(index: number): never {
  throw new Error(`illegal base32 data at input byte ${index}`);
}
