import { describe, expect, it } from 'vitest';
import { cut, escapeUnprintable, quoted } from '../../../src/lib/untrusted-text.ts';

describe('escapeUnprintable', () => {
  it.each([
    { what: 'what is printed', text: 'a b"c\\ wéb-服务 😀 %[x]', shown: 'a b"c\\ wéb-服务 😀 %[x]' },
    { what: 'an escape code of terminals', text: '\u001b[31mred', shown: '\\u001b[31mred' },
    { what: 'a C1 control', text: 'a\u009b31m', shown: 'a\\u009b31m' },
    { what: 'line ends', text: 'a\r\nb\u0085c\u2028d\u2029e', shown: 'a\\u000d\\u000ab\\u0085c\\u2028d\\u2029e' },
    { what: 'a zero byte', text: 'a\0b\x7f', shown: 'a\\u0000b\\u007f' },
    { what: 'bidirectional text', text: 'a\u202eb\u2066c\u200f', shown: 'a\\u202eb\\u2066c\\u200f' },
    { what: 'characters without width', text: 'a\u200bb\ufeffc', shown: 'a\\u200bb\\ufeffc' },
    { what: 'tags of languages', text: 'a\u{e0041}', shown: 'a\\udb40\\udc41' },
    { what: 'half a character', text: 'a\ud83d', shown: 'a\\ud83d' },
  ])('shows $what', ({ text, shown }) => {
    expect(escapeUnprintable(text)).toBe(shown);
  });
});

describe('cut', () => {
  it.each([
    { text: 'abc', max: 3, shown: 'abc' },
    { text: 'abcd', max: 3, shown: 'abc…' },
    { text: 'ab😀d', max: 3, shown: 'ab…' },
    { text: '', max: 3, shown: '' },
  ])('makes $shown of $text for $max characters', ({ text, max, shown }) => {
    expect(cut(text, max)).toBe(shown);
  });
});

describe('quoted', () => {
  it.each([
    { text: 'web', shown: '"web"' },
    { text: 'a"b\\\n\u001b\u202e', shown: '"a\\"b\\\\\\n\\u001b\\u202e"' },
    { text: 'w'.repeat(5_000), shown: `"${'w'.repeat(100)}…"` },
  ])('gives $shown', ({ text, shown }) => {
    expect(quoted(text)).toBe(shown);
  });
});
