import {
  formatValue,
  GoNil,
  GoSlice,
  goType,
  isTrue,
  itemAt,
  kindOf,
  type Sequence,
  sequenceOf,
  sliceOf,
  textOf,
  type Value,
} from '../../template/index.ts';

const ANY_SLICE = sliceOf(goType('any'));
const STRING_SLICE = '[]string';

/** What `fmt.Sprintf("%v")` gives, but bytes as the text they are. Source: sprig v3.3.0, `strval`. */
export function stringOf(value: Value): string {
  return value instanceof Uint8Array ? textOf(value) : formatValue(value);
}

/** Every value as a text; nil is left out. What is no list becomes a list of one. Source: sprig, `strslice`. */
export function stringsOf(value: Value): readonly string[] {
  if (value === null) return [];
  const sequence = sequenceOf(value);
  if (sequence === undefined) return [stringOf(value)];
  if (sequence.type.name === STRING_SLICE) return Array.from(sequence.items) as string[];
  return itemsOf(sequence)
    .filter((item) => !isNil(item))
    .map(stringOf);
}

/** Whether a value is nil or the zero value of its kind; structs never are. Source: sprig, `empty`. */
export function isEmpty(value: Value): boolean {
  return !isTrue(value);
}

/** Whether an interface holds nothing. */
export function isNil(value: Value): boolean {
  return value === null || value === undefined || (value instanceof GoNil && value.type.kind === 'interface');
}

/** The kind of a value in Go's words; nil is `invalid`. */
export function kindName(value: Value): string {
  return isNil(value) ? 'invalid' : kindOf(value);
}

/** The items of a sequence as values. */
export function itemsOf(sequence: Sequence): readonly Value[] {
  return Array.from(sequence.items, (_, index) => itemAt(sequence, index));
}

/** A `[]interface {}` without room behind its end, as Go makes it for variadic arguments. Without items it is nil. */
export function exactList(items?: readonly Value[]): GoSlice {
  return new GoSlice(ANY_SLICE, items);
}

/** What Go says where a nil pointer is followed. */
export function nilDereference(): Error {
  return new Error('runtime error: invalid memory address or nil pointer dereference');
}

/** What Go says where a value in an interface is taken for one of another type. */
export function wrongAssertion(value: Value, wanted: string): Error {
  const found = isNil(value) ? 'nil' : formatValue(value, 'T');
  return new Error(`interface conversion: interface {} is ${found}, not ${wanted}`);
}
