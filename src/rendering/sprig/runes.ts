// Go maps letters one by one: a letter never becomes two, and its neighbors do not matter.

/** Simple title case where it is not upper case: the digraphs, and Georgian, which has no title case. */
const TITLE: Readonly<Record<string, string>> = {
  ...{ Ǆ: 'ǅ', ǅ: 'ǅ', ǆ: 'ǅ', Ǉ: 'ǈ', ǈ: 'ǈ', ǉ: 'ǈ', Ǌ: 'ǋ', ǋ: 'ǋ', ǌ: 'ǋ', Ǳ: 'ǲ', ǲ: 'ǲ', ǳ: 'ǲ' },
};
const GEORGIAN = /^[\u10d0-\u10fa\u10fd-\u10ff]$/;
const SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** The runes of a text; each byte that is no UTF-8 counts as U+FFFD, as in Go's `[]rune`. */
export function runesOf(text: string): readonly string[] {
  return Array.from(text.toWellFormed());
}

/** Source: Go's `unicode.ToUpper`. */
export function upperRune(rune: string): string {
  const upper = rune.toUpperCase();
  return isOneRune(upper) ? upper : upperGreek(rune);
}

/** Source: Go's `unicode.ToLower`. */
export function lowerRune(rune: string): string {
  return rune === 'İ' ? 'i' : rune.toLowerCase();
}

/** Source: Go's `unicode.ToTitle`. */
export function titleRune(rune: string): string {
  return TITLE[rune] ?? (GEORGIAN.test(rune) ? rune : upperRune(rune));
}

/** Source: Go's `unicode.IsSpace`. */
export function isSpace(rune: string): boolean {
  return SPACE.test(rune);
}

export function isUpper(rune: string): boolean {
  return /^\p{Lu}$/u.test(rune);
}

export function isLower(rune: string): boolean {
  return /^\p{Ll}$/u.test(rune);
}

export function isTitle(rune: string): boolean {
  return /^\p{Lt}$/u.test(rune);
}

function isOneRune(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

/** Greek letters with a iota below have one for capitals that stand first; other letters without a capital stay. */
function upperGreek(rune: string): string {
  const code = rune.codePointAt(0) ?? 0;
  if (code >= 0x1f80 && code <= 0x1faf) return String.fromCodePoint(code | 8);
  const isFinal = code === 0x1fb3 || code === 0x1fc3 || code === 0x1ff3;
  return isFinal ? String.fromCodePoint(code + 9) : rune;
}
