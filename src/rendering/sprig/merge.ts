import {
  type Dictionary,
  dictionaryOf,
  GoMap,
  isTrue,
  kindOf,
  sortedEntries,
  structOf,
  typeOf,
  type Value,
} from '../../template/index.ts';
import { isNil } from './values.ts';

type Dict = Map<unknown, unknown>;

/**
 * Fills a map with what another has: missing and empty entries, all of them if `overwrites`; maps within maps go the
 * same way. Gives what went wrong, if anything did. Source: mergo v1.0.2, `deepMerge`.
 */
export function mergeInto(target: Dict, source: Value, overwrites: boolean): string | undefined {
  const dictionary = dictionaryOf(source);
  if (dictionary === undefined) return undefined;
  for (const [key, value] of sortedEntries(dictionary)) {
    const problem = mergeEntry(target, [key, value], overwrites);
    if (problem !== undefined) return problem;
  }
  return undefined;
}

function mergeEntry(target: Dict, [key, value]: readonly [Value, Value], overwrites: boolean): string | undefined {
  const old = target.get(key) as Value;
  if (isNil(value)) {
    if (overwrites) target.set(key, value);
    return undefined;
  }
  const isMap = dictionaryOf(value) !== undefined;
  if (isMap || structOf(value) !== undefined) {
    const problem = mergeInner(target, { key, old, value }, overwrites);
    if (problem !== undefined) return problem;
  }
  const held = target.get(key) as Value;
  const isBothMaps = isMap && dictionaryOf(held) !== undefined;
  if (!isHollow(held) && (isBothMaps || kindOf(value) === 'slice')) {
    // An overwritten list stands as it is, also when it is empty.
    if (overwrites && !isBothMaps) target.set(key, value);
    return undefined;
  }
  if (overwrites || isHollow(held)) target.set(key, value);
  return undefined;
}

interface Inner {
  readonly key: Value;
  readonly old: Value;
  readonly value: Value;
}

/** A map or struct that meets an old value. */
function mergeInner(target: Dict, { key, old, value }: Inner, overwrites: boolean): string | undefined {
  if (old instanceof Map) return mergeInto(old, value, overwrites);
  if (old instanceof GoMap && !old.isNil) {
    const source = dictionaryOf(value);
    if (source === undefined) return undefined;
    // The map may belong to others, who would not expect a change: a copy takes its place.
    target.set(key, mergedCopy(old, source, overwrites));
    return undefined;
  }
  const isMismatch = !overwrites && structOf(old)?.type.kind === 'ptr' && kindOf(value) !== 'ptr';
  return isMismatch && typeOf(old).name !== `*${typeOf(value).name}` ? 'src and dst must be of same type' : undefined;
}

function mergedCopy({ type, entries }: GoMap, source: Dictionary, overwrites: boolean): GoMap {
  const copy = new Map(entries);
  if (source.type.elem.name !== type.elem.name && source.entries.size > 0) {
    const { name } = source.type.elem;
    throw new Error(`reflect.Value.SetMapIndex: value of type ${name} is not assignable to type ${type.elem.name}`);
  }
  for (const [key, value] of source.entries) {
    if (overwrites || !copy.has(key) || !isTrue(copy.get(key) as Value)) copy.set(key, value);
  }
  return new GoMap(type, copy);
}

/** Missing, nil, zero or without anything. A struct never is. */
function isHollow(value: Value): boolean {
  return !isTrue(value);
}
