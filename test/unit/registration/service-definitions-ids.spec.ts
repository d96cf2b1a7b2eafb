import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot, Protocol } from '../../../src/domain/container.ts';
import { type DefinitionOptions, serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';

const https: ContainerPort = { port: 443, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_443 }] };
const dnsSctp: ContainerPort = { ...dnsTcp, protocol: 'sctp' };

const define = (over: Partial<ContainerSnapshot>, options: Partial<DefinitionOptions> = {}) =>
  serviceDefinitions(aContainer(over), { ...definitionOptions, ...options });
const services = (over: Partial<ContainerSnapshot>, options?: Partial<DefinitionOptions>) =>
  define(over, options).flatMap((outcome) => (outcome.kind === 'defined' ? [outcome.service] : []));
const warnings = (over: Partial<ContainerSnapshot>) => define(over).flatMap((outcome) => outcome.warnings);

describe('serviceDefinitions, protocols', () => {
  it('marks all but TCP in the ID and with a tag', () => {
    const found = services({ ports: [dnsSctp, dnsTcp, dnsUdp] });
    expect(found.map(({ id, tags }) => ({ id, tags }))).toEqual([
      { id: 'node-a:web.1:53:sctp', tags: ['sctp'] },
      { id: 'node-a:web.1:53', tags: [] },
      { id: 'node-a:web.1:53:udp', tags: ['udp'] },
    ]);
  });

  it('puts the tag of the protocol after those of the label and of --tags', () => {
    expect(services({ ports: [dnsUdp], labels: { SERVICE_TAGS: 'b,a' } }, { tags: 'eu' })[0]?.tags).toEqual([
      'b',
      'a',
      'eu',
      'udp',
    ]);
  });

  it('lets tags for a port replace the general ones', () => {
    const labels = { SERVICE_TAGS: 'general', SERVICE_80_TAGS: 'own', SERVICE_443_TAGS: '' };
    expect(services({ ports: [http, https], labels }).map(({ tags }) => tags)).toEqual([['own'], []]);
  });
});

describe('serviceDefinitions, SERVICE_ID', () => {
  const idsOf = (over: Partial<ContainerSnapshot>) => services(over).map(({ id }) => id);

  it('replaces the whole ID, the mark of the protocol too', () => {
    expect(idsOf({ ports: [dnsUdp], labels: { SERVICE_ID: 'dns-1' } })).toEqual(['dns-1']);
  });

  it.each(['', ' '])('is none when it is "%s"', (id) => {
    expect(idsOf({ labels: { SERVICE_ID: id } })).toEqual(['node-a:web.1:80']);
  });

  it('is kept by the lowest of several ports, and the others say so', () => {
    const over = { ports: [http, https], labels: { SERVICE_ID: 'same' } };
    expect(idsOf(over)).toEqual(['same', 'node-a:web.1:443']);
    expect(warnings(over)).toEqual([
      {
        label: 'SERVICE_ID',
        value: 'same',
        problem: 'is the ID of a lower port already; node-a:web.1:443 is used instead',
      },
    ]);
  });

  it('is kept by the first of two protocols of a port', () => {
    expect(idsOf({ ports: [dnsTcp, dnsUdp], labels: { SERVICE_53_ID: 'same' } })).toEqual([
      'same',
      'node-a:web.1:53:udp',
    ]);
  });

  it('never takes the ID that another port has by default', () => {
    const over = { ports: [http, https], labels: { SERVICE_80_ID: 'node-a:web.1:443' } };
    expect(idsOf(over)).toEqual(['node-a:web.1:80', 'node-a:web.1:443']);
    expect(warnings(over)).toEqual([
      {
        label: 'SERVICE_80_ID',
        value: 'node-a:web.1:443',
        problem: 'is the ID of another port; node-a:web.1:80 is used instead',
      },
    ]);
  });

  it('may be the ID that the port has by default', () => {
    const over = { labels: { SERVICE_ID: 'node-a:web.1:80' } };
    expect(idsOf(over)).toEqual(['node-a:web.1:80']);
    expect(warnings(over)).toEqual([]);
  });

  it.each(['a b', 'ü', 'a/b', 'a:b', '...', '.a', 'a..b', 'x?y#z'])('may be %s', (id) => {
    expect(idsOf({ labels: { SERVICE_ID: id } })).toEqual([id]);
  });

  it.each(['.', '..', '/', '/a', 'a/', 'a//b', 'a/./b', '../b', 'a/..'])(
    'is not %s, which Consul would not find again',
    (id) => {
      const over = { labels: { SERVICE_80_ID: id } };
      expect(idsOf(over)).toEqual(['node-a:web.1:80']);
      expect(warnings(over)).toEqual([
        {
          label: 'SERVICE_80_ID',
          value: id,
          problem: 'cannot be part of a URL path; node-a:web.1:80 is used instead',
        },
      ]);
    },
  );
});

const KEYS = [
  'NAME',
  'ID',
  'TAGS',
  'IGNORE',
  'CHECK_HTTP',
  'CHECK_TCP',
  'CHECK_INTERVAL',
  'CHECK_TTL',
  'X',
  '__PROTO__',
];
const label = fc
  .tuple(
    fc.constantFrom('SERVICE_', 'service_', 'SERVICE_80_', 'SERVICE_53_UDP_', 'SERVICE_443_'),
    fc.oneof(fc.constantFrom(...KEYS), fc.string()),
  )
  .map((parts) => parts.join(''));
const text = fc.oneof(
  fc.constantFrom('', ' ', 'web', 'same', 'node-a:web.1:443', 'node-a:web.1:53:udp', 'false', '10s', '..', 'a\\,b,,c'),
  fc.string({ unit: 'binary' }),
);
const labels = fc.dictionary(label, text);
const binding = fc.record({
  hostIp: fc.constantFrom('', '0.0.0.0', '::', '127.0.0.1', '198.51.100.7'),
  hostPort: fc.constantFrom(0, 80, 32_080, 65_535, 65_536),
});
const port: fc.Arbitrary<ContainerPort> = fc.record({
  port: fc.oneof(fc.constantFrom(53, 80, 443), fc.integer({ min: 1, max: 65_535 })),
  protocol: fc.constantFrom<Protocol>('tcp', 'udp', 'sctp'),
  bindings: fc.array(binding, { maxLength: 3 }),
});
const container = fc.record({
  labels,
  env: labels,
  image: fc.oneof(fc.constantFrom('team/web:1', 'sha256:0123456789ab'), fc.string()),
  networkMode: fc.constantFrom('default', 'host', 'none', 'shop'),
  ports: fc.uniqueArray(port, { maxLength: 6, selector: (one) => `${one.port}/${one.protocol}` }),
});
const options = fc.record({ internal: fc.boolean(), explicit: fc.boolean(), tags: text });

describe('serviceDefinitions of whatever users write', () => {
  it('never throws, has an outcome for each port, and never has two services of one ID', () =>
    fc.assert(
      fc.property(container, options, (over, flags) => {
        const outcomes = define(over, flags);
        expect(outcomes.map((outcome) => outcome.port)).toEqual(over.ports);
        const ids = outcomes.flatMap((outcome) => (outcome.kind === 'defined' ? [outcome.service.id] : []));
        expect(ids).toEqual([...new Set(ids)]);
      }),
      { numRuns: 500 },
    ));

  it('only defines services that a registry takes', () =>
    fc.assert(
      fc.property(container, options, (over, flags) => {
        for (const service of services(over, flags)) {
          expect(service.name.trim()).not.toBe('');
          expect(service.port).toBeGreaterThanOrEqual(1);
          expect(service.port).toBeLessThanOrEqual(65_535);
          expect(['192.0.2.10', '127.0.0.1', '198.51.100.7', '172.17.0.2']).toContain(service.address);
          expect(Object.keys(service.meta).length).toBeLessThanOrEqual(62);
          expect(service.tags).not.toContain('');
        }
      }),
      { numRuns: 500 },
    ));
});
