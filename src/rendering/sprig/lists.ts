import { GoSlice, goFunction, type Sequence, sequenceOf, type Value } from '../../template/index.ts';
import { toInt64 } from './cast.ts';
import { deepEqual } from './deep-equal.ts';
import { exactList, isEmpty, isNil, itemsOf, kindName, nilDereference } from './values.ts';

type List = readonly Value[];

/** Lists of anything. Each function has a twin `must...`, which differs in Go only. Source: sprig v3.3.0, `list.go`. */
export const listFunctions = {
  ...twins('append', 'func(any, any) []any', (list: Value, item: Value) => [...items(list, 'push on'), item]),
  ...twins('chunk', 'func(int, any) [][]any', (size: number, list: Value) => chunks(items(list, 'chunk'), size)),
  ...twins('compact', 'func(any) []any', (list: Value) => items(list, 'compact on').filter((item) => !isEmpty(item))),
  ...twins('first', 'func(any) any', (list: Value) => items(list, 'find first on')[0]),
  ...twins('has', 'func(any, any) bool', (item: Value, list: Value) =>
    isNil(list) ? false : isAmong(items(list, 'find has on'), item),
  ),
  ...twins('initial', 'func(any) []any', (list: Value) => part(items(list, 'find initial on'), 0, -1)),
  ...twins('last', 'func(any) any', (list: Value) => items(list, 'find last on').at(-1)),
  ...twins('prepend', 'func(any, any) []any', (list: Value, item: Value) => [item, ...items(list, 'prepend on')]),
  ...twins('push', 'func(any, any) []any', (list: Value, item: Value) => [...items(list, 'push on'), item]),
  ...twins('rest', 'func(any) []any', (list: Value) => part(items(list, 'find rest on'), 1)),
  ...twins('reverse', 'func(any) []any', (list: Value) => exactList(items(list, 'find reverse on').toReversed())),
  ...twins('slice', 'func(any, ...any) any', slice),
  ...twins('uniq', 'func(any) []any', (list: Value) =>
    items(list, 'find uniq on').filter((item, index, all) => !isAmong(all.slice(0, index), item)),
  ),
  ...twins('without', 'func(any, ...any) []any', (list: Value, ...omitted: Value[]) =>
    items(list, 'find without on').filter((item) => !isAmong(omitted, item)),
  ),
  concat: goFunction('func(...any) any', concat),
  list: goFunction('func(...any) []any', (...values: Value[]) => exactList(values)),
  tuple: goFunction('func(...any) []any', (...values: Value[]) => exactList(values)),
};

/** `first` and `mustFirst`. What fails in one panics in the other; templates see one message. */
function twins(name: string, signature: string, implementation: (...args: never[]) => unknown) {
  const strict = `must${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  const strictSignature = signature.replace(/\) (\S+|\[\]\S+)$/, ') ($1, error)');
  return { [name]: goFunction(signature, implementation), [strict]: goFunction(strictSignature, implementation) };
}

function items(list: Value, purpose: string): List {
  return itemsOf(sequence(list, (kind) => `Cannot ${purpose} type ${kind}`));
}

function sequence(list: Value, refusal: (kind: string) => string): Sequence {
  if (isNil(list)) throw nilDereference();
  const found = sequenceOf(list);
  if (found === undefined) throw new Error(refusal(kindName(list)));
  return found;
}

/** Of an empty list there is none: nil. */
function part(list: List, start: number, end?: number): Value {
  return list.length === 0 ? undefined : exactList(list.slice(start, end));
}

function isAmong(list: List, item: Value): boolean {
  return list.some((other) => deepEqual(item, other));
}

/** Source: `mustChunk`, whose arithmetic on sizes below 1 shows in its errors. */
function chunks(list: List, size: number): readonly Value[] {
  const count = Math.floor((list.length - 1) / size) + 1;
  const isLastEmpty = size < 0 && count > 0 && list.length % size === 0;
  if (!(count >= 0) || !Number.isFinite(count) || isLastEmpty) {
    throw new Error('runtime error: makeslice: len out of range');
  }
  return Array.from({ length: count }, (_, index) =>
    exactList(count === 1 ? list : list.slice(index * size, (index + 1) * size)),
  );
}

/** `slice list 1 3` is `list[1:3]`; it may reach beyond the end as far as there is room. */
function slice(list: Value, ...indices: readonly Value[]): Value {
  const { type, items: raw, hidden } = sequence(list, (kind) => `list should be type of slice or array but ${kind}`);
  if (raw.length === 0) return null;
  const start = indices.length > 0 ? Number(toInt64(indices[0])) : 0;
  const end = indices.length > 1 ? Number(toInt64(indices[1])) : raw.length;
  if (start < 0 || start > end || end > raw.length + hidden.length) {
    throw new Error('reflect.Value.Slice: slice index out of bounds');
  }
  const all = [...Array.from(raw), ...hidden];
  return new GoSlice(type, all.slice(start, end), all.slice(end));
}

function concat(...lists: readonly Value[]): Value {
  const all = lists.flatMap((list) => itemsOf(sequence(list, (kind) => `Cannot concat type ${kind} as list`)));
  return all.length === 0 ? exactList() : all;
}
