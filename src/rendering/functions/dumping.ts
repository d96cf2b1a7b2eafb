import {
  byteLength,
  callMethod,
  dictionaryOf,
  fieldValue,
  formatValue,
  type GoFunction,
  GoMap,
  GoNil,
  GoSlice,
  GoStruct,
  goFunction,
  itemAt,
  quote,
  sequenceOf,
  sortedEntries,
  structOf,
  textOfValue,
  typeOf,
  type Value,
} from '../../template/index.ts';

/** Where pointers and channels lie differs from run to run of Go. This does not. */
const ADDRESS = '0xc000010000';

/**
 * Values with their types, for people. Source: consul-template v0.42.1 with go-spew, `Sdump`.
 * Differs: maps are in the order of their keys, where go-spew has them in any order; lists of Consul's data have no
 * capacity beyond their length.
 */
export const DUMPING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  spew_sdump: goFunction('func(...any) (string, error)', (...values: readonly Value[]) =>
    values.map((value) => `${dump(value, '')}\n`).join(''),
  ),
};

function dump(value: Value, indent: string): string {
  const type = typeOf(value);
  const { kind, name } = type;
  if (value === null || value === undefined) return `(${name}) <nil>`;
  if (value instanceof GoStruct && kind === 'ptr') return `(${name})(${ADDRESS})(${pointedTo(value, indent)})`;
  if (kind === 'ptr') return `(${name})(<nil>)`;
  const text = textOfValue(value);
  if (text !== undefined) return `(${name}) ${sizes(byteLength(text), 0)}${quote(text)}`;
  if (kind === 'slice' || kind === 'map') return `(${name}) ${collectionSizes(value)}${members(value, indent)}`;
  if (kind === 'struct') return `(${name}) ${ownText(value) ?? members(value, indent)}`;
  if (kind === 'chan' || kind === 'func') return `(${name}) ${value instanceof GoNil ? '<nil>' : ADDRESS}`;
  return `(${name}) ${ownText(value) ?? formatValue(value)}`;
}

function pointedTo(value: GoStruct, indent: string): string {
  return ownText(value) ?? members(value, indent);
}

/** What a value says of itself by a method; go-spew finds those of pointers everywhere. */
function ownText(value: Value): string | undefined {
  const { methods, pointerMethods } = typeOf(value);
  const find = (name: string) => methods?.get(name) ?? pointerMethods?.get(name);
  const method = find('Error') ?? find('String');
  return method === undefined ? undefined : textOfValue(callMethod(value, method, []));
}

/** What is in a list, a map or a struct, a line each. */
function members(value: Value, indent: string): string {
  if ((value instanceof GoSlice || value instanceof GoMap) && value.isNil) return '<nil>';
  const inner = `${indent} `;
  const lines = memberTexts(value, inner).map((text) => inner + text);
  return `{\n${lines.join(',\n')}${lines.length > 0 ? '\n' : ''}${indent}}`;
}

function memberTexts(value: Value, indent: string): readonly string[] {
  const sequence = sequenceOf(value);
  if (sequence !== undefined) return Array.from(sequence.items, (_, i) => dump(itemAt(sequence, i), indent));
  const dictionary = dictionaryOf(value);
  if (dictionary !== undefined) {
    return sortedEntries(dictionary).map(([key, item]) => `${dump(key, indent)}: ${dump(item, indent)}`);
  }
  const struct = structOf(value);
  if (struct === undefined) return [];
  return [...struct.struct.fields.values()].map((field) => `${field.name}: ${dump(fieldValue(struct, field), indent)}`);
}

function collectionSizes(value: Value): string {
  const sequence = sequenceOf(value);
  if (sequence === undefined) return sizes(dictionaryOf(value)?.entries.size ?? 0, 0);
  return sizes(sequence.items.length, sequence.items.length + sequence.hidden.length);
}

function sizes(length: number, capacity: number): string {
  const parts = [length > 0 ? `len=${length}` : '', capacity > 0 ? `cap=${capacity}` : ''].filter(
    (part) => part !== '',
  );
  return parts.length === 0 ? '' : `(${parts.join(' ')}) `;
}
