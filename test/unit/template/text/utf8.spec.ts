import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  byteLength,
  bytesOf,
  compareTexts,
  normalized,
  rawByte,
  rawText,
  runeAt,
  runeCount,
  sliceBytes,
  textOf,
} from '../../../../src/template/text/utf8.ts';

const FF = rawText(0xff);
const C3 = rawText(0xc3);
const A9 = rawText(0xa9);

describe('a text and its bytes', () => {
  it.each([
    { text: '', bytes: [], runes: 0 },
    { text: 'a', bytes: [0x61], runes: 1 },
    { text: 'é', bytes: [0xc3, 0xa9], runes: 1 },
    { text: '世', bytes: [0xe4, 0xb8, 0x96], runes: 1 },
    { text: '😀', bytes: [0xf0, 0x9f, 0x98, 0x80], runes: 1 },
    { text: `a${FF}b`, bytes: [0x61, 0xff, 0x62], runes: 3 },
    { text: `é${C3}`, bytes: [0xc3, 0xa9, 0xc3], runes: 2 },
    { text: '\uFFFD', bytes: [0xef, 0xbf, 0xbd], runes: 1 },
    { text: '\uFEFFx', bytes: [0xef, 0xbb, 0xbf, 0x78], runes: 2 },
  ])('$text has $bytes.length bytes', ({ text, bytes, runes }) => {
    expect([...bytesOf(text)]).toEqual(bytes);
    expect(byteLength(text)).toBe(bytes.length);
    expect(runeCount(text)).toBe(runes);
    expect(textOf(Uint8Array.from(bytes))).toBe(text);
  });

  it.each([
    { bytes: [0xc0, 0x80], why: 'overlong, two bytes' },
    { bytes: [0xe0, 0x9f, 0xbf], why: 'overlong, three bytes' },
    { bytes: [0xf0, 0x8f, 0xbf, 0xbf], why: 'overlong, four bytes' },
    { bytes: [0xed, 0xa0, 0x80], why: 'a surrogate' },
    { bytes: [0xf4, 0x90, 0x80, 0x80], why: 'above U+10FFFF' },
    { bytes: [0xf5], why: 'no first byte' },
    { bytes: [0x80], why: 'no first byte' },
    { bytes: [0xe4, 0xb8], why: 'cut' },
  ])('reads bytes that are no UTF-8 one by one: $why', ({ bytes }) => {
    const text = textOf(Uint8Array.from(bytes));
    expect(text).toBe(bytes.map(rawText).join(''));
    expect([...bytesOf(text)]).toEqual(bytes);
  });

  it('gives back any bytes', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), (bytes) => {
        expect([...bytesOf(textOf(bytes))]).toEqual([...bytes]);
      }),
    ));

  it('takes a lone surrogate that is no byte for U+FFFD', () => {
    expect([...bytesOf('\uD800')]).toEqual([0xef, 0xbf, 0xbd]);
    expect(byteLength('\uD800')).toBe(3);
    expect(runeAt('\uD800', 0)).toBe(0xfffd);
    expect(rawByte(0xd800)).toBeUndefined();
  });

  it('joins bytes that make up a character', () => {
    expect(normalized(C3 + A9)).toBe('é');
    expect(normalized(`x${C3}${FF}`)).toBe(`x${C3}${FF}`);
  });
});

describe('sliceBytes', () => {
  it.each([
    { text: 'hello', start: 1, end: 3, slice: 'el' },
    { text: 'héllo', start: 0, end: 2, slice: `h${C3}` },
    { text: 'héllo', start: 1, end: 3, slice: 'é' },
    { text: '😀', start: 4, end: 4, slice: '' },
    { text: `${FF}a`, start: 0, end: 1, slice: FF },
  ])('of $text from $start to $end', ({ text, start, end, slice }) => {
    expect(sliceBytes(text, start, end)).toBe(slice);
  });
});

describe('compareTexts', () => {
  it('orders by bytes, which code units do not', () => {
    const sorted = ['', 'A', 'B', 'a', 'aa', 'b', FF, 'é', 'z\uFFFF', 'é1', '\uE000', '\uFF01', '𐀀', '😀'];
    expect(sorted.toSorted(compareTexts)).toEqual([
      ...['', 'A', 'B', 'a', 'aa', 'b', 'z\uFFFF', 'é', 'é1', '\uE000', '\uFF01', '𐀀', '😀', FF],
    ]);
  });

  it('is that of the bytes for any two texts', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
        expect(Math.sign(compareTexts(a, b))).toBe(Math.sign(Buffer.compare(bytesOf(a), bytesOf(b))));
      }),
    ));
});
