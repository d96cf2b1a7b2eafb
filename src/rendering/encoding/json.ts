import {
  compareTexts,
  dictionaryOf,
  fieldValue,
  float64,
  floatOf,
  formatFloat,
  GoMap,
  GoNil,
  GoScalar,
  GoSlice,
  GoStruct,
  type GoType,
  integerOf,
  isTrue,
  itemAt,
  type Method,
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
import { syntaxErrorOf } from './json-errors.ts';
import { type JsonStyle, laidOut } from './json-layout.ts';

/** Where a value stands. */
interface Spot {
  readonly style: JsonStyle;
  /** A line break and the indentation of the level. */
  readonly lineStart: string;
  /** Whether it lies behind a pointer or in a list, so that it has the methods of its pointer. */
  readonly isAddressable: boolean;
}

/** As in Go's decoder. */
const MAX_DEPTH = 10_000;

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
 * A value as JSON: keys sorted, fields of structs in their order, no blanks around it. What has a method `MarshalJSON`
 * is what that gives.
 * Throws an `Error` with Go's text for what JSON cannot hold: `json: unsupported type: map[interface {}]interface {}`.
 * Source: Go 1.26, `encoding/json`, `Marshal`, `MarshalIndent`, `Encoder.Encode`.
 */
export function toGoJson(value: Value, style: JsonStyle): string {
  return encode(value, { style, lineStart: '\n', isAddressable: false });
}

/**
 * JSON as Go has it: numbers are `float64`, objects `map[string]interface {}`, arrays `[]interface {}`.
 * Throws an `Error` with Go's text. Source: Go 1.26, `encoding/json`, `Unmarshal` into an `any`.
 */
export function parseGoJson(text: string): Value {
  // Bytes that are no UTF-8 become U+FFFD, and so do halves of surrogate pairs.
  const readable = text.toWellFormed();
  let overflow: string | undefined;
  const check = (_: string, value: unknown, { source }: { readonly source?: string } = {}): unknown => {
    if (typeof value === 'number' && !Number.isFinite(value)) overflow ??= source;
    return value;
  };
  let data: unknown;
  try {
    data = JSON.parse(readable, /[eE]|\d{309}/.test(readable) ? check : undefined);
  } catch (error) {
    throw new Error(syntaxErrorOf(text), { cause: error });
  }
  if (overflow !== undefined) {
    throw new Error(`json: cannot unmarshal number ${overflow} into Go value of type float64`);
  }
  try {
    return valueOf(data, 0);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(readable, error) : error;
  }
}

function encode(value: Value, spot: Spot): string {
  const { style, lineStart } = spot;
  if (value === null || value === undefined || isNil(value)) return 'null';
  if (typeof value === 'boolean') return String(value);
  const marshal = marshalMethod(value, spot);
  if (marshal !== undefined) {
    return laidOut(textOf(marshal.call(unwrap(typeOf(value), value), []) as Uint8Array), style, lineStart);
  }
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
    const isAddressable = sequence.type.elem.kind !== 'interface';
    const place = { style, lineStart: inner, isAddressable };
    const items = Array.from(sequence.items, (_, i) => encode(itemAt(sequence, i), place));
    return enclosed('[', items, ']', spot);
  }
  const entries = entriesOf(value);
  if (entries === undefined) return unsupported(typeOf(value));
  const colon = style.indent === undefined ? ':' : ': ';
  const isAddressable = value instanceof GoStruct && (value.type.kind === 'ptr' || spot.isAddressable);
  const place = { style, lineStart: inner, isAddressable };
  const members = entries.map(([key, item]) => encodeText(key, style) + colon + encode(item, place));
  return enclosed('{', members, '}', spot);
}

/** How a type writes its values itself, if it does. */
function marshalMethod(value: Value, { isAddressable }: Spot): Method | undefined {
  if (!(value instanceof GoStruct || value instanceof GoScalar)) return undefined;
  const { methods, pointerMethods } = value.type;
  return methods?.get('MarshalJSON') ?? (isAddressable ? pointerMethods?.get('MarshalJSON') : undefined);
}

function enclosed(open: string, items: readonly string[], close: string, { style, lineStart }: Spot): string {
  if (style.indent === undefined || items.length === 0) return open + items.join(',') + close;
  const inner = lineStart + style.indent;
  return open + inner + items.join(`,${inner}`) + lineStart + close;
}

/** The members of a map, sorted, or of a struct. */
function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  const dictionary = dictionaryOf(value);
  if (dictionary !== undefined) {
    const { type, entries } = dictionary;
    if (type.key.kind !== 'string' && !/^u?int\d*$/.test(type.key.kind)) return unsupported(type);
    const all = Array.from(entries, ([key, item]) => [String(key), wrap(type.elem, item)] as const);
    return all.toSorted(([a], [b]) => compareTexts(a, b));
  }
  const struct = structOf(value);
  if (struct === undefined) return undefined;
  const fields = [...struct.struct.fields.values()].filter(({ isExported, json }) => isExported && json !== 'omitted');
  const members = fields.map((field) => ({ field, item: fieldValue(struct, field) }));
  return members
    .filter(({ field, item }) => field.json !== 'omitempty' || isTrue(item))
    .map(({ field, item }) => [field.name, item]);
}

/** Floats as in JavaScript, but for the zero below zero. */
function encodeFloat(value: number, { kind }: GoType): string {
  if (!Number.isFinite(value)) throw new Error(`json: unsupported value: ${formatFloat(value, 'g', -1)}`);
  if (Object.is(value, -0)) return '-0';
  if (kind !== 'float32') return String(value);
  return String(Number(formatFloat(value, 'e', -1, 32)));
}

function encodeText(text: string, { escapesHtml }: JsonStyle): string {
  const special = escapesHtml ? /["\\<>&\p{Cc}\u2028\u2029\p{Cs}]/gu : /["\\\p{Cc}\u2028\u2029\p{Cs}]/gu;
  return `"${text.replace(special, escaped)}"`;
}

function escaped(char: string): string {
  const short = ESCAPES[char];
  if (short !== undefined) return short;
  // Bytes that are no UTF-8 show by an escape, where U+FFFD itself stands as it is.
  if (/\p{Cs}/u.test(char)) return '\\ufffd';
  const code = char.charCodeAt(0);
  return code >= 0x7f && code < 0x2028 ? char : `\\u${code.toString(16).padStart(4, '0')}`;
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

function valueOf(data: unknown, depth: number): Value {
  if (depth > MAX_DEPTH) throw new RangeError('too deep');
  if (typeof data === 'string') return data.toWellFormed();
  if (typeof data === 'number') return float64(data);
  if (Array.isArray(data)) return data.map((item) => valueOf(item, depth + 1));
  if (typeof data !== 'object' || data === null) return data as boolean | null;
  return new Map(Object.entries(data).map(([key, item]) => [key.toWellFormed(), valueOf(item, depth + 1)]));
}

/** Here the stack may end a little before Go's limit does. */
function tooDeep(text: string, cause: unknown): Error {
  return new Error(`invalid character '${text.trimStart().slice(0, 1)}' exceeded max depth`, { cause });
}
