const SPACE = /^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]$/;

/** The runes of a text; each byte that is no UTF-8 counts as U+FFFD, as in Go's `[]rune`. */
export function runesOf(text: string): readonly string[] {
  return Array.from(text.toWellFormed());
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
