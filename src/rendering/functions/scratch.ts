import {
  compareTexts,
  contextFunction,
  type GoFunction,
  goMethod,
  goType,
  quote,
  structType,
  type Value,
} from '../../template/index.ts';

/** The store of `scratch`: one for each evaluation, shared with the templates that it calls. */
export type Scratch = Map<string, Value>;

type Store = Map<string, Value>;

const SCRATCH = structType<Scratch>(
  'template.Scratch',
  { values: { type: goType('map[string]any'), get: (scratch) => scratch } },
  {
    Key: goMethod('func(string) bool', (scratch: Scratch, key: string) => scratch.has(key)),
    Get: goMethod('func(string) any', (scratch: Scratch, key: string) => scratch.get(key) ?? null),
    Set: goMethod('func(string, any) string', (scratch: Scratch, key: string, value: Value) => {
      scratch.set(key, value);
      return '';
    }),
    SetX: goMethod('func(string, any) string', (scratch: Scratch, key: string, value: Value) => {
      if (!scratch.has(key)) scratch.set(key, value);
      return '';
    }),
    MapSet: goMethod(
      'func(string, string, any) (string, error)',
      (scratch: Scratch, key: string, mapKey: string, value: Value) => {
        mapAt(scratch, key).set(mapKey, value);
        return '';
      },
    ),
    MapSetX: goMethod(
      'func(string, string, any) (string, error)',
      (scratch: Scratch, key: string, mapKey: string, value: Value) => {
        const map = mapAt(scratch, key);
        if (!map.has(mapKey)) map.set(mapKey, value);
        return '';
      },
    ),
    MapValues: goMethod('func(string) ([]any, error)', (scratch: Scratch, key: string) => {
      const map = scratch.get(key);
      if (!(map instanceof Map)) return undefined;
      return [...map].toSorted(([a], [b]) => compareTexts(a, b)).map(([, value]) => value);
    }),
  },
);

/** The store that belongs to an evaluation. Source: consul-template v0.42.1, `scratch.go`. */
export const SCRATCH_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  scratch: contextFunction('func() *template.Scratch', ({ scratch }: { readonly scratch: Scratch }) => scratch, {
    'template.Scratch': SCRATCH,
  }),
};

/** The map under a key, which is made if there is nothing. */
function mapAt(scratch: Scratch, key: string): Store {
  const found = scratch.get(key);
  if (found instanceof Map) return found;
  if (scratch.has(key)) throw new Error(`${quote(key)} is not a map`);
  const made: Store = new Map();
  scratch.set(key, made);
  return made;
}
