import { compareTexts, type GoFunction, goFunction, printf, quote, type Value } from '../../template/index.ts';
import { type KeyPairView, TYPES } from '../types.ts';

/** Keys with slashes as maps in maps. Source: consul-template v0.42.1, `funcs.go`. */
export const EXPLODE_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  explode: goFunction(
    'func([]*dependency.KeyPair) (map[string]interface {}, error)',
    (pairs: readonly KeyPairView[] = []) =>
      exploded(
        'explode',
        pairs.map(({ key, pair }) => [key, pair.value]),
      ),
    TYPES,
  ),
  explodeMap: goFunction(
    'func(map[string]interface {}) (map[string]interface {}, error)',
    (map: ReadonlyMap<string, Value> = new Map()) =>
      exploded(
        'explodeMap',
        [...map].toSorted(([a], [b]) => compareTexts(a, b)),
      ),
  ),
};

type Nest = Map<string, unknown>;

function exploded(name: string, entries: readonly (readonly [key: string, value: Value])[]): Nest {
  const root: Nest = new Map();
  for (const [key, value] of entries) {
    const parts = key.split('/');
    const last = parts.pop() ?? '';
    let nest = root;
    for (const [i, top] of parts.entries()) {
      // Go's message names the rest of the key, from the folder before.
      nest = nestIn(nest, top, [
        name,
        key
          .split('/')
          .slice(Math.max(0, i - 1))
          .join('/'),
      ]);
    }
    if (last !== '') nest.set(last, value);
  }
  return root;
}

function nestIn(nest: Nest, top: string, [name, path]: readonly [name: string, path: string]): Nest {
  const found = nest.has(top) ? nest.get(top) : new Map<string, unknown>();
  if (!(found instanceof Map)) {
    const held = printf('%q', [found as Value]);
    throw new Error(`${name}: not a map: ${quote(path)}: ${quote(top)} already has value ${held}`);
  }
  nest.set(top, found);
  return found as Nest;
}
