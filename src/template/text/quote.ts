import { isPrintable } from './printable.ts';
import { REPLACEMENT, rawByte, runeAt } from './utf8.ts';

const ESCAPES: Readonly<Record<number, string>> = {
  7: '\\a',
  8: '\\b',
  9: '\\t',
  10: '\\n',
  11: '\\v',
  12: '\\f',
  13: '\\r',
};

/** A text as a Go string literal in double quotes. Source: Go's `strconv.Quote`, `QuoteToASCII`. */
export function quote(text: string, isAscii = false): string {
  let quoted = '"';
  for (let i = 0; i < text.length; i++) {
    const rune = runeAt(text, i);
    const raw = rune === REPLACEMENT ? rawByte(text.charCodeAt(i)) : undefined;
    quoted += raw === undefined ? escaped(rune, '"', isAscii) : `\\x${hex(raw, 2)}`;
    if (rune > 0xffff) i++;
  }
  return `${quoted}"`;
}

/** A rune as a Go character literal. What is no rune is U+FFFD. Source: Go's `strconv.QuoteRune`. */
export function quoteRune(rune: number, isAscii = false): string {
  const isRune = rune >= 0 && rune <= 0x10ffff && !(rune >= 0xd800 && rune <= 0xdfff);
  return `'${escaped(isRune ? rune : REPLACEMENT, "'", isAscii)}'`;
}

/** Whether a text can stand unchanged between backquotes. Source: Go's `strconv.CanBackquote`. */
export function canBackquote(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if ((unit < 0x20 && unit !== 0x09) || unit === 0x60 || unit === 0x7f || unit === 0xfeff) return false;
    if (runeAt(text, i) === REPLACEMENT && rawByte(unit) !== undefined) return false;
    if (runeAt(text, i) > 0xffff) i++;
  }
  return true;
}

/** A rune as error messages show it: `U+0022 '"'`. Source: Go's verb `%#U`. */
export function unicodeName(rune: number): string {
  const name = `U+${hex(rune, 4).toUpperCase()}`;
  return isPrintable(rune) ? `${name} '${String.fromCodePoint(rune)}'` : name;
}

function escaped(rune: number, mark: string, isAscii: boolean): string {
  const char = String.fromCodePoint(rune);
  if (char === mark || char === '\\') return `\\${char}`;
  if ((!isAscii || rune < 0x80) && isPrintable(rune)) return char;
  const short = ESCAPES[rune];
  if (short !== undefined) return short;
  if (rune < 0x20 || rune === 0x7f) return `\\x${hex(rune, 2)}`;
  return rune < 0x10000 ? `\\u${hex(rune, 4)}` : `\\U${hex(rune, 8)}`;
}

function hex(value: number, digits: number): string {
  return value.toString(16).padStart(digits, '0');
}
