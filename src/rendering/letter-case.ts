/** Letters that have two upper cases, one of them longer: from and to, and how far the other one is. */
const SIMPLE_UPPER: readonly (readonly [first: number, last: number, distance: number])[] = [
  [0x1f80, 0x1f87, 8],
  [0x1f90, 0x1f97, 8],
  [0x1fa0, 0x1fa7, 8],
  [0x1fb3, 0x1fb3, 9],
  [0x1fc3, 0x1fc3, 9],
  [0x1ff3, 0x1ff3, 9],
];

/** Letters made of two: upper case, as the first letter of a word, lower case. */
const DIGRAPHS = [
  ['\u01c4', '\u01c5', '\u01c6'],
  ['\u01c7', '\u01c8', '\u01c9'],
  ['\u01ca', '\u01cb', '\u01cc'],
  ['\u01f1', '\u01f2', '\u01f3'],
] as const;

/** Georgian has capitals, but no word begins with one. */
const GEORGIAN = /[\u10d0-\u10fa\u10fd-\u10ff]/;

/** Each letter for itself: `ß` stays. A byte that is no UTF-8 becomes U+FFFD. Source: Go's `strings.ToUpper`. */
export function toUpper(text: string): string {
  return Array.from(text.toWellFormed(), upperOf).join('');
}

/** Each letter for itself: a sigma at the end of a word is like any other. Source: Go's `strings.ToLower`. */
export function toLower(text: string): string {
  return Array.from(text.toWellFormed(), (letter) => (letter === '\u0130' ? 'i' : letter.toLowerCase())).join('');
}

/** A letter as the first of a word. Source: Go's `unicode.ToTitle`. */
export function titleOf(letter: string): string {
  if (GEORGIAN.test(letter)) return letter;
  const digraph = DIGRAPHS.find((forms) => forms.some((form) => form === letter));
  return digraph?.[1] ?? upperOf(letter);
}

const MIDDLE = String.raw`'.:·\u0387\u055f\u05f4\u2018\u2019\u2024\u2027\ufe13\ufe52\ufe55\uff07\uff0e\uff1a`;
/** What stands within a word, but not twice in a row. */
const IN_THE_MIDDLE = new RegExp(`[${MIDDLE}]`, 'u');
const OF_A_WORD = new RegExp(String.raw`[${MIDDLE}\p{Alphabetic}\p{Nd}\p{M}\p{Cf}\p{Pc}]`, 'u');
/** Writing without blanks between words: each character stands for itself. */
const UNSPACED =
  /[\p{Ideographic}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/**
 * The first letter of each word in upper case, the others as they are. A digit is no letter: `3rd` is `3Rd`.
 * Source: golang.org/x/text v0.38, `cases.Title(language.Und, cases.NoLower)`.
 */
export function capitalizeWords(text: string): string {
  let result = '';
  let isInWord = false;
  let wasMiddle = false;
  for (const letter of text) {
    const isMiddle = IN_THE_MIDDLE.test(letter);
    if (isMiddle && wasMiddle) isInWord = false;
    wasMiddle = isMiddle;
    if (/\p{Cased}/u.test(letter)) {
      result += isInWord ? letter : capital(letter);
      isInWord = true;
    } else {
      result += letter;
      if (!OF_A_WORD.test(letter) || UNSPACED.test(letter)) isInWord = false;
    }
  }
  return result;
}

/** Here a capital may be two letters: `ß` is `Ss`. */
function capital(letter: string): string {
  const single = titleOf(letter);
  const full = letter.toUpperCase();
  if (single !== letter || full.length === letter.length || /\p{Lt}/u.test(letter)) return single;
  // The apostrophe of the letter U+0149 is no letter.
  const [first = '', ...rest] = full;
  return first === '\u02bc' ? full : first + rest.join('').toLowerCase();
}

function upperOf(letter: string): string {
  const upper = letter.toUpperCase();
  const code = letter.codePointAt(0) ?? 0;
  if (upper.length <= letter.length || code > 0xffff) return upper;
  const distance = SIMPLE_UPPER.find(([first, last]) => code >= first && code <= last)?.[2];
  return distance === undefined ? letter : String.fromCharCode(code + distance);
}
