import type { ServiceInstance } from '../../domain/catalog.ts';
import { type GoFunction, goFunction, itemAt, quote, sequenceOf, typeOf, type Value } from '../../template/index.ts';
import type { CatalogService } from '../answers.ts';
import { type KeyPairView, TYPES } from '../types.ts';

/** Services and keys by what they have in common. Source: consul-template v0.42.1, `funcs.go`. */
export const GROUPING_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  byTag: goFunction('func(interface {}) (map[string][]interface {}, error)', (list: Value) =>
    grouped(
      list,
      ['byTag', '*dependency.HealthService', '*dependency.CatalogSnippet'],
      (item) => (item as CatalogService | ServiceInstance).tags,
    ),
  ),
  byPort: goFunction('func(interface {}) (map[int][]interface {}, error)', (list: Value) =>
    grouped(list, ['byPort', '*dependency.HealthService'], (item) => [(item as ServiceInstance).port]),
  ),
  byMeta: goFunction(
    'func(string, []*dependency.HealthService) (map[string][]*dependency.HealthService, error)',
    byMeta,
    TYPES,
  ),
  byKey: goFunction('func([]*dependency.KeyPair) (map[string]map[string]*dependency.KeyPair, error)', byKey, TYPES),
};

/** The items of a list of one of these types, as values, under each of their keys. */
function grouped<K>(
  list: Value,
  [name, ...types]: readonly [name: string, ...types: readonly string[]],
  keysOf: (item: unknown) => readonly K[],
): ReadonlyMap<K, readonly Value[]> {
  const groups = new Map<K, Value[]>();
  if (list === null) return groups;
  const sequence = sequenceOf(list);
  if (sequence === undefined || !types.includes(sequence.type.elem.name)) {
    throw new Error(`${name}: wrong argument type ${typeOf(list).name}`);
  }
  for (let i = 0; i < sequence.items.length; i++) {
    const item = itemAt(sequence, i);
    for (const key of keysOf(sequence.items[i])) addTo(groups, key, item);
  }
  return groups;
}

function addTo<K, T>(groups: Map<K, T[]>, key: K, item: T): void {
  const group = groups.get(key);
  if (group === undefined) groups.set(key, [item]);
  else group.push(item);
}

function byMeta(names: string, instances: readonly ServiceInstance[] = []): ReadonlyMap<string, ServiceInstance[]> {
  const groups = new Map<string, ServiceInstance[]>();
  for (const instance of instances) {
    const parts = names.split(',').map((name) => metaPart(instance, name).replaceAll(/[^\w-]/gu, '_'));
    addTo(groups, parts.join('_'), instance);
  }
  return groups;
}

/** `NAME|int` is a number of five digits, so that it is in order as a text too. */
function metaPart({ meta }: ServiceInstance, name: string): string {
  const key = name.replace(/\|int$/, '');
  const value = Object.hasOwn(meta, key) ? meta[key] : undefined;
  if (key === name) return value || `_no_${key}_`;
  const number = parseDecimal(value || '0');
  const digits = String(number < 0n ? -number : number);
  return number < 0n ? `-${digits.padStart(4, '0')}` : digits.padStart(5, '0');
}

/** Source: Go's `strconv.Atoi`. */
function parseDecimal(text: string): bigint {
  const refuse = (why: string): never => {
    throw new Error(`cannot parse ${text} as number : strconv.Atoi: parsing ${quote(text)}: ${why}`);
  };
  if (!/^[+-]?[0-9]+$/.test(text)) return refuse('invalid syntax');
  const number = BigInt(text.replace(/^\+/, ''));
  return BigInt.asIntN(64, number) === number ? number : refuse('value out of range');
}

type Pairs = Map<string, KeyPairView>;

/** Keys by their first folder; those without one are left out. */
function byKey(pairs: readonly KeyPairView[] = []): ReadonlyMap<string, Pairs> {
  const groups = new Map<string, Pairs>();
  for (const { key, pair } of pairs) {
    const [top = '', ...rest] = key.split('/');
    const below = rest.join('/');
    if (below === '') continue;
    const group = groups.get(top) ?? new Map();
    groups.set(top, group.set(below, { key: below, pair }));
  }
  return groups;
}
