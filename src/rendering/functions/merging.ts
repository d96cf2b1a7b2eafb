import {
  boolOf,
  dictionaryOf,
  floatOf,
  type GoFunction,
  GoNil,
  type GoType,
  goFunction,
  goType,
  integerOf,
  namedType,
  sequenceOf,
  textOfValue,
  unwrap,
  type Value,
  wrap,
} from '../../template/index.ts';

type Dictionary = NonNullable<ReturnType<typeof dictionaryOf>>;
type Entries = Map<unknown, unknown>;

const SIGNATURE = 'func(map[string]any, map[string]any) (map[string]any, error)';
/** Go's function takes options too, which a template cannot give. */
const OPEN_SIGNATURE = 'func(map[string]any, map[string]any, ...option) (map[string]any, error)';
const OPTION = namedType('func(*mergo.Config)', goType('func(any) any'));

/**
 * Two maps as one, and so the maps in them. The first is the result, and is changed by it.
 * Source: consul-template v0.42.1 with mergo v1.0.2, `Map` and `WithOverride`.
 */
export const MERGING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  /** What the first holds wins, if it is not empty. */
  mergeMap: goFunction(
    OPEN_SIGNATURE,
    (target: Map<string, Value>, source: Map<string, Value>) => merged(target, source, false),
    { option: OPTION },
  ),
  /** What the second holds wins. */
  mergeMapWithOverride: goFunction(SIGNATURE, (target: Map<string, Value>, source: Map<string, Value>) =>
    merged(target, source, true),
  ),
};

function merged(target: Map<string, Value>, source: Map<string, Value>, overrides: boolean): Map<string, Value> {
  const [to, from] = [dictionaryOf(target), dictionaryOf(source)];
  if (to !== undefined && from !== undefined) merge(to, from, overrides);
  return target;
}

function merge(target: Dictionary, source: Dictionary, overrides: boolean): void {
  for (const [key, raw] of source.entries) {
    checkAssignable('MapIndex', source.type.key, target.type.key);
    const value = wrap(source.type.elem, raw);
    const own = target.entries.has(key) ? wrap(target.type.elem, target.entries.get(key)) : undefined;
    const [inner, other] = [dictionaryOf(own), dictionaryOf(value)];
    if (inner !== undefined && other !== undefined) {
      merge(inner, other, overrides);
      continue;
    }
    const isFree = value !== null && (own === undefined || isEmpty(own));
    if (overrides || isFree) {
      checkAssignable('SetMapIndex', source.type.elem, target.type.elem);
      (target.entries as Entries).set(key, unwrap(target.type.elem, value));
    }
  }
}

/** Nothing, zero, false, and what holds nothing. Source: mergo's `isEmptyValue`. */
function isEmpty(value: Value): boolean {
  if (value === null || value === undefined || value instanceof GoNil) return true;
  const number = integerOf(value) ?? floatOf(value);
  if (number !== undefined) return Number(number) === 0;
  const size = sequenceOf(value)?.items.length ?? dictionaryOf(value)?.entries.size ?? textOfValue(value)?.length;
  return size === undefined ? boolOf(value) === false : size === 0;
}

/** Maps of two types can be merged as far as Go can put the one's keys and values into the other. */
function checkAssignable(method: string, from: GoType, to: GoType): void {
  if (to.kind === 'interface' || from.name === to.name) return;
  throw new Error(`reflect.Value.${method}: value of type ${from.name} is not assignable to type ${to.name}`);
}
