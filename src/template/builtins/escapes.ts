import { isPrintable } from '../text/printable.ts';
import { bytesOf, REPLACEMENT, rawByte, runeAt } from '../text/utf8.ts';

const HTML: Readonly<Record<string, string>> = {
  ...{ '"': '&#34;', "'": '&#39;', '&': '&amp;', '<': '&lt;', '>': '&gt;', '\0': '\uFFFD' },
};
const JS: Readonly<Record<string, string>> = {
  ...{ '\\': '\\\\', "'": "\\'", '"': '\\"', '<': '\\u003C', '>': '\\u003E', '&': '\\u0026', '=': '\\u003D' },
};

/** A text that HTML shows as it is. Source: Go's `text/template`, `HTMLEscape`. */
export function escapeHtml(text: string): string {
  return text.replaceAll(/["'&<>\0]/g, (char) => HTML[char] ?? char);
}

/** A text that can stand inside a JavaScript string. Source: Go's `text/template`, `JSEscape`. */
export function escapeJs(text: string): string {
  let escaped = '';
  for (let i = 0; i < text.length; i++) {
    const rune = runeAt(text, i);
    const char = rune > 0xffff ? text.slice(i, i + 2) : (text[i] ?? '');
    const isPlain = rune < 0x80 ? rune >= 0x20 : isPrintable(rune) || isRaw(text, i);
    escaped += JS[char] ?? (isPlain ? char : `\\u${rune.toString(16).toUpperCase().padStart(4, '0')}`);
    i += char.length - 1;
  }
  return escaped;
}

/** A text that can stand in the query of a URL. Source: Go's `net/url`, `QueryEscape`. */
export function escapeQuery(text: string): string {
  const escaped = Array.from(bytesOf(text), (byte) => {
    const char = String.fromCharCode(byte);
    if (/[A-Za-z0-9_.~-]/.test(char)) return char;
    return char === ' ' ? '+' : `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;
  });
  return escaped.join('');
}

/** A byte that is no UTF-8 stays. */
function isRaw(text: string, index: number): boolean {
  return runeAt(text, index) === REPLACEMENT && rawByte(text.charCodeAt(index)) !== undefined;
}
