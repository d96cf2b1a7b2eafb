import { goFunction, normalized } from '../../template/index.ts';
import { isSpace, runesOf } from './runes.ts';

/** Searching, trimming and replacing. The text comes last, for pipes. Source: sprig v3.3.0, `functions.go`, `strings.go`. */
export const stringFunctions = {
  contains: goFunction('func(string, string) bool', (part: string, text: string) => text.includes(part)),
  hasPrefix: goFunction('func(string, string) bool', (prefix: string, text: string) => text.startsWith(prefix)),
  hasSuffix: goFunction('func(string, string) bool', (suffix: string, text: string) => text.endsWith(suffix)),
  hello: goFunction('func() string', () => 'Hello!'),
  nindent: goFunction('func(int, string) string', (width: number, text: string) => `\n${indented(width, text)}`),
  indent: goFunction('func(int, string) string', indented),
  plural: goFunction('func(string, string, int) string', (one: string, many: string, count: number) =>
    count === 1 ? one : many,
  ),
  repeat: goFunction('func(int, string) string', repeated),
  replace: goFunction('func(string, string, string) string', replaced),
  trim: goFunction('func(string) string', (text: string) => trimmed(text, isSpace)),
  trimAll: goFunction('func(string, string) string', trimSet),
  trimPrefix: goFunction('func(string, string) string', (prefix: string, text: string) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: goFunction('func(string, string) string', (suffix: string, text: string) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  trimall: goFunction('func(string, string) string', trimSet),
};

/** Source: Go's `strings.Repeat`. */
function repeated(count: number, text: string): string {
  if (count < 0) throw new Error('strings: negative Repeat count');
  return normalized(text.repeat(count));
}

function indented(width: number, text: string): string {
  const margin = repeated(width, ' ');
  return margin + text.replaceAll('\n', () => `\n${margin}`);
}

/** Source: Go's `strings.Replace`. Nothing stands before each character and at the end. */
function replaced(old: string, by: string, text: string): string {
  if (old !== '') return normalized(text.split(old).join(by));
  return normalized(Array.from(text, (rune) => by + rune).join('') + by);
}

function trimSet(set: string, text: string): string {
  const runes = new Set(runesOf(set));
  return trimmed(text, (rune) => runes.has(rune.toWellFormed()));
}

function trimmed(text: string, isCut: (rune: string) => boolean): string {
  const runes = Array.from(text);
  const start = runes.findIndex((rune) => !isCut(rune));
  const end = runes.findLastIndex((rune) => !isCut(rune)) + 1;
  return start < 0 ? '' : runes.slice(start, end).join('');
}
