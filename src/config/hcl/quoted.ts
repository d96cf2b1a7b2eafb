import { type SourceText, syntaxError } from './syntax-error.ts';

/** What was read, and where the rest begins. */
export interface Scanned {
  readonly value: string;
  readonly end: number;
}

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
};
const NUMBER_ESCAPE = /\\(?:([0-7]{3})|x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))/y;

/**
 * A text in quotes that begins at `start`. What stands in `${…}` stays as it is, quotes and line ends included.
 * Source: hashicorp/hcl v1, `scanString`, `strconv.Unquote`.
 */
export function scanQuoted(source: SourceText, start: number): Scanned {
  const { text } = source;
  let value = '';
  let at = start + 1;
  for (;;) {
    const char = text[at];
    if (char === undefined || char === '\n') throw syntaxError(source, start, 'this text has no closing quote');
    if (char === '"') return { value, end: at + 1 };
    const piece =
      char === '\\'
        ? scanEscape(source, at)
        : text.startsWith('${', at)
          ? scanInterpolation(source, at)
          : { value: char, end: at + 1 };
    value += piece.value;
    at = piece.end;
  }
}

function scanEscape(source: SourceText, at: number): Scanned {
  const simple = SIMPLE_ESCAPES[source.text[at + 1] ?? ''];
  if (simple !== undefined) return { value: simple, end: at + 2 };
  NUMBER_ESCAPE.lastIndex = at;
  const match = NUMBER_ESCAPE.exec(source.text);
  if (match === null) throw syntaxError(source, at, 'this escape means nothing; a backslash itself is \\\\');
  const [all, octal, ...hex] = match;
  const code = octal === undefined ? Number.parseInt(hex.find((digits) => digits !== undefined) ?? '', 16) : 0;
  const point = octal === undefined ? code : Number.parseInt(octal, 8);
  if (point > 0x10_ff_ff) throw syntaxError(source, at, 'there is no such character');
  return { value: String.fromCodePoint(point), end: at + all.length };
}

function scanInterpolation(source: SourceText, start: number): Scanned {
  const { text } = source;
  let depth = 1;
  let at = start + 2;
  while (depth > 0) {
    const char = text[at];
    if (char === undefined) throw syntaxError(source, start, 'this ${ has no closing brace');
    if (char === '{') depth += 1;
    if (char === '}') depth -= 1;
    at += 1;
  }
  return { value: text.slice(start, at), end: at };
}
