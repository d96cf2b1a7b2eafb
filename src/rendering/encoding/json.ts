import {
  compareTexts,
  dictionaryOf,
  fieldValue,
  floatOf,
  formatFloat,
  GoMap,
  GoNil,
  GoScalar,
  GoSlice,
  GoStruct,
  type GoType,
  integerOf,
  itemAt,
  sequenceOf,
  structOf,
  textOf,
  textOfValue,
  typeOf,
  unwrap,
  type Value,
  wrap,
} from '../../template/index.ts';
import { encodeBase64 } from './base64.ts';

export { parseGoJson } from './json-parser.ts';

export interface JsonStyle {
  /** What each level is indented by. Without it all is one line, without blanks. */
  readonly indent?: string | undefined;
  /** Whether `<`, `>` and `&` are escaped, as Go does when not told otherwise. */
  readonly escapesHtml: boolean;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/**
 * A value as JSON: keys sorted, fields of structs in their order, no blanks around it. A struct with a method
 * `MarshalJSON` is what that gives.
 * Throws an `Error` with Go's text for what JSON cannot hold: `json: unsupported type: map[interface {}]interface {}`.
 * Source: Go 1.26, `encoding/json`, `Marshal`, `MarshalIndent`, `Encoder.Encode`.
 */
export function toGoJson(value: Value, style: JsonStyle): string {
  return encode(value, style, '\n');
}

/** `lineStart` is a line break and the indentation of the level. */
function encode(value: Value, style: JsonStyle, lineStart: string): string {
  if (value === null || value === undefined || isNil(value)) return 'null';
  if (typeof value === 'boolean') return String(value);
  const marshal = value instanceof GoStruct ? value.type.methods?.get('MarshalJSON') : undefined;
  if (marshal !== undefined) return textOf(marshal.call(unwrap(typeOf(value), value), []) as Uint8Array);
  const text = textOfValue(value);
  if (text !== undefined) return encodeText(text, style);
  const integer = integerOf(value);
  if (integer !== undefined) return String(integer);
  const float = floatOf(value);
  if (float !== undefined) return encodeFloat(float, typeOf(value));
  if (value instanceof GoScalar && typeof value.value === 'boolean') return String(value.value);
  const inner = style.indent === undefined ? lineStart : lineStart + style.indent;
  const sequence = sequenceOf(value);
  if (sequence !== undefined) {
    if (sequence.type.elem.kind === 'uint8') return `"${encodeBase64(textOf(bytesIn(sequence.items)), 'standard')}"`;
    const items = Array.from(sequence.items, (_, i) => encode(itemAt(sequence, i), style, inner));
    return enclosed('[', items, ']', { style, lineStart });
  }
  const entries = entriesOf(value);
  if (entries === undefined) return unsupported(typeOf(value));
  const colon = style.indent === undefined ? ':' : ': ';
  const members = entries.map(([key, item]) => encodeText(key, style) + colon + encode(item, style, inner));
  return enclosed('{', members, '}', { style, lineStart });
}

function enclosed(
  open: string,
  items: readonly string[],
  close: string,
  { style, lineStart }: { readonly style: JsonStyle; readonly lineStart: string },
): string {
  if (style.indent === undefined || items.length === 0) return open + items.join(',') + close;
  const inner = lineStart + style.indent;
  return open + inner + items.join(`,${inner}`) + lineStart + close;
}

/** The members of a map, sorted, or of a struct. */
function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  const dictionary = dictionaryOf(value);
  if (dictionary !== undefined) {
    const { type, entries } = dictionary;
    if (type.key.kind !== 'string' && !/^u?int/.test(type.key.kind)) return unsupported(type);
    const all = Array.from(entries, ([key, item]) => [String(key), wrap(type.elem, item)] as const);
    return all.toSorted(([a], [b]) => compareTexts(a, b));
  }
  const struct = structOf(value);
  if (struct === undefined) return undefined;
  const fields = [...struct.struct.fields.values()].filter(({ isExported }) => isExported);
  return fields.map((field) => [field.name, fieldValue(struct, field)]);
}

/** Floats as in JavaScript, but for the zero below zero. */
function encodeFloat(value: number, { kind }: GoType): string {
  if (!Number.isFinite(value)) throw new Error(`json: unsupported value: ${formatFloat(value, 'g', -1)}`);
  if (Object.is(value, -0)) return '-0';
  if (kind !== 'float32') return String(value);
  return String(Number(formatFloat(value, 'e', -1, 32)));
}

function encodeText(text: string, { escapesHtml }: JsonStyle): string {
  // Bytes that are no UTF-8 are shown as what they are not: by an escape, where U+FFFD itself stands as it is.
  const escaped = escapesHtml ? /["\\<>&\u0000-\u001f\u2028\u2029\p{Cs}]/gu : /["\\\u0000-\u001f\u2028\u2029\p{Cs}]/gu;
  return `"${text.replace(escaped, (char) => {
    if (/\p{Cs}/u.test(char)) return '\\ufffd';
    return ESCAPES[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;
  })}"`;
}

function isNil(value: Value): boolean {
  return value instanceof GoNil || ((value instanceof GoMap || value instanceof GoSlice) && value.isNil);
}

function bytesIn(items: ArrayLike<unknown>): Uint8Array {
  return Uint8Array.from(items as ArrayLike<number>);
}

function unsupported({ name }: GoType): never {
  throw new Error(`json: unsupported type: ${name}`);
}
