import {
  boolOf,
  compareTexts,
  dictionaryOf,
  fieldValue,
  floatOf,
  formatFloat,
  GoMap,
  GoNil,
  GoSlice,
  integerOf,
  itemAt,
  sequenceOf,
  structOf,
  textOfValue,
  typeOf,
  type Value,
  wrap,
} from '../../template/index.ts';
import { durationText } from '../go-duration.ts';

interface TomlWriter {
  out: string;
}

type Path = readonly string[];

/** What TOML makes of a value: a table, a list of tables, or something that stands on one line. */
type TomlKind = 'nothing' | 'table' | 'tables' | 'value';

/** An entry of a map or a struct. */
interface Entry {
  readonly key: string;
  readonly value: Value;
}

/**
 * A value as a TOML document, without blanks around it. What a level holds itself comes before the tables below it.
 * Throws an `Error` with Go's text for what TOML cannot hold. Source: BurntSushi/toml v1.5, `Encoder.Encode`.
 */
export function toGoToml(value: Value): string {
  const writer: TomlWriter = { out: '' };
  encode(writer, [], value);
  return writer.out.replace(/^\p{White_Space}+|\p{White_Space}+$/gu, '');
}

function encode(writer: TomlWriter, path: Path, value: Value): void {
  if (kindOfValue(value, path.length === 0) === 'tables') writeTables(writer, path, value);
  else if (dictionaryOf(value) ?? structOf(value)) writeTable(writer, path, value);
  else if (!isNil(value) || value instanceof GoSlice) writeKeyValue(writer, path, value);
}

function writeTables(writer: TomlWriter, path: Path, value: Value): void {
  if (path.length === 0) throw new Error('toml: top-level values must be Go maps or structs');
  for (const item of itemsOf(value)) {
    if (isNil(item)) continue;
    startLine(writer);
    writer.out += `${indentOf(path)}[[${path.map(quotedKey).join('.')}]]\n`;
    writeEntries(writer, path, item);
  }
}

function writeTable(writer: TomlWriter, path: Path, value: Value): void {
  if (isNil(value)) return;
  if (path.length === 1) startLine(writer);
  if (path.length > 0) writer.out += `${indentOf(path)}[${path.map(quotedKey).join('.')}]\n`;
  writeEntries(writer, path, value);
}

function writeEntries(writer: TomlWriter, path: Path, value: Value): void {
  for (const { key, value: item } of entriesOf(value)) if (!isNil(item)) encode(writer, [...path, key], item);
}

function writeKeyValue(writer: TomlWriter, path: Path, value: Value): void {
  const key = path.at(-1);
  writer.out += key === undefined ? inline(value) : `${indentOf(path)}${quotedKey(key)} = ${inline(value)}\n`;
}

/** What stands on one line; a table does in a list that holds others too. */
function inline(value: Value): string {
  const text = textOfValue(value);
  if (text !== undefined) return quotedText(text);
  const bool = boolOf(value);
  if (bool !== undefined) return String(bool);
  const integer = integerOf(value);
  if (integer !== undefined && typeOf(value).name === 'time.Duration') return quotedText(durationText(integer));
  if (integer !== undefined) return String(integer);
  const float = floatOf(value);
  if (float !== undefined) return floatText(float, typeOf(value).kind === 'float32' ? 32 : 64);
  if (sequenceOf(value) !== undefined) return `[${itemsOf(value).map(inline).join(', ')}]`;
  if (dictionaryOf(value) ?? structOf(value)) return inlineTable(value);
  throw new Error(`unexpected type: ${typeOf(value).name}`);
}

function inlineTable(value: Value): string {
  const entries = entriesOf(value);
  const members = entries.map(({ key, value: item }, i) => {
    // Go leaves out what is nil, but not the comma of what is before it.
    if (isNil(item)) return '';
    return `${quotedKey(key)} = ${inline(item)}${i < entries.length - 1 ? ', ' : ''}`;
  });
  return `{${members.join('')}}`;
}

/** First what stands on one line, then the tables; those of a map sorted by key. */
function entriesOf(value: Value): readonly Entry[] {
  const entries = dictionaryOf(value) === undefined ? fieldsOf(value) : keysOf(value);
  const kinds = new Map(entries.map((entry) => [entry, kindOfValue(entry.value)]));
  const isTable = (entry: Entry): boolean => kinds.get(entry) === 'table' || kinds.get(entry) === 'tables';
  return [...entries.filter((entry) => !isTable(entry)), ...entries.filter(isTable)];
}

function keysOf(value: Value): readonly Entry[] {
  const dictionary = dictionaryOf(value);
  if (dictionary === undefined) return [];
  const { type, entries } = dictionary;
  if (type.key.kind !== 'string') throw new Error('toml: cannot encode a map with non-string key type');
  const all = Array.from(entries, ([key, item]) => ({ key: String(key), value: wrap(type.elem, item) }));
  return all.toSorted((a, b) => compareTexts(a.key, b.key));
}

function fieldsOf(value: Value): readonly Entry[] {
  const struct = structOf(value);
  if (struct === undefined) return [];
  const fields = [...struct.struct.fields.values()].filter(({ isExported }) => isExported);
  return fields.map((field) => ({ key: field.name, value: fieldValue(struct, field) }));
}

/** Refuses what TOML has no form for. */
function kindOfValue(value: Value, isTop = false): TomlKind {
  if (isNil(value)) return 'nothing';
  if (dictionaryOf(value) ?? structOf(value)) return 'table';
  if (sequenceOf(value) === undefined) {
    const { kind } = typeOf(value);
    if (!/^(?:bool|string|u?int\d*|float\d+)$/.test(kind)) {
      throw new Error(`unsupported type${isTop ? " for key ''" : ''}: ${kind}`);
    }
    return 'value';
  }
  const kinds = itemsOf(value).map((item) => kindOfValue(item));
  if (kinds.includes('nothing')) throw new Error('toml: cannot encode array with nil element');
  return kinds.length > 0 && kinds.every((kind) => kind === 'table') ? 'tables' : 'value';
}

function itemsOf(value: Value): readonly Value[] {
  const sequence = sequenceOf(value);
  return sequence === undefined ? [] : Array.from(sequence.items, (_, i) => itemAt(sequence, i));
}

function isNil(value: Value): boolean {
  if (value === null || value === undefined || value instanceof GoNil) return true;
  return (value instanceof GoMap || value instanceof GoSlice) && value.isNil;
}

/** A blank line before a table, but not at the beginning. */
function startLine(writer: TomlWriter): void {
  if (writer.out !== '') writer.out += '\n';
}

function indentOf(path: Path): string {
  return '  '.repeat(path.length - 1);
}

function quotedKey(key: string): string {
  return /^[A-Za-z0-9_-]+$/.test(key) ? key : quotedText(key);
}

function quotedText(text: string): string {
  const named: Readonly<Record<string, string>> = { '\b': 'b', '\t': 't', '\n': 'n', '\f': 'f', '\r': 'r' };
  const escaped = text.replace(/["\\\p{Cc}]/gu, (char) => {
    if (char === '"' || char === '\\') return `\\${char}`;
    if (char >= '\u0080') return char;
    return `\\${named[char] ?? `u${char.charCodeAt(0).toString(16).padStart(4, '0')}`}`;
  });
  return `"${escaped}"`;
}

function floatText(value: number, bits: 32 | 64): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value > 0 ? 'inf' : '-inf';
  const text = formatFloat(value, 'f', -1, bits);
  return text.includes('.') ? text : `${text}.0`;
}
