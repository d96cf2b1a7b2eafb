/** What JSON and Node leave as it is of that: only what is beyond ASCII. */
const UNPRINTABLE_BEYOND_ASCII = /[\u007f-\u009f\p{Cf}\p{Cs}\u2028\u2029]/gu;
/** What a terminal or a reader would take for something else: control and format characters, line ends, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Cs}\u2028\u2029]/gu;

/** A text of others for people: what would steer a terminal or turn the line around is shown as `\u001b`, not done. */
export function escapeUnprintable(text: string): string {
  return text.replaceAll(UNPRINTABLE, escape);
}

/** The same for a whole line of JSON, whose own line end and the colors around it stay. */
export function escapeInLine(line: string): string {
  return line.replaceAll(UNPRINTABLE_BEYOND_ASCII, escape);
}

function escape(character: string): string {
  const units = Array.from({ length: character.length }, (_, i) => character.charCodeAt(i));
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('');
}

/** The first `max` characters, with a mark where there were more. Never cuts a character in two. */
export function cut(text: string, max: number): string {
  if (text.length <= max) return text;
  const isHalf = /[\ud800-\udbff]/.test(text[max - 1] ?? '');
  return `${text.slice(0, isHalf ? max - 1 : max)}…`;
}

/** A text of others inside a sentence: cut, in quotes, with nothing in it that is not printed. */
export function quoted(text: string, max = 100): string {
  return escapeUnprintable(JSON.stringify(cut(text, max)));
}
