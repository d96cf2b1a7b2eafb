import { goFunction } from '../../template/index.ts';
import { titleOf, toLower, toUpper } from '../letter-case.ts';
import { fromByteText, toByteText } from './byte-text.ts';
import { isLower, isSpace, isTitle, isUpper, runesOf } from './runes.ts';

/** Upper, lower and title case, and what goes by words. Source: sprig v3.3.0; Masterminds/goutils v1.1.1, `wordutils.go`. */
export const letterCaseFunctions = {
  initials: goFunction('func(string) string', initials),
  lower: goFunction('func(string) string', (text: string) => toLower(text.toWellFormed())),
  nospace: goFunction('func(string) string', withoutSpaces),
  swapcase: goFunction('func(string) string', swappedCase),
  title: goFunction('func(string) string', titled),
  untitle: goFunction('func(string) string', untitled),
  upper: goFunction('func(string) string', (text: string) => toUpper(text.toWellFormed())),
};

/** Source: Go's `strings.Title`: a word begins behind what is no letter, digit, underscore. */
function titled(text: string): string {
  let before = ' ';
  return runesOf(text)
    .map((rune) => {
      const isFirst = isSeparator(before);
      before = rune;
      return isFirst ? titleOf(rune) : rune;
    })
    .join('');
}

/** Beyond ASCII only spaces separate. */
function isSeparator(rune: string): boolean {
  return rune < '\u0080' ? !/[0-9A-Za-z_]/.test(rune) : isSpace(rune);
}

function untitled(text: string): string {
  let isFirst = true;
  return runesOf(text)
    .map((rune) => {
      const result = isFirst && !isSpace(rune) ? toLower(rune) : rune;
      isFirst = isSpace(rune);
      return result;
    })
    .join('');
}

/** A small letter at the start of a word gets title case, which is why the place matters. */
function swappedCase(text: string): string {
  let isWordStart = true;
  return runesOf(text)
    .map((rune) => {
      if (isUpper(rune) || isTitle(rune)) {
        isWordStart = false;
        return toLower(rune);
      }
      if (!isLower(rune)) {
        isWordStart = isSpace(rune);
        return rune;
      }
      const result = isWordStart ? titleOf(rune) : toUpper(rune);
      isWordStart = false;
      return result;
    })
    .join('');
}

/** The first byte of each word, as the character with its number: letters beyond ASCII come out wrong, as in sprig. */
function initials(text: string): string {
  let isGap = true;
  let result = '';
  for (const char of toByteText(text)) {
    if (isGap && !isSpace(char)) result += char;
    isGap = isSpace(char);
  }
  return result;
}

/** Without spaces. Where one was dropped, bytes have become characters, as in sprig. */
function withoutSpaces(text: string): string {
  const bytes = toByteText(text);
  const rest = Array.from(bytes).filter((char) => !isSpace(char));
  return rest.length === bytes.length ? fromByteText(bytes) : rest.join('');
}
