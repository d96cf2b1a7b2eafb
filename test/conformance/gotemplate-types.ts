import {
  float64,
  type GoFunction,
  goFunction,
  goMethod,
  goType,
  namedType,
  structType,
} from '../../src/template/index.ts';

/** `main.Pt` of the recording. */
interface Point {
  readonly X?: number;
  readonly Y?: number;
  readonly Name?: string;
  readonly Tags?: readonly string[];
  readonly Meta?: ReadonlyMap<string, string>;
  readonly Any?: unknown;
  readonly F?: number;
  readonly Fn?: GoFunction;
  readonly Next?: Point;
}

const hello = goMethod(
  'func(string) string',
  (point: Point | undefined, name: string) => `hi ${name}${point?.Name ?? ''}`,
);
const sum = goMethod('func(...int) (int, error)', (point: Point | undefined, ...numbers: number[]) => {
  const total = numbers.reduce((all, number) => all + number, point?.X ?? 0);
  if (total > 100) throw new Error('too big');
  return total;
});
const fields = {
  X: { type: goType('int') },
  Y: { type: goType('int') },
  Name: { type: goType('string') },
  Tags: { type: goType('[]string') },
  Meta: { type: goType('map[string]string') },
  Any: { type: goType('any') },
  F: { type: goType('float64') },
  Fn: { type: goType('func(int) string') },
};
const methods = { Hello: hello, Sum: sum };
// A struct that points to itself: its last field is of a type of the same name.
const named = structType<Point>('main.Pt', fields, methods);
const next = structType<Point>('main.Pt', { ...fields, Next: { type: goType('*Pt', { Pt: named }) } }, methods);
const Pt = structType<Point>('main.Pt', { ...fields, Next: { type: goType('*Pt', { Pt: next }) } }, methods);
const Tags = namedType('main.Tags', goType('[]string'), {
  Contains: goMethod('func(string) bool', (tags: readonly string[], tag: string) => tags.includes(tag)),
});
const names = { Pt, Tags };

const plain: Point = { X: 3, Y: 4, Name: 'p', Tags: ['a', 'b'], Meta: new Map([['k', 'v']]) };
const point: Point = { ...plain, Any: float64(1.5), F: 2, Fn: goFunction('func(int) string', (n: number) => `fn${n}`) };

const identity = (type: string): GoFunction => goFunction(`func(${type}) ${type}`, (value: unknown) => value);
const nothing = (type: string): GoFunction => goFunction(`func() ${type}`, () => undefined, names);
const spread = (type: string): GoFunction => goFunction(`func(...${type}) []${type}`, (...items: unknown[]) => items);

/** Functions for values that JSON has not: other numbers, structs, pointers, maps of other types, nil of each type. */
export const TYPED_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  ...{ u8: identity('uint8'), u64: identity('uint64'), i8: identity('int8'), i64: identity('int64') },
  ...{ f32: identity('float32'), cplx: identity('complex128'), bl: identity('bool') },
  ...{ ints: spread('int'), flts: spread('float64') },
  ...{ nilsl: nothing('[]string'), nilmap: nothing('map[string]int'), nilerr: nothing('error'), ptnil: nothing('*Pt') },
  pt: goFunction('func() Pt', () => point, names),
  ptp: goFunction('func() *Pt', () => ({ ...plain, Next: { Name: 'q' } }), names),
  pts: goFunction(
    'func() []Pt',
    () => [
      { X: 1, Name: 'a' },
      { X: 2, Name: 'b' },
    ],
    names,
  ),
  ptmap: goFunction('func() map[string]Pt', () => new Map([['a', { X: 1 }]]), names),
  tags: goFunction('func() Tags', () => ['x', 'y'], names),
  anymap: goFunction(
    'func() map[any]any',
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        ['b', 'x'],
      ]),
  ),
  nested: goFunction('func() map[string][]string', () => new Map([['a', ['x', 'y']]])),
  errmap: goFunction(
    'func() map[string]error',
    () =>
      new Map([
        ['a', new Error('ea')],
        ['n', undefined],
      ]),
  ),
  mapt: goFunction('func(map[string]any) int', (map: ReadonlyMap<string, unknown> | undefined) => map?.size ?? 0),
  sl: goFunction('func([]any) int', (items: readonly unknown[] | undefined) => items?.length ?? 0),
  prt: goFunction(
    'func(string, ...int) string',
    (text: string, ...numbers: number[]) => `${text}[${numbers.join(' ')}]`,
  ),
  nan: goFunction('func() float64', () => Number.NaN),
  inf: goFunction('func(int) float64', (sign: number) =>
    sign < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY,
  ),
};
