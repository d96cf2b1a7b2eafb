import { byteLength, bytesOf, sliceBytes } from '../text/utf8.ts';
import { wrap } from '../value/convert.ts';
import { dictionaryOf, entryOf } from '../value/maps.ts';
import { integerOf, textOfValue } from '../value/numbers.ts';
import { itemAt, sequenceOf, subsequence } from '../value/sequences.ts';
import { dereferenced, held } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import { canBeNil, type GoType, isAssignable, UINT8 } from '../value/types.ts';
import { GoChannel, GoNil, type Value } from '../value/values.ts';

/**
 * An index that Go sees through an interface. `slice` does not look inside, so it refuses what `index` takes:
 * `slice .list .n` fails where `.n` is the value of a `map[string]interface {}`, `slice .list (.n)` does not.
 */
export class SeenAs {
  readonly type: GoType;

  constructor(type: GoType) {
    this.type = type;
  }
}

/** How long something is; texts in bytes. Source: Go's `text/template`, `funcs.go`, `length`. */
export function length(value: Value): number {
  if (value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  if (held(value) === undefined || isNilPointer(value)) throw new Error('len of nil pointer');
  const text = textOfValue(value);
  if (text !== undefined) return byteLength(text);
  if (value instanceof GoChannel || (value instanceof GoNil && value.type.kind === 'chan')) return 0;
  const size = sequenceOf(value)?.items.length ?? dictionaryOf(value)?.entries.size;
  if (size === undefined) throw new Error(`len of type ${typeOf(dereferenced(value)).name}`);
  return size;
}

/** `index x 1 2` is `x[1][2]`. Source: Go's `funcs.go`, `index`. */
export function index(item: Value, indices: readonly Value[]): Value {
  if (held(item) === undefined) throw new Error('index of untyped nil');
  return indices.reduce((inner, one) => member(inner, held(one)), item);
}

function member(item: Value, key: Value): Value {
  if (held(item) === undefined || isNilPointer(item)) throw new Error('index of nil pointer');
  const text = textOfValue(item);
  if (text !== undefined) {
    const bytes = bytesOf(text);
    const position = positionOf(key, bytes.length);
    if (position === bytes.length) throw new Error('reflect: string index out of range');
    return wrap(UINT8, bytes[position]);
  }
  const sequence = sequenceOf(item);
  if (sequence !== undefined) {
    const position = positionOf(key, sequence.items.length);
    if (position === sequence.items.length) throw new Error('reflect: slice index out of range');
    return itemAt(sequence, position);
  }
  const dictionary = dictionaryOf(item);
  if (dictionary === undefined) throw new Error(`can't index item of type ${typeOf(dereferenced(item)).name}`);
  const { type } = dictionary;
  if (type.key.kind === 'interface' && key !== undefined && !isHashable(typeOf(key))) {
    throw new Error(`runtime error: hash of unhashable type ${typeOf(key).name}`);
  }
  const found = entryOf(dictionary, converted(key, type.key));
  return found === undefined ? wrap(type.elem, undefined) : found;
}

/** `slice x 1 2` is `x[1:2]`. Source: Go's `funcs.go`, `slice`. */
export function slice(item: Value, indices: readonly (SeenAs | Value)[]): Value {
  if (held(item) === undefined) throw new Error('slice of untyped nil');
  if (isNilPointer(item)) throw new Error('slice of nil pointer');
  if (indices.length > 3) throw new Error(`too many slice indexes: ${indices.length}`);
  const text = textOfValue(item);
  if (text !== undefined && indices.length === 3) throw new Error('cannot 3-index slice a string');
  const sequence = sequenceOf(item);
  if (text === undefined && sequence === undefined) {
    throw new Error(`can't slice item of type ${typeOf(dereferenced(item)).name}`);
  }
  const size = text === undefined ? (sequence?.items.length ?? 0) : byteLength(text);
  const capacity = size + (sequence?.hidden.length ?? 0);
  const given = indices.map((one) => positionOf(one, capacity));
  const [start = 0, end = size, limit = capacity] = given;
  if (start > end) throw new Error(`invalid slice index: ${start} > ${end}`);
  if (end > limit) throw new Error(`invalid slice index: ${end} > ${limit}`);
  if (text !== undefined) return wrap(typeOf(item), sliceBytes(text, start, end));
  return sequence === undefined ? undefined : subsequence(sequence, [start, end, limit]);
}

/** A value as a key or an argument of some type. Source: Go's `funcs.go`, `prepareArg`. */
export function converted(value: Value, type: GoType): Value {
  if (value === undefined) {
    if (!canBeNil(type)) throw new Error(`value is nil; should be of type ${type.name}`);
    return wrap(type, undefined);
  }
  const from = typeOf(value);
  if (isAssignable(from, type)) return value;
  const integer = integerOf(value);
  if (integer !== undefined && /^u?int/.test(type.kind)) return wrap(type, integer);
  throw new Error(`value has type ${from.name}; should be ${type.name}`);
}

/** An index up to and with `limit`. */
function positionOf(value: SeenAs | Value, limit: number): number {
  if (value === undefined) throw new Error('cannot index slice/array with nil');
  if (value instanceof SeenAs) throw new Error(`cannot index slice/array with type ${value.type.name}`);
  const position = integerOf(value);
  if (position === undefined) throw new Error(`cannot index slice/array with type ${typeOf(value).name}`);
  const signed = BigInt.asIntN(64, position);
  if (signed < 0n || signed > BigInt(limit)) throw new Error(`index out of range: ${signed}`);
  return Number(signed);
}

function isNilPointer(value: Value): boolean {
  return value instanceof GoNil && value.type.kind === 'ptr';
}

/** Whether values of a type can be keys. */
function isHashable(type: GoType): boolean {
  if (type.kind === 'struct') return [...type.fields.values()].every((field) => isHashable(field.type));
  return type.kind !== 'slice' && type.kind !== 'map' && type.kind !== 'func';
}
