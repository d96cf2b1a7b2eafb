import { compareTexts } from '../text/utf8.ts';
import { compareValues } from './compare.ts';
import { unwrap, wrap } from './convert.ts';
import { ANY_MAP, type MapType } from './types.ts';
import { GoMap, GoScalar, type Value } from './values.ts';

/** A map of any type, as its type, its raw keys and its raw values. */
export interface Dictionary {
  readonly type: MapType;
  readonly entries: ReadonlyMap<unknown, unknown>;
}

/** A value as a dictionary if it is a map. */
export function dictionaryOf(value: Value): Dictionary | undefined {
  if (value instanceof Map) return { type: ANY_MAP, entries: value };
  return value instanceof GoMap ? value : undefined;
}

/** What a map holds under a key that is of its key type; `undefined` where there is nothing. */
export function entryOf({ type, entries }: Dictionary, key: Value): Value {
  const raw = type.key.kind === 'interface' ? key : unwrap(type.key, key);
  const found = entries.get(raw);
  if (found !== undefined || entries.has(raw)) return wrap(type.elem, found);
  return raw instanceof GoScalar ? entryOfScalar({ type, entries }, raw) : undefined;
}

/** The entries in the order in which Go ranges over them and prints them. */
export function sortedEntries({ type, entries }: Dictionary): readonly (readonly [key: Value, value: Value])[] {
  const all = Array.from(entries, ([key, value]) => [wrap(type.key, key), wrap(type.elem, value)] as const);
  return all.toSorted(([a], [b]) =>
    typeof a === 'string' && typeof b === 'string' ? compareTexts(a, b) : compareValues(a, b),
  );
}

/** In a map with keys of any type a `float64` is not found by identity. */
function entryOfScalar({ type, entries }: Dictionary, key: GoScalar): Value {
  for (const [other, value] of entries) {
    const isKey = other instanceof GoScalar && other.type.name === key.type.name && other.value === key.value;
    if (isKey) return wrap(type.elem, value);
  }
  return undefined;
}
