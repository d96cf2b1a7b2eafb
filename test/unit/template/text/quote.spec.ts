import { describe, expect, it } from 'vitest';
import { canBackquote, quote, quoteRune, unicodeName } from '../../../../src/template/text/quote.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';

describe('quote', () => {
  it.each([
    { text: '', quoted: '""', ascii: '""' },
    { text: 'a"b\\', quoted: String.raw`"a\"b\\"`, ascii: String.raw`"a\"b\\"` },
    { text: "it's", quoted: `"it's"`, ascii: `"it's"` },
    { text: '\x07\b\f\n\r\t\v', quoted: String.raw`"\a\b\f\n\r\t\v"`, ascii: String.raw`"\a\b\f\n\r\t\v"` },
    { text: '\0\x1f\x7f', quoted: String.raw`"\x00\x1f\x7f"`, ascii: String.raw`"\x00\x1f\x7f"` },
    { text: 'é✓', quoted: '"é✓"', ascii: String.raw`"\u00e9\u2713"` },
    { text: '😀', quoted: '"😀"', ascii: String.raw`"\U0001f600"` },
    { text: '\u2028\u00ad\ufeff', quoted: String.raw`"\u2028\u00ad\ufeff"`, ascii: String.raw`"\u2028\u00ad\ufeff"` },
    { text: rawText(0xff), quoted: String.raw`"\xff"`, ascii: String.raw`"\xff"` },
    { text: '\uFFFD', quoted: '"\uFFFD"', ascii: String.raw`"\ufffd"` },
  ])('writes $quoted', ({ text, quoted, ascii }) => {
    expect(quote(text)).toBe(quoted);
    expect(quote(text, true)).toBe(ascii);
  });
});

describe('quoteRune', () => {
  it.each([
    { rune: 0x78, quoted: "'x'", ascii: "'x'" },
    { rune: 0x27, quoted: String.raw`'\''`, ascii: String.raw`'\''` },
    { rune: 0x22, quoted: `'"'`, ascii: `'"'` },
    { rune: 1, quoted: String.raw`'\x01'`, ascii: String.raw`'\x01'` },
    { rune: 0x1f600, quoted: "'😀'", ascii: String.raw`'\U0001f600'` },
    { rune: -1, quoted: "'\uFFFD'", ascii: String.raw`'\ufffd'` },
    { rune: 0xd800, quoted: "'\uFFFD'", ascii: String.raw`'\ufffd'` },
  ])('writes $quoted', ({ rune, quoted, ascii }) => {
    expect(quoteRune(rune)).toBe(quoted);
    expect(quoteRune(rune, true)).toBe(ascii);
  });
});

describe('canBackquote', () => {
  it.each(['', 'a"b\\', '\t', 'é😀\uFFFD'])('%j can stand between backquotes', (text) => {
    expect(canBackquote(text)).toBe(true);
  });

  it.each(['`', '\n', '\0', '\x7f', '\ufeff', rawText(0x80)])('%j cannot', (text) => {
    expect(canBackquote(text)).toBe(false);
  });
});

describe('unicodeName', () => {
  it.each([
    { rune: 0x22, name: `U+0022 '"'` },
    { rune: 0, name: 'U+0000' },
    { rune: 0x1f600, name: "U+1F600 '😀'" },
    { rune: 0xa0, name: 'U+00A0' },
  ])('is $name', ({ rune, name }) => {
    expect(unicodeName(rune)).toBe(name);
  });
});
