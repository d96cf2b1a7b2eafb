/** How deep a document may be nested. */
const MAX_DEPTH = 1_000;

/** A part of a JSON text: from `start` to before `end`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * What a JSON text holds at a path, as it is written there: a string without its quotes and with its escapes, anything
 * else as text. A key is the name of a member or, as `[0]`, the index of an element; of equal names the first counts.
 * `undefined` where there is nothing, and for a text that is no JSON.
 *
 * Source: buger/jsonparser, `Get`. Differs: a text that breaks off, or is no JSON before the place, gives nothing.
 */
export function rawJson(text: string, path: readonly string[]): string | undefined {
  let span = valueAt(text, skipBlanks(text, 0));
  for (const key of path) {
    if (span === undefined) return undefined;
    span = memberOf(text, span, key);
  }
  if (span === undefined) return undefined;
  const isString = text[span.start] === '"';
  return isString ? text.slice(span.start + 1, span.end - 1) : text.slice(span.start, span.end);
}

function memberOf(text: string, { start }: Span, wanted: string): Span | undefined {
  const index = /^\[(\d{1,9})\]$/.exec(wanted)?.[1];
  let found: Span | undefined;
  let i = 0;
  eachMember(text, start, 0, (key, span) => {
    const isIt = key === undefined ? index !== undefined && i === Number(index) : key === wanted;
    if (isIt) found ??= span;
    i++;
  });
  return found;
}

/** The value that begins at a place. `undefined` when there is none. */
function valueAt(text: string, start: number, depth = 0): Span | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const first = text[start];
  if (first === '{' || first === '[') {
    const end = eachMember(text, start, depth, () => undefined);
    return end === undefined ? undefined : { start, end };
  }
  const pattern = first === '"' ? /"(?:[^"\\]|\\.)*"/sy : /-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
  pattern.lastIndex = start;
  return pattern.test(text) ? { start, end: pattern.lastIndex } : undefined;
}

/** Goes through an object or an array. Gives where it ends, or `undefined` when it is neither, or broken. */
function eachMember(
  text: string,
  start: number,
  depth: number,
  visit: (key: string | undefined, value: Span) => void,
): number | undefined {
  const isObject = text[start] === '{';
  if (!isObject && text[start] !== '[') return undefined;
  const close = isObject ? '}' : ']';
  let i = skipBlanks(text, start + 1);
  if (text[i] === close) return i + 1;
  for (;;) {
    let key: string | undefined;
    if (isObject) {
      const name = text[i] === '"' ? valueAt(text, i, depth + 1) : undefined;
      const colon = name === undefined ? -1 : skipBlanks(text, name.end);
      if (name === undefined || text[colon] !== ':') return undefined;
      key = unescaped(text.slice(name.start, name.end));
      i = skipBlanks(text, colon + 1);
    }
    const value = valueAt(text, i, depth + 1);
    if (value === undefined) return undefined;
    visit(key, value);
    i = skipBlanks(text, value.end);
    if (text[i] === close) return i + 1;
    if (text[i] !== ',') return undefined;
    i = skipBlanks(text, i + 1);
  }
}

function unescaped(literal: string): string {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return literal.slice(1, -1);
  }
}

function skipBlanks(text: string, from: number): number {
  let i = from;
  while (' \t\r\n'.includes(text[i] ?? 'x')) i++;
  return i;
}
