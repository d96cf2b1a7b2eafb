import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quote } from '../../../../src/template/text/quote.ts';
import { unquote, unquoteChar } from '../../../../src/template/text/unquote.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';

describe('unquote', () => {
  it.each([
    { literal: '""', text: '' },
    { literal: '"a b"', text: 'a b' },
    { literal: '`raw \\n "x"`', text: 'raw \\n "x"' },
    { literal: '`a\r\nb`', text: 'a\nb' },
    { literal: String.raw`"\a\b\f\n\r\t\v\\\""`, text: '\x07\b\f\n\r\t\v\\"' },
    { literal: String.raw`"\x41\101é\U0001F600"`, text: 'AAé😀' },
    { literal: String.raw`"\xff\377"`, text: rawText(0xff) + rawText(0xff) },
    { literal: String.raw`"\xc3\xa9"`, text: 'é' },
    { literal: `"it's"`, text: "it's" },
    { literal: `"a${rawText(0xff)}"`, text: 'a\uFFFD' },
    { literal: `\`a${rawText(0xff)}\``, text: `a${rawText(0xff)}` },
  ])('reads $literal', ({ literal, text }) => {
    expect(unquote(literal)).toBe(text);
  });

  it.each([
    ...['', '"', 'a', '"a', `'a'`, '"a\nb"', '"a"b"', '`a`b`'],
    ...[String.raw`"\q"`, String.raw`"\'"`, String.raw`"\x4"`, String.raw`"\u00"`, String.raw`"\400"`],
    ...[String.raw`"\18"`, String.raw`"\ud800"`, String.raw`"\U00110000"`, '"\\"', String.raw`"\xzz"`],
  ])('refuses %j', (literal) => {
    expect(unquote(literal)).toBeUndefined();
  });

  it('reads what quote has written', () =>
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.boolean(), (text, isAscii) => {
        expect(unquote(quote(text, isAscii))).toBe(text);
      }),
    ));
});

describe('unquoteChar', () => {
  it.each([
    { text: "'a'", value: 97, isByte: false, end: 2 },
    { text: "'世'", value: 0x4e16, isByte: false, end: 2 },
    { text: "'😀'", value: 0x1f600, isByte: false, end: 3 },
    { text: String.raw`'\''`, value: 39, isByte: false, end: 3 },
    { text: String.raw`'\xff'`, value: 255, isByte: true, end: 5 },
    { text: String.raw`'\377'`, value: 255, isByte: true, end: 5 },
    { text: "'ab'", value: 97, isByte: false, end: 2 },
  ])('reads one character of $text', ({ text, ...char }) => {
    expect(unquoteChar(text, 1, "'")).toEqual(char);
  });

  it.each([`''`, String.raw`'\"'`, String.raw`'\400'`, `'`])('refuses %j', (text) => {
    expect(unquoteChar(text, 1, "'")).toBeUndefined();
  });
});
