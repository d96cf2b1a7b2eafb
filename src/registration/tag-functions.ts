import { RE2JS, RE2JSSyntaxException } from 're2js';
import {
  byteLength,
  canBackquote,
  contextFunction,
  type GoFunction,
  goFunction,
  quote,
  Suspend,
  sliceBytes,
  textOf,
} from '../template/index.ts';
import type { DocumentAnswer } from './contracts.ts';
import { rawJson } from './raw-json.ts';

/** What the functions of one evaluation may ask. */
export interface TagContext {
  /** What is known of a document; `undefined` for nothing yet. */
  readonly document: (url: string) => DocumentAnswer | undefined;
}

/**
 * The functions of a `--tags` template.
 * Source: registrator 6bfadbc, `bridge/bridge.go: newService`.
 * Differs: `httpGet` of what cannot be had is an error, and so is an answer with an error status; registrator gave
 * nothing and that page's text.
 */
export const TAG_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  strSlice: goFunction('func(string, ...int) string', strSlice),
  sIndex: goFunction('func(int, []string) string', (i: number, items: Texts = []) => itemFrom(items, i)),
  mIndex: goFunction('func(string, map[string]string) string', (key: string, map?: ReadonlyMap<string, string>) =>
    map?.get(key),
  ),
  toUpper: goFunction('func(string) string', (text: string) => mapped(text, (it) => it.toUpperCase())),
  toLower: goFunction('func(string) string', (text: string) => mapped(text, (it) => it.toLowerCase())),
  replace: goFunction('func(int, string, string, string) string', replace),
  join: goFunction('func(string, []string) string', (by: string, items: Texts = []) => [...items].join(by)),
  split: goFunction('func(string, string) []string', (by: string, text: string) => splitText(text, by)),
  splitIndex: goFunction('func(int, string, string) string', (i: number, by: string, text: string) =>
    itemFrom(splitText(text, by), i),
  ),
  matchFirstElement: goFunction('func(string, []string) string', (pattern: string, items: Texts = []) => {
    const matches = matcher(pattern);
    return [...items].find(matches);
  }),
  matchAllElements: goFunction('func(string, []string) []string', (pattern: string, items: Texts = []) => {
    const found = [...items].filter(matcher(pattern));
    return found.length === 0 ? undefined : found;
  }),
  httpGet: contextFunction('func(string) []uint8', httpGet),
  jsonParse: goFunction('func([]uint8, string) string', (bytes: Uint8Array | undefined, path: string) =>
    rawJson(textOf(Uint8Array.from(bytes ?? [])), path.split('::')),
  ),
};

type Texts = readonly string[];

function httpGet({ document }: TagContext, url: string): Uint8Array {
  const answer = document(url);
  if (answer === undefined) throw new Suspend(url);
  if (answer.kind === 'failed') throw new Error(`${url}: ${answer.reason}`);
  return answer.body;
}

/** Bounds that make no sense give the whole text, or the rest of it; negative ones are Go's errors. */
function strSlice(text: string, ...bounds: readonly number[]): string {
  const [from = 0, to] = bounds;
  const length = byteLength(text);
  if (bounds.length === 0 || bounds.length > 2 || from > length || (to !== undefined && to > length)) return text;
  if (from === 0 && to !== undefined && to < 0) throw outOfRange(`slice bounds out of range [:${to}]`);
  const isRest = to === undefined || (from !== 0 && to < from);
  if (from < 0) throw outOfRange(`slice bounds out of range [${!isRest && to < 0 ? `:${to}` : `${from}:`}]`);
  return sliceBytes(text, from, isRest ? length : to);
}

/** Below 0 from the end; beyond either end the one that is there. Of none Go's error. */
function itemFrom(items: Texts, index: number): string | undefined {
  const { length } = items;
  if (length === 0) throw outOfRange(index < 0 ? 'index out of range [0] with length 0' : 'index out of range [-1]');
  if (index < 0) return items[Math.max(length + index, 0)];
  return items[Math.min(index, length - 1)];
}

function outOfRange(what: string): Error {
  return new Error(`runtime error: ${what}`);
}

function splitText(text: string, by: string): Texts {
  return by === '' ? characters(text) : text.split(by);
}

/** Source: Go's `strings.Replace`. An empty `old` is found before each character and at the end. */
function replace(count: number, old: string, by: string, text: string): string {
  if (old === by || count === 0) return text;
  const parts = old === '' ? ['', ...characters(text), ''] : text.split(old);
  const limit = count < 0 ? parts.length - 1 : Math.min(count, parts.length - 1);
  if (old !== '') return [...parts.slice(0, limit), parts.slice(limit).join(old)].join(by);
  return parts.map((part, i) => (i > 0 && i <= limit ? by + part : part)).join('');
}

/** Letter by letter, as Go does: no letter becomes two. */
function mapped(text: string, change: (letter: string) => string): string {
  return characters(text)
    .map((letter) => {
      const changed = letter === 'İ' && change('A') === 'a' ? 'i' : change(letter);
      return characters(changed).length === 1 ? changed : letter;
    })
    .join('');
}

function characters(text: string): readonly string[] {
  return Array.from(text);
}

function matcher(pattern: string): (text: string) => boolean {
  try {
    const engine = RE2JS.compile(pattern).re2();
    return (text) => engine.match(text.toWellFormed());
  } catch (error) {
    if (!(error instanceof RE2JSSyntaxException)) throw error;
    const shown = canBackquote(pattern) ? `\`${pattern}\`` : quote(pattern);
    throw new Error(`regexp: Compile(${shown}): ${error.message}`, { cause: error });
  }
}
