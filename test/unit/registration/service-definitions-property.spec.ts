import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot, Protocol } from '../../../src/domain/container.ts';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import { isAddress, isUnspecified } from '../../../src/lib/addresses.ts';
import { type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import { explainContainers } from '../../../src/registration/explain.ts';
import { serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer } from '../../support/containers.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { desiredOptions } from '../../support/registration-options.ts';

type Values = Readonly<Record<string, string>>;

const OPTIONS: DesiredOptions = { ...desiredOptions, enableScriptChecks: true };

const WORDS = [
  ...['NAME', 'ID', 'TAGS', 'IGNORE', 'ADDRESS', 'PORT', 'NETWORK', 'NAMESPACE', 'TOKEN', 'ROUTE', 'X', 'CHECKS'],
  ...['ENABLE_TAG_OVERRIDE', 'WEIGHTS_PASSING', 'WEIGHTS_WARNING', '__PROTO__', 'CONSTRUCTOR', 'Name', 'name'],
  ...['CHECK_HTTP', 'CHECK_HTTPS', 'CHECK_TCP', 'CHECK_TTL', 'CHECK_INTERVAL', 'CHECK_TIMEOUT', 'CHECK_HTTP_METHOD'],
  ...['CHECK_INITIAL_STATUS', 'CHECK_DEREGISTER_AFTER', 'CHECK_STARTING', 'CHECK_CONTAINER', 'CHECK_GRPC', 'CHECK_CMD'],
];
const label = fc
  .tuple(
    fc.constantFrom('SERVICE_', 'SERVICE_80_', 'SERVICE_53_UDP_', 'SERVICE_443_', 'SERVICE_080_', 'service_', ''),
    fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...WORDS) }, fc.string({ unit: 'binary' })),
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(
  fc.constantFrom('', ' ', 'web', 'false', 'on', '1', '10s', '30', '..', 'a\\,b,,c', 'node-a:b:80', 'node-a:a:53:udp'),
  fc.constantFrom(
    '127.0.0.1',
    '0.0.0.0',
    '203.0.113.9',
    '2001:db8::9/64',
    '65535',
    '65536',
    'shop',
    '/health',
    'passing',
  ),
  fc.constantFrom('[]', '[{"tcp":true}]', 'x'.repeat(513), 'x'.repeat(5_000), 'a,'.repeat(100)),
  fc.constantFrom(...hostileTexts.map((hostile) => hostile.text)),
  fc.string({ unit: 'binary' }),
);
const values = fc.dictionary(label, text, { minKeys: 3, maxKeys: 15 });
const flood = fc
  .integer({ min: 0, max: 400 })
  .map((count) => Object.fromEntries(Array.from({ length: count }, (_, i) => [`SERVICE_K${i}`, 'v'])));
const published: ContainerPort = { port: 80, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_080 }] };
const port: fc.Arbitrary<ContainerPort> = fc.record({
  port: fc.oneof(fc.constantFrom(53, 80, 443), fc.integer({ min: 1, max: 65_535 })),
  protocol: fc.constantFrom<Protocol>('tcp', 'udp', 'sctp'),
  bindings: fc.array(
    fc.record({
      hostIp: fc.constantFrom('', '0.0.0.0', '::', '127.0.0.1', '198.51.100.7', 'eth0'),
      hostPort: fc.constantFrom(0, 80, 32_080, 65_535, 65_536),
    }),
    { maxLength: 3 },
  ),
});
const container: fc.Arbitrary<Partial<ContainerSnapshot>> = fc.record({
  labels: fc
    .tuple(values, fc.oneof({ weight: 5, arbitrary: fc.constant({}) }, flood))
    .map((all) => Object.assign({}, ...all) as Values),
  env: values,
  image: fc.oneof(fc.constantFrom('team/web:1', 'sha256:0123456789ab'), fc.string()),
  networkMode: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom('default', 'host', 'shop') },
    fc.constantFrom('none', 'container:a', 'container:b'),
  ),
  networks: fc.constantFrom([], [{ name: 'bridge', ipAddress: '172.17.0.2' }], [{ name: 'shop', ipAddress: 'none' }]),
  ports: fc.uniqueArray(fc.oneof(fc.constant(published), port), {
    minLength: 1,
    maxLength: 6,
    selector: (one) => `${one.port}/${one.protocol}`,
  }),
  state: fc.constantFrom('running', 'running', 'paused', 'exited'),
});
const options: fc.Arbitrary<Partial<DesiredOptions>> = fc.record({
  internal: fc.boolean(),
  explicit: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fc.constant(true)),
  tags: text,
  hostAddress: fc.constantFrom('192.0.2.10', '127.0.0.1', '::', undefined),
  ip: fc.constantFrom(undefined, '203.0.113.5', '0.0.0.0'),
  useIpFromLabel: fc.constantFrom(undefined, 'SERVICE_X'),
  network: fc.constantFrom(undefined, 'shop'),
  ttlMs: fc.constantFrom(0, 60_000),
});
const hosts = fc
  .tuple(container, container)
  .map(([a, b]) => [aContainer({ id: 'a', name: 'a', ...a }), aContainer({ id: 'b', name: 'b', ...b })]);

const derive = (over: Partial<ContainerSnapshot>, flags: Partial<DesiredOptions>) =>
  serviceDefinitions(aContainer(over), { ...OPTIONS, ...flags });
const RUNS = { numRuns: 200 };

/** What Consul takes and gives back, and what can be removed again. */
function expectAcceptable({
  id,
  name,
  address,
  port: reached,
  tags,
  meta,
  weights,
  namespace,
}: ServiceDefinition): void {
  expect(id).toMatch(/^[\p{L}\p{M}\p{N}\p{P}\p{S} ]+$/u);
  expect(name.trim()).not.toBe('');
  expect([isAddress(address), isUnspecified(address)]).toEqual([true, false]);
  expect(Number.isInteger(reached) && reached >= 1 && reached <= 65_535).toBe(true);
  expect(tags.length).toBeLessThanOrEqual(64);
  expect(tags).not.toContain('');
  const pairs = Object.entries(meta);
  expect(pairs.length).toBeLessThanOrEqual(62);
  for (const [key, value] of pairs) {
    expect(key).toMatch(/^[a-z0-9_-]{1,128}$/);
    expect(new TextEncoder().encode(value).length).toBeLessThanOrEqual(512);
    expect(key).not.toMatch(/^(consul-|portolan-|check_|token$|__proto__$)/);
  }
  for (const weight of Object.values(weights ?? {})) expect(weight).toBeLessThanOrEqual(65_535);
  expect(weights?.passing).not.toBe(0);
  if (namespace !== undefined) expect(namespace).toMatch(/^[A-Za-z0-9_-]{1,64}$/);
}

describe('definitions of whatever users write', () => {
  it('never throw, and define only what Consul takes, under IDs that are there once', () =>
    fc.assert(
      fc.property(hosts, options, (containers, flags) => {
        const { registrations, containers: outcomes } = desiredRegistrations(containers, { ...OPTIONS, ...flags });
        for (const { ports } of outcomes) {
          const ids = ports.flatMap((outcome) => (outcome.kind === 'defined' ? [outcome.service.id] : []));
          expect(ids).toEqual([...new Set(ids)]);
        }
        for (const { service } of registrations.values()) expectAcceptable(service);
      }),
      RUNS,
    ));

  it('do not depend on the order in which Docker lists labels and variables', () =>
    fc.assert(
      fc.property(container, options, ({ labels = {}, env = {}, ...over }, flags) => {
        const reversed = (all: Values) => Object.fromEntries(Object.entries(all).toReversed());
        const services = (of: Partial<ContainerSnapshot>) =>
          derive({ ...over, ...of }, flags).map((outcome) =>
            outcome.kind === 'defined' ? outcome.service : outcome.reason,
          );
        expect(services({ labels: reversed(labels), env: reversed(env) })).toEqual(services({ labels, env }));
      }),
      RUNS,
    ));

  it('are explained to the end, and no explanation shows a token', () =>
    fc.assert(
      fc.property(hosts, options, (containers, flags) => {
        const secret = { SERVICE_TOKEN: 'hush-hush', SERVICE_80_token: 'hush-hush', service_token: 'hush-hush' };
        const guarded = containers.map((one) => ({ ...one, labels: { ...one.labels, ...secret } }));
        const explanations = explainContainers(guarded, desiredRegistrations(guarded, { ...OPTIONS, ...flags }));
        expect(explanations.map(({ name }) => name)).toEqual(['a', 'b']);
        expect(JSON.stringify(explanations)).not.toContain('hush-hush');
      }),
      RUNS,
    ));
});

describe('the sources of whatever users write', () => {
  it('name each field once or in parts, with its value', () =>
    fc.assert(
      fc.property(container, options, (over, flags) => {
        for (const outcome of derive(over, flags)) {
          if (outcome.kind === 'skipped') continue;
          const { service } = outcome;
          const valuesOf = (field: string) =>
            outcome.sources().flatMap((one) => (one.field === field ? [one.value] : []));
          expect(valuesOf('name')).toEqual([service.name]);
          expect(valuesOf('id')).toEqual([service.id]);
          expect(valuesOf('address')).toEqual([service.address]);
          expect(valuesOf('port')).toEqual([String(service.port)]);
          expect(valuesOf('tags').join()).toBe(service.tags.join());
          for (const [key, value] of Object.entries(service.meta)) expect(valuesOf(`meta.${key}`)).toEqual([value]);
          expect(valuesOf('containerCheck')).toEqual([service.containerCheck.kind]);
        }
      }),
      RUNS,
    ));

  it('are true: without the setting that a source names, the field has another source', () =>
    fc.assert(
      fc.property(container, options, ({ labels = {}, env = {}, ...over }, flags) => {
        const sourcesOf = (of: Partial<ContainerSnapshot>) =>
          derive({ ...over, ...of }, flags).flatMap((outcome) =>
            outcome.kind === 'skipped'
              ? []
              : outcome
                  .sources()
                  .map(({ field, from }) => `${outcome.port.port} ${outcome.port.protocol} ${field} ${from}`),
          );
        const all = sourcesOf({ labels, env });
        fc.pre(all.some((source) => / (label|environment) SERVICE_(?!K\d)/.test(source)));
        for (const [kind, given] of Object.entries({ label: labels, environment: env })) {
          for (const name of Object.keys(given).filter((one) => !/^SERVICE_K\d/.test(one))) {
            const named = all.filter((source) => source.split('; ', 1)[0]?.endsWith(` ${kind} ${name}`));
            const rest = Object.fromEntries(Object.entries(given).filter(([key]) => key !== name));
            const others = new Set(sourcesOf(kind === 'label' ? { labels: rest, env } : { labels, env: rest }));
            expect(named.filter((source) => others.has(source))).toEqual([]);
          }
        }
      }),
      { numRuns: 60 },
    ));
});
