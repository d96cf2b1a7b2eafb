import { type ConfigObject, type ConfigValue, MAX_DEPTH } from './parser.ts';
import { type SourceText, syntaxError } from './syntax-error.ts';

const BLANK = /[ \t\r\n]*/y;
/** No control characters, so from the blank on; without quote and backslash. */
const STRING = /"(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*"/uy;
const NUMBER = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y;
const WORD = /true|false|null/y;

/**
 * Reads JSON. Unlike `JSON.parse` it always says where something is wrong. Throws `CONFIG_INVALID`.
 * A key that stands there twice: the last counts. A comma may stand behind the last part, as in HashiCorp's reader.
 */
export function parseJson(source: SourceText): ConfigObject {
  const scanner = { source, at: 0 };
  const value = readValue(scanner, 0);
  skipBlank(scanner);
  if (scanner.at < source.text.length) throw syntaxError(source, scanner.at, 'nothing may follow the closing brace');
  return value as ConfigObject;
}

interface Scanner {
  readonly source: SourceText;
  at: number;
}

function readValue(scanner: Scanner, depth: number): ConfigValue {
  skipBlank(scanner);
  if (depth > MAX_DEPTH) throw syntaxError(scanner.source, scanner.at, 'this is nested too deeply');
  const char = scanner.source.text[scanner.at];
  if (char === '{') return readObject(scanner, depth + 1);
  if (char === '[') return readList(scanner, depth + 1);
  const scalar = take(scanner, STRING) ?? take(scanner, NUMBER) ?? take(scanner, WORD);
  if (scalar === undefined) throw syntaxError(scanner.source, scanner.at, 'a value is expected');
  return JSON.parse(scalar) as ConfigValue;
}

function readObject(scanner: Scanner, depth: number): ConfigObject {
  const entries: [string, ConfigValue][] = [];
  readParts(scanner, '}', () => {
    const key = take(scanner, STRING);
    if (key === undefined) throw syntaxError(scanner.source, scanner.at, 'a key in double quotes is expected');
    skipBlank(scanner);
    if (scanner.source.text[scanner.at] !== ':') throw syntaxError(scanner.source, scanner.at, "':' is expected");
    scanner.at += 1;
    entries.push([JSON.parse(key) as string, readValue(scanner, depth)]);
  });
  return Object.fromEntries(entries);
}

function readList(scanner: Scanner, depth: number): readonly ConfigValue[] {
  const items: ConfigValue[] = [];
  readParts(scanner, ']', () => items.push(readValue(scanner, depth)));
  return items;
}

/** Parts with commas in between, from the opening bracket to behind the closing one. */
function readParts(scanner: Scanner, close: ']' | '}', readPart: () => void): void {
  const { text } = scanner.source;
  scanner.at += 1;
  skipBlank(scanner);
  if (text[scanner.at] !== close) {
    for (;;) {
      readPart();
      skipBlank(scanner);
      if (text[scanner.at] !== ',') break;
      scanner.at += 1;
      skipBlank(scanner);
      if (text[scanner.at] === close) break;
    }
  }
  if (text[scanner.at] !== close) throw syntaxError(scanner.source, scanner.at, `',' or '${close}' is expected`);
  scanner.at += 1;
}

function take(scanner: Scanner, pattern: RegExp): string | undefined {
  pattern.lastIndex = scanner.at;
  const found = pattern.exec(scanner.source.text)?.[0];
  if (found !== undefined) scanner.at += found.length;
  return found;
}

function skipBlank(scanner: Scanner): void {
  take(scanner, BLANK);
}
