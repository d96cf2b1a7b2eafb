import * as fc from 'fast-check';
import { FIELD_NAMES } from '../../src/registration/check-fields.ts';
import { hostileTexts } from './hostile-texts.ts';

const names = Object.values(FIELD_NAMES).flat();
const scalar = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(...hostileTexts.map(({ text }) => text)),
  fc.constantFrom(
    'true',
    'off',
    '1',
    '0',
    ' ',
    '/health',
    'http://a@b:1//c',
    '@evil',
    'my.Service',
    'passing',
    '3',
    'HEAD',
  ),
  fc.constantFrom(
    '10s',
    '0.4ns0.4ns',
    '1h1h',
    '-1s',
    '2562047h47m16.854775807s',
    '.5h',
    '1.s',
    '+3',
    '9e9',
    'serfHealth',
  ),
  fc.constantFrom('X: 1\nx: 2', '{"A":["1"],"a":"2"}', '{', ':', '..', 'a/../b', 'x:container', 'own', 'OWN'),
);
const entry = fc.dictionary(
  fc.constantFrom(
    ...names.map((name) => name.replaceAll('_', '')),
    ...['ScriptArgs', 'Args', 'DockerContainerID', 'Status', 'CheckID', 'AliasNode', 'ServiceID', '__proto__'],
  ),
  fc.oneof(scalar, fc.jsonValue(), fc.array(scalar, { maxLength: 3 }), fc.dictionary(scalar, fc.jsonValue())),
  { maxKeys: 12 },
);
const list = fc.oneof(
  fc
    .array(fc.oneof({ weight: 8, arbitrary: entry }, fc.jsonValue()), { maxLength: 18 })
    .map((all) => JSON.stringify(all)),
  fc.json(),
  scalar,
);
/** Labels that ask for checks, of which most mean nothing or harm. */
export const checkLabels: fc.Arbitrary<Readonly<Record<string, string>>> = fc
  .tuple(
    fc.dictionary(fc.constantFrom(...names, 'container', 'starting', 'intervall'), scalar, { maxKeys: 15 }),
    fc.option(list, { nil: undefined }),
    fc.constantFrom('SERVICE_', 'SERVICE_80_'),
  )
  .map(([single, all, prefix]) => ({
    ...Object.fromEntries(
      Object.entries(single).map(([name, value]) => [`${prefix}CHECK_${name.toUpperCase()}`, value]),
    ),
    ...(all !== undefined && { SERVICE_CHECKS: all }),
  }));
