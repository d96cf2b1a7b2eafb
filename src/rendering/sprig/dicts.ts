import { compareTexts, funcType, GoFunction, GoMap, goFunction, type Value } from '../../template/index.ts';
import { deepCopy } from './deep-copy.ts';
import { mergeInto } from './merge.ts';
import { stringOf, wrongAssertion } from './values.ts';

type Dict = Map<string, Value>;
type ReadonlyDict = ReadonlyMap<string, Value>;

/**
 * Maps of texts to anything. `set`, `unset` and the merges change the map that they are given, for all who hold it.
 * Source: sprig v3.3.0, `dict.go`. Differs: `keys` and `values` are in the order of the keys, not in a random one.
 */
export const dictFunctions = {
  deepCopy: goFunction('func(any) any', deepCopy),
  dict: goFunction('func(...any) map[string]any', dict),
  dig: goFunction('func(...any) (any, error)', dig),
  get: goFunction('func(map[string]any, string) any', (map: ReadonlyDict, key: string) =>
    map.has(key) ? map.get(key) : '',
  ),
  hasKey: goFunction('func(map[string]any, string) bool', (map: ReadonlyDict, key: string) => map.has(key)),
  keys: goFunction('func(...map[string]any) []string', (...maps: ReadonlyDict[]) =>
    maps.flatMap((map) => sortedKeys(map)),
  ),
  merge: merging('func(map[string]any, ...map[string]any) any', { overwrites: false, isStrict: false }),
  mergeOverwrite: merging('func(map[string]any, ...map[string]any) any', { overwrites: true, isStrict: false }),
  mustDeepCopy: goFunction('func(any) (any, error)', deepCopy),
  mustMerge: merging('func(map[string]any, ...map[string]any) (any, error)', { overwrites: false, isStrict: true }),
  mustMergeOverwrite: merging('func(map[string]any, ...map[string]any) (any, error)', {
    overwrites: true,
    isStrict: true,
  }),
  omit: goFunction(
    'func(map[string]any, ...string) map[string]any',
    (map: ReadonlyDict, ...keys: string[]) => new Map([...map].filter(([key]) => !keys.includes(key))),
  ),
  pick: goFunction(
    'func(map[string]any, ...string) map[string]any',
    (map: ReadonlyDict, ...keys: string[]) =>
      new Map(keys.filter((key) => map.has(key)).map((key) => [key, map.get(key)])),
  ),
  pluck: goFunction('func(string, ...map[string]any) []any', (key: string, ...maps: ReadonlyDict[]) =>
    maps.filter((map) => map.has(key)).map((map) => map.get(key)),
  ),
  set: set(),
  unset: new GoFunction(funcType('func(map[string]any, string) map[string]any'), ([map, key]) => {
    if (map instanceof Map) map.delete(key);
    return map;
  }),
  values: goFunction('func(map[string]any) []any', (map: ReadonlyDict) => sortedKeys(map).map((key) => map.get(key))),
};

/** Keys and values in turn; a last key without a value gets an empty text. */
function dict(...pairs: readonly Value[]): Dict {
  const map: Dict = new Map();
  for (let i = 0; i < pairs.length; i += 2) {
    map.set(stringOf(pairs[i]), i + 1 < pairs.length ? pairs[i + 1] : '');
  }
  return map;
}

/** `dig "a" "b" fallback map` is `map.a.b`, or the fallback where a key is missing. */
function dig(...args: readonly Value[]): Value {
  if (args.length < 3) throw new Error('dig needs at least three arguments');
  let found: Value = dictOf(args.at(-1));
  const keys = args.slice(0, -2).map((key) => {
    if (typeof key !== 'string') throw wrongAssertion(key, 'string');
    return key;
  });
  for (const key of keys) {
    const map = dictOf(found);
    if (!map.has(key)) return args.at(-2);
    found = map.get(key);
  }
  return found;
}

function dictOf(value: Value): ReadonlyDict {
  if (value instanceof Map) return value;
  if (value instanceof GoMap && value.type.name === 'map[string]interface {}') return new Map();
  throw wrongAssertion(value, 'map[string]interface {}');
}

/** A nil map cannot be written to, so this needs to see the map itself. */
function set(): GoFunction {
  return new GoFunction(funcType('func(map[string]any, string, any) map[string]any'), ([map, key, value]) => {
    if (!(map instanceof Map)) throw new Error('assignment to entry in nil map');
    return map.set(key, value);
  });
}

interface Merging {
  readonly overwrites: boolean;
  /** Whether an error is one; else the result is an empty text. */
  readonly isStrict: boolean;
}

function merging(signature: string, { overwrites, isStrict }: Merging): GoFunction {
  return new GoFunction(funcType(signature), ([target, ...sources]) => {
    const hasNone = sources.every((source) => !(source instanceof Map));
    if (!(target instanceof Map) && hasNone) return target;
    const merged: Dict = target instanceof Map ? target : new Map();
    for (const source of sources) {
      const problem = source instanceof Map ? mergeInto(merged, source, overwrites) : undefined;
      if (problem === undefined) continue;
      if (isStrict) throw new Error(problem);
      return '';
    }
    return merged;
  });
}

function sortedKeys(map: ReadonlyDict): readonly string[] {
  return [...map.keys()].toSorted(compareTexts);
}
