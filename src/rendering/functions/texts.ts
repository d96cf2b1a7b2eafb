import { type GoFunction, goFunction } from '../../template/index.ts';
import { capitalizeWords, toLower, toUpper } from '../letter-case.ts';
import { compileRegex } from '../regex.ts';

const SPACE_AROUND = /^\p{White_Space}+|\p{White_Space}+$/gu;

/** Functions of texts; the text comes last, for pipes. Source: consul-template v0.42.1, `funcs.go`. */
export const TEXT_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  split: goFunction('func(string, string) ([]string, error)', split),
  splitToMap: goFunction('func(string, string, string) (map[string]string, error)', splitToMap),
  join: goFunction('func(string, []string) (string, error)', (by: string, all: readonly string[]) =>
    Array.from(all).join(by),
  ),
  trim: goFunction('func(string, string) (string, error)', trim),
  trimPrefix: goFunction('func(string, string) (string, error)', (prefix: string, text: string) =>
    text.startsWith(prefix) ? text.slice(prefix.length) : text,
  ),
  trimSuffix: goFunction('func(string, string) (string, error)', (suffix: string, text: string) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
  trimSpace: goFunction('func(string) (string, error)', trimSpace),
  toLower: goFunction('func(string) (string, error)', toLower),
  toUpper: goFunction('func(string) (string, error)', toUpper),
  toTitle: goFunction('func(string) (string, error)', capitalizeWords),
  replaceAll: goFunction('func(string, string, string) (string, error)', replaceAll),
  indent: goFunction('func(int, string) (string, error)', indent),
  regexMatch: goFunction('func(string, string) (bool, error)', (pattern: string, text: string) =>
    compileRegex(pattern).matches(text),
  ),
  regexReplaceAll: goFunction(
    'func(string, string, string) (string, error)',
    (pattern: string, replacement: string, text: string) => compileRegex(pattern).replaceAll(text, replacement),
  ),
};

/** Source: Go's `strings.TrimSpace`. JavaScript's `trim` takes other characters. */
function trimSpace(text: string): string {
  return text.replace(SPACE_AROUND, '');
}

function split(separator: string, text: string): readonly string[] {
  const trimmed = trimSpace(text);
  return trimmed === '' ? [] : parts(trimmed, separator);
}

/** The first parts are keys; a part without the second separator is left out. */
function splitToMap(separator: string, between: string, text: string): ReadonlyMap<string, string> {
  const result = new Map<string, string>();
  for (const part of split(separator, text)) {
    const end = part.indexOf(between);
    if (end >= 0) result.set(part.slice(0, end), part.slice(end + between.length));
  }
  return result;
}

/** By nothing, a text falls into its characters. Source: Go's `strings.Split`. */
function parts(text: string, separator: string): readonly string[] {
  return separator === '' ? Array.from(text) : text.split(separator);
}

/** Source: Go's `strings.Trim`. */
function trim(cutset: string, text: string): string {
  const cut = new Set(cutset);
  const letters = Array.from(text);
  const first = letters.findIndex((letter) => !cut.has(letter));
  const last = letters.findLastIndex((letter) => !cut.has(letter));
  return first < 0 ? '' : letters.slice(first, last + 1).join('');
}

/** In place of nothing, the new text goes between all characters. Source: Go's `strings.ReplaceAll`. */
function replaceAll(from: string, to: string, text: string): string {
  if (from !== '') return text.replaceAll(from, () => to);
  return from === to ? text : [to, ...Array.from(text, (letter) => letter + to)].join('');
}

/** Empty lines stay empty. */
function indent(count: number, text: string): string {
  if (count < 0) throw new Error('indent value must be a positive integer');
  return text.replace(/(^|\n)(?=[^\n])/g, (_, start: string) => start + ' '.repeat(count));
}
