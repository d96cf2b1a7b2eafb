import {
  type FromJsonOptions,
  fromJson,
  goFunction,
  goMethod,
  goType,
  namedType,
  pointerTo,
  structType,
  type Value,
} from '../../../src/template/index.ts';

/** What a service looks like to a template. */
interface Service {
  readonly Name: string;
  readonly port?: number;
  readonly tags?: readonly string[];
}

const strings = goType('[]string');

/** `[]string` with a method. */
const Tags = namedType('api.Tags', strings, {
  Contains: goMethod('func(string) bool', (tags: readonly string[], tag: string) => tags.includes(tag)),
  Join: goMethod('func(...string) (string, error)', (tags: readonly string[], ...by: string[]) => {
    if (by.length !== 1) throw new Error('one separator');
    return tags.join(by[0]);
  }),
});

const ServiceType = structType<Service>('api.Service', {
  Name: { type: goType('string') },
  Port: { type: goType('int'), get: ({ port }) => port },
  Tags: { type: Tags, get: ({ tags }) => tags },
  hidden: { type: goType('string') },
});

/** `int64` that says itself how it looks. */
const Duration = namedType('time.Duration', goType('int64'), {
  String: goMethod('func() string', (value: bigint) => `${value}ns`),
});

export const names = { Service: ServiceType, ServiceP: pointerTo(ServiceType), Tags, Duration };

/** Functions that give a value of each kind which JSON has not. */
export const FUNCTIONS = {
  services: goFunction('func(...Service) []Service', (...all: Service[]) => all, names),
  service: goFunction('func() *Service', () => ({ Name: 'web', port: 80, tags: ['a', 'b'] }), names),
  plain: goFunction('func() Service', () => ({ Name: 'db' }), names),
  nobody: goFunction('func() *Service', () => undefined, names),
  duration: goFunction('func(int64) Duration', (value: bigint) => value, names),
  strings: goFunction('func(...string) []string', (...items: string[]) => items),
  meta: goFunction('func() map[string]string', () => new Map([['a', '1']])),
  ports: goFunction('func() map[int]string', () => new Map([443, 80].map((port) => [port, `p${port}`]))),
  mixed: goFunction(
    'func() map[any]any',
    () =>
      new Map<unknown, unknown>([
        ['a', 1],
        [2, 'b'],
      ]),
  ),
  errors: goFunction(
    'func() map[string]error',
    () =>
      new Map([
        ['a', new Error('bad')],
        ['b', undefined],
      ]),
  ),
  count: goFunction('func(int) <-chan int64', (limit: number) => Array.from({ length: limit }, (_, i) => BigInt(i))),
  ident: goFunction('func(any) any', (value: Value) => value),
  fail: goFunction('func(string) (string, error)', (message: string) => {
    throw new Error(message);
  }),
  upper: goFunction('func(string) string', (text: string) => text.toUpperCase()),
  add: goFunction('func(int, int) int', (a: number, b: number) => a + b),
  half: goFunction('func(float64) float64', (value: number) => value / 2),
  byte: goFunction('func(uint8) uint8', (value: number) => value),
  adder: goFunction('func() func(int, int) int', () =>
    goFunction('func(int, int) int', (a: number, b: number) => a + b),
  ),
  nofunc: goFunction('func() func() int', () => undefined),
  bytes: goFunction('func(string) []byte', (text: string) => new TextEncoder().encode(text)),
  list: goFunction('func(...any) []any', (...items: Value[]) => items),
} as const;

/** JSON data with whole numbers as `int64`. */
export function data(json: unknown, options: FromJsonOptions = { integers: 'int64' }): Value {
  return fromJson(json, options);
}
