import {
  bytesOf,
  formatValue,
  funcType,
  GoFunction,
  GoSlice,
  goFunction,
  goMethod,
  goType,
  int,
  integerOf,
  namedType,
  sliceOf,
  type Value,
} from '../../src/template/index.ts';

const duration = namedType('time.Duration', goType('int64'), {
  String: goMethod('func() string', (nanoseconds: bigint) => `${Number(nanoseconds) / 1e9}s`),
});
// With values, not raw numbers: exact for all of Go's integers.
const sum = ([a, b]: readonly Value[]): Value => int((integerOf(a) ?? 0n) + (integerOf(b) ?? 0n));
const adder = new GoFunction(funcType('func(int, int) int'), sum);

/** The functions that the recorded templates use, as `helpers` of the recording describes them. */
export const FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  add64: goFunction('func(int64, int64) int64', (a: bigint, b: bigint) => a + b),
  adder: goFunction('func() func(int, int) int', () => adder),
  addi: adder,
  boolmap: goFunction('func() map[bool]int', () => new Map([true, false].map((key) => [key, Number(key)]))),
  boom: goFunction('func() string', () => {
    throw new Error('boom');
  }),
  bytes: goFunction('func(string) []byte', bytesOf),
  chan3: goFunction('func() <-chan int64', () => [0n, 1n, 2n]),
  dict: goFunction('func(...any) map[string]any', (...pairs: Value[]) => {
    const keys = pairs.filter((_, i) => i % 2 === 0);
    return new Map(keys.map((key, i) => [formatValue(key), pairs[2 * i + 1]]));
  }),
  dur: goFunction('func() time.Duration', () => 1_500_000_000n, { 'time.Duration': duration }),
  emptym: goFunction('func() map[string]string', () => new Map()),
  errval: goFunction('func() any', () => new Error('an error value')),
  fail: goFunction('func(string) (string, error)', (message: string) => {
    throw new Error(message);
  }),
  flt: goFunction('func(float64) float64', (value: number) => value),
  fltmap: goFunction('func() map[float64]string', () => new Map([1.5, -2].map((key) => [key, key > 0 ? 'a' : 'b']))),
  ident: goFunction('func(any) any', (value: Value) => value),
  intmap: goFunction(
    'func() map[int]string',
    () => new Map(Object.entries({ 1: 'one', 2: 'two', 10: 'ten' }).map(([key, text]) => [Number(key), text])),
  ),
  // A slice made of arguments has no room behind its end.
  list: goFunction('func(...any) []any', (...items: Value[]) => new GoSlice(sliceOf(goType('any')), items)),
  nilany: goFunction('func() any', () => null),
  nilfn: goFunction('func() func() string', () => undefined),
  noargs: goFunction('func() string', () => 'none'),
  strmap: goFunction('func() map[string]string', () => new Map(Object.entries({ a: '1', b: '2' }))),
  strs: goFunction('func(...string) []string', (...items: string[]) => items),
  typed: goFunction('func(string) string', (text: string) => text),
  upper: goFunction('func(string) string', (text: string) => text.toUpperCase()),
};
