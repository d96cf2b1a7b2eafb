import { describe, expect, it } from 'vitest';
import { escapeHtml, escapeJs, escapeQuery } from '../../../../src/template/builtins/escapes.ts';
import { rawText } from '../../../../src/template/text/utf8.ts';

describe('escapeHtml', () => {
  it('escapes what HTML reads', () => {
    expect(escapeHtml(`<a href="x">it's & \0é</a>`)).toBe('&lt;a href=&#34;x&#34;&gt;it&#39;s &amp; \uFFFDé&lt;/a&gt;');
  });
});

describe('escapeJs', () => {
  it.each([
    { text: `it's "q" <&> \\ =`, escaped: String.raw`it\'s \"q\" \u003C\u0026\u003E \\ \u003D` },
    { text: '\n\t\0\x7f', escaped: '\\u000A\\u0009\\u0000\x7f' },
    { text: 'é😀', escaped: 'é😀' },
    { text: '\u2028\u00ad\u{e0001}', escaped: String.raw`\u2028\u00AD\uE0001` },
    { text: rawText(0xff), escaped: rawText(0xff) },
  ])('%o', ({ text, escaped }) => {
    expect(escapeJs(text)).toBe(escaped);
  });
});

describe('escapeQuery', () => {
  it.each([
    { text: 'a b&c=d/e?f#g%', escaped: 'a+b%26c%3Dd%2Fe%3Ff%23g%25' },
    { text: 'Az09-_.~', escaped: 'Az09-_.~' },
    { text: `é${rawText(0xff)}'*`, escaped: '%C3%A9%FF%27%2A' },
  ])('%o', ({ text, escaped }) => {
    expect(escapeQuery(text)).toBe(escaped);
  });
});
