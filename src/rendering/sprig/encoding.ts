import { bytesOf, goFunction, textOf } from '../../template/index.ts';
import { toByteText } from './byte-text.ts';

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** Texts as digits and back; a text that cannot be decoded gives the error as its text. Source: sprig v3.3.0, `strings.go`. */
export const encodingFunctions = {
  b32dec: goFunction('func(string) string', (text: string) => decoded(toByteText(text), decodeBase32)),
  b32enc: goFunction('func(string) string', (text: string) => encoded(bytesOf(text), BASE32, 8)),
  b64dec: goFunction('func(string) string', (text: string) => decoded(toByteText(text), decodeBase64)),
  b64enc: goFunction('func(string) string', (text: string) => encoded(bytesOf(text), BASE64, 4)),
};

/** The digits' values, or where the first is wrong. */
type Digits = { readonly values: readonly number[] } | { readonly wrongAt: number };

function decoded(text: string, decode: (text: string) => { readonly bits: number; readonly digits: Digits }): string {
  const { bits, digits } = decode(text);
  if ('wrongAt' in digits) return `illegal base${2 ** bits} data at input byte ${digits.wrongAt}`;
  const bytes: number[] = [];
  let [buffer, held] = [0, 0];
  for (const value of digits.values) {
    buffer = ((buffer << bits) | value) & 0xffff;
    held += bits;
    if (held < 8) continue;
    held -= 8;
    bytes.push((buffer >> held) & 0xff);
  }
  return textOf(Uint8Array.from(bytes));
}

/** Digits come in groups of `size`, filled up with `=`. */
function encoded(bytes: Uint8Array, alphabet: string, size: number): string {
  const bits = Math.log2(alphabet.length);
  let text = '';
  let [buffer, held] = [0, 0];
  for (const byte of bytes) {
    buffer = ((buffer << 8) | byte) & 0xffff;
    held += 8;
    for (; held >= bits; held -= bits) text += alphabet[(buffer >> (held - bits)) & (alphabet.length - 1)];
  }
  if (held > 0) text += alphabet[(buffer << (bits - held)) & (alphabet.length - 1)];
  return text.padEnd(Math.ceil(text.length / size) * size, '=');
}

/** Line breaks may stand anywhere. Source: Go's `encoding/base64`, whose offsets count them. */
function decodeBase64(text: string): { readonly bits: 6; readonly digits: Digits } {
  const places = Array.from(text, (char, at) => ({ char, at })).filter(({ char }) => char !== '\n' && char !== '\r');
  const values: number[] = [];
  const wrongAt = (at: number) => ({ bits: 6, digits: { wrongAt: at } }) as const;
  for (const [index, { char, at }] of places.entries()) {
    const value = BASE64.indexOf(char);
    if (value >= 0) {
      values.push(value);
      continue;
    }
    const inGroup = index % 4;
    if (char !== '=' || inGroup < 2) return wrongAt(at);
    const second = places[index + 1];
    const end = inGroup === 2 ? places[index + 2] : second;
    if (inGroup === 2 && second === undefined) return wrongAt(text.length);
    if (inGroup === 2 && second?.char !== '=') return wrongAt((second?.at ?? 0) - 1);
    return end === undefined ? { bits: 6, digits: { values } } : wrongAt(end.at);
  }
  const inGroup = values.length % 4;
  return inGroup === 0 ? { bits: 6, digits: { values } } : wrongAt(text.length - inGroup);
}

/** Line breaks are dropped first. Source: Go's `encoding/base32`. */
function decodeBase32(withBreaks: string): { readonly bits: 5; readonly digits: Digits } {
  const text = withBreaks.replaceAll(/[\r\n]/g, '');
  const values: number[] = [];
  const wrongAt = (at: number) => ({ bits: 5, digits: { wrongAt: at } }) as const;
  for (let i = 0; i < text.length; i++) {
    const value = BASE32.indexOf(text[i] ?? '');
    const inGroup = i % 8;
    const left = text.length - i - 1;
    if (text[i] === '=' && inGroup >= 2 && left < 8) {
      if (left + inGroup < 7) return wrongAt(text.length);
      for (let j = i + 1; j < i + 8 - inGroup; j++) if (text[j] !== '=') return wrongAt(j - 1);
      return inGroup === 3 || inGroup === 6 ? wrongAt(i) : { bits: 5, digits: { values } };
    }
    if (value < 0) return wrongAt(i);
    values.push(value);
  }
  const inGroup = values.length % 8;
  return inGroup === 0 ? { bits: 5, digits: { values } } : wrongAt(text.length - inGroup);
}
