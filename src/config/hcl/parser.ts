import { tokenize } from './lexer.ts';
import { type SourceText, syntaxError } from './syntax-error.ts';
import { describeToken, type Token } from './token.ts';

/** What a text of HCL or JSON says: plain data. */
export type ConfigValue = string | number | boolean | null | readonly ConfigValue[] | ConfigObject;
export interface ConfigObject {
  readonly [key: string]: ConfigValue;
}

/** Deeper than this is nobody's configuration, and JavaScript's stack has an end. */
export const MAX_DEPTH = 64;

/**
 * Reads HCL 1, in which `${…}` is text like any other.
 *
 * Blocks and objects become lists of objects, one for each time that they stand there; `a "b" { … }` is
 * `{ a: [{ b: [{ … }] }] }`. Of anything else that stands there twice the last counts. Throws `CONFIG_INVALID`.
 * Source: hashicorp/hcl v1, `hcl/parser` and what `Decode` makes of it.
 */
export function parseHcl(source: SourceText): ConfigObject {
  const reader = createReader(source);
  const object = readItems(reader, 'end', 0);
  return object;
}

interface Reader {
  peek(): Token;
  next(): Token;
  fail(token: Token, rule: string): never;
}

function createReader(source: SourceText): Reader {
  const tokens = tokenize(source);
  let at = 0;
  const end: Token = { kind: 'end', offset: source.text.length };
  return {
    peek: () => tokens[at] ?? end,
    next: () => tokens[at++] ?? end,
    fail: ({ offset }, rule) => {
      throw syntaxError(source, offset, rule);
    },
  };
}

function readItems(reader: Reader, close: '}' | 'end', depth: number): ConfigObject {
  if (depth > MAX_DEPTH) reader.fail(reader.peek(), 'this is nested too deeply');
  const entries = new Map<string, ConfigValue>();
  for (;;) {
    const token = reader.next();
    if (token.kind === close) return Object.fromEntries(entries);
    if (token.kind !== 'identifier' && token.kind !== 'string') {
      reader.fail(token, `here is ${describeToken(token)}, but a key is expected${close === '}' ? " or '}'" : ''}`);
    }
    const value = readItem(reader, depth);
    const before = entries.get(token.value);
    entries.set(
      token.value,
      Array.isArray(value) && isBlockList(before) && isBlockList(value) ? [...before, ...value] : value,
    );
    if (reader.peek().kind === ',' && close === '}') reader.next();
  }
}

/** What stands after a key: `= value`, labels and a block, or a block. */
function readItem(reader: Reader, depth: number): ConfigValue {
  const token = reader.next();
  switch (token.kind) {
    case '=':
      return readValue(reader, depth);
    case '{':
      return [readItems(reader, '}', depth + 1)];
    case 'identifier':
    case 'string': {
      if (depth > MAX_DEPTH) reader.fail(token, 'this is nested too deeply');
      const next = reader.peek();
      if (next.kind === '=') reader.fail(next, "after a key and a label comes a block: '{'");
      return [Object.fromEntries([[token.value, readItem(reader, depth + 1)]])];
    }
    default:
      return reader.fail(token, `here is ${describeToken(token)}, but after a key comes '=' or '{'`);
  }
}

function readValue(reader: Reader, depth: number): ConfigValue {
  const token = reader.next();
  switch (token.kind) {
    case 'string':
    case 'number':
    case 'boolean':
      return token.value;
    case '{':
      return [readItems(reader, '}', depth + 1)];
    case '[':
      return readList(reader, depth + 1);
    case 'identifier':
      return reader.fail(token, `a value is expected; a text stands in quotes: "${token.value}"`);
    default:
      return reader.fail(token, `here is ${describeToken(token)}, but a value is expected`);
  }
}

function readList(reader: Reader, depth: number): ConfigValue {
  if (depth > MAX_DEPTH) reader.fail(reader.peek(), 'this is nested too deeply');
  const items: ConfigValue[] = [];
  for (;;) {
    if (reader.peek().kind === ']') {
      reader.next();
      return items;
    }
    const isObject = reader.peek().kind === '{';
    const value = readValue(reader, depth);
    // Directly in a list an object is itself.
    items.push(isObject && Array.isArray(value) ? (value[0] ?? {}) : value);
    const token = reader.peek();
    if (token.kind === ',') reader.next();
    else if (token.kind !== ']') reader.fail(token, `here is ${describeToken(token)}, but in a list comes ',' or ']'`);
  }
}

function isBlockList(value: ConfigValue | undefined): value is readonly ConfigObject[] {
  return (
    Array.isArray(value) && value.length > 0 && value.every((item) => typeof item === 'object' && !Array.isArray(item))
  );
}
