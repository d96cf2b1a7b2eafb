import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import { type DefinitionOptions, serviceDefinitions } from '../../../src/registration/service-definitions.ts';
import { aContainer, dnsTcp, dnsUdp, http } from '../../support/containers.ts';
import { definitionOptions } from '../../support/registration-options.ts';

const https: ContainerPort = { port: 443, protocol: 'tcp', bindings: [{ hostIp: '0.0.0.0', hostPort: 32_443 }] };
const exposed: ContainerPort = { port: 9000, protocol: 'tcp', bindings: [] };

const define = (over: Partial<ContainerSnapshot> = {}, options: Partial<DefinitionOptions> = {}) =>
  serviceDefinitions(aContainer(over), { ...definitionOptions, ...options });
const services = (over: Partial<ContainerSnapshot>, options?: Partial<DefinitionOptions>) =>
  define(over, options).flatMap((outcome) => (outcome.kind === 'defined' ? [outcome.service] : []));

describe('serviceDefinitions', () => {
  it('defines a published port under the name of the image', () => {
    expect(define()).toEqual([
      {
        kind: 'defined',
        port: http,
        warnings: [],
        sources: expect.any(Function),
        service: {
          id: 'node-a:web.1:80',
          name: 'web',
          address: '192.0.2.10',
          port: 32_080,
          tags: [],
          meta: {},
          checks: [],
          containerCheck: { kind: 'on', startingStatus: 'critical' },
          origin: { containerId: 'c0ffee'.padEnd(64, '0'), containerName: 'web.1', port: 80, protocol: 'tcp' },
        },
      },
    ]);
  });

  it('brings all that labels ask for into one service', () => {
    const labels = {
      SERVICE_NAME: 'shop',
      SERVICE_ID: 'shop-1',
      SERVICE_TAGS: 'b,a',
      SERVICE_VERSION: '1.2',
      SERVICE_CHECK_TCP: 'true',
      SERVICE_CHECK_STARTING: 'warning',
    };
    expect(define({ labels }, { tags: 'eu,prod' })).toEqual([
      {
        kind: 'defined',
        port: http,
        warnings: [],
        sources: expect.any(Function),
        service: {
          id: 'shop-1',
          name: 'shop',
          address: '192.0.2.10',
          port: 32_080,
          tags: ['b', 'a', 'eu', 'prod'],
          meta: { version: '1.2' },
          checks: [
            {
              id: 'service:shop-1',
              name: "Service 'shop' check",
              kind: 'tcp',
              target: '192.0.2.10:32080',
              interval: '10s',
            },
          ],
          containerCheck: { kind: 'on', startingStatus: 'warning' },
          origin: { containerId: 'c0ffee'.padEnd(64, '0'), containerName: 'web.1', port: 80, protocol: 'tcp' },
        },
      },
    ]);
  });

  it('gives one outcome for each port, in their order', () => {
    expect(
      define({ ports: [dnsTcp, dnsUdp, http, exposed], labels: { SERVICE_80_IGNORE: 'true' } }).map((outcome) =>
        outcome.kind === 'defined' ? outcome.service.id : outcome.reason,
      ),
    ).toEqual(['node-a:web.1:53', 'node-a:web.1:53:udp', 'is ignored by SERVICE_80_IGNORE', 'is not published']);
  });

  it('collects the warnings of all parts, and defines the service', () => {
    const labels = {
      SERVICE_name: 'x',
      SERVICE_NAME: 'shop',
      SERVICE_ID: '..',
      SERVICE_CHECK_HTTP: '/',
      SERVICE_CHECK_INTERVAL: 'soon',
      SERVICE_CHECK_STARTING: 'maybe',
      SERVICE_ADDRESS: 'here',
      SERVICE_WEIGHTS_PASSING: 'all',
      'SERVICE_a.b': 'x',
    };
    const [outcome] = define({ labels });
    expect(outcome?.kind).toBe('defined');
    expect(outcome?.warnings.map(({ label, problem }) => `${label} ${problem}`)).toEqual([
      'SERVICE_name differs from SERVICE_NAME only in case; SERVICE_NAME is used',
      'SERVICE_ADDRESS is no IP address; the usual address is used instead',
      'SERVICE_ID cannot be part of a URL path; node-a:web.1:80 is used instead',
      'SERVICE_CHECK_INTERVAL is no duration such as 10s or 1m30s; 10s is used instead',
      'SERVICE_WEIGHTS_PASSING is no whole number from 1 to 65535; 1 is used instead',
      'SERVICE_CHECK_STARTING is none of passing, warning and critical; critical is used instead',
      'SERVICE_a.b is no Meta key: only letters, digits, _ and - are; the pair is left out',
    ]);
  });

  it('says each warning once, at the first port that it concerns', () => {
    const labels = { 'SERVICE_a.b': 'x', SERVICE_443_WEIGHTS_PASSING: 'all' };
    const outcomes = define({ ports: [exposed, http, https], labels });
    expect(outcomes.map(({ warnings }) => warnings.map(({ label }) => label))).toEqual([
      [],
      ['SERVICE_a.b'],
      ['SERVICE_443_WEIGHTS_PASSING'],
    ]);
  });

  it('says where each field comes from', () => {
    const labels = { SERVICE_80_NAME: 'shop', SERVICE_VERSION: '1.2', SERVICE_CHECK_TCP: 'on' };
    const [outcome] = define({ labels, env: { SERVICE_TAGS: 'a' } }, { tags: 'eu' });
    expect(outcome?.kind === 'defined' && outcome.sources().map(({ field, from }) => `${field}: ${from}`)).toEqual([
      'name: label SERVICE_80_NAME',
      'id: default: host, container and port',
      'address: rule: the host address',
      'port: rule: the published port',
      'tags: environment SERVICE_TAGS',
      'tags: --tags',
      'meta.version: label SERVICE_VERSION',
      'check.id: default: service:node-a:web.1:80',
      "check.name: default: Service 'shop' check",
      'check.tcp: label SERVICE_CHECK_TCP',
      'check.interval: default: 10s',
      'containerCheck: default: on',
      'containerCheck.startingStatus: default: critical',
    ]);
  });
});

describe('serviceDefinitions, skipped ports', () => {
  it.each<{
    rule: string;
    over: Partial<ContainerSnapshot>;
    options?: Partial<DefinitionOptions>;
    reason: string;
  }>([
    { rule: 'an exposed port', over: { ports: [exposed] }, reason: 'is not published' },
    { rule: 'a container in no network', over: { networkMode: 'none' }, reason: 'is in no network' },
    {
      rule: 'a container in no network with --internal',
      over: { networkMode: 'none' },
      options: { internal: true },
      reason: 'is in no network',
    },
    {
      rule: 'an ignored container',
      over: { labels: { SERVICE_IGNORE: '1' } },
      reason: 'is ignored by SERVICE_IGNORE',
    },
    {
      rule: 'a container ignored by a variable',
      over: { env: { SERVICE_ignore: 'yes' } },
      reason: 'is ignored by SERVICE_ignore',
    },
    {
      rule: 'a port without a name with --explicit',
      over: { labels: { SERVICE_ID: 'x' } },
      options: { explicit: true },
      reason: 'has no name, which --explicit asks for',
    },
    {
      rule: 'a port with an empty name with --explicit',
      over: { labels: { SERVICE_NAME: 'x', SERVICE_80_NAME: '' } },
      options: { explicit: true },
      reason: 'has no name, which --explicit asks for',
    },
  ])('skips $rule', ({ over, options, reason }) => {
    const [port = http] = aContainer(over).ports;
    expect(define(over, options)).toEqual([{ kind: 'skipped', port, reason, warnings: [] }]);
  });

  it.each([
    { rule: 'ignores nothing for SERVICE_IGNORE=false', over: { labels: { SERVICE_IGNORE: 'false' } } },
    {
      rule: 'lets an empty label end what a variable ignores',
      over: { labels: { SERVICE_IGNORE: '' }, env: { SERVICE_IGNORE: 'true' } },
    },
    {
      rule: 'lets an empty label for the port end what a general one ignores',
      over: { labels: { SERVICE_IGNORE: 'true', SERVICE_80_IGNORE: '' } },
    },
    { rule: 'takes a variable for a name with --explicit', over: { env: { SERVICE_NAME: 'web' } }, explicit: true },
    { rule: 'takes a key for the port for a name', over: { labels: { SERVICE_80_NAME: 'web' } }, explicit: true },
  ])('$rule', ({ over, explicit = false }) => {
    expect(services(over, { explicit }).map(({ id }) => id)).toEqual(['node-a:web.1:80']);
  });

  it("defines the exposed ports of a container on the host's network", () => {
    const over = { networkMode: 'host', ports: [{ ...exposed, port: 80 }, exposed] };
    expect(services(over).map(({ id, address, port }) => ({ id, address, port }))).toEqual([
      { id: 'node-a:web.1:80', address: '192.0.2.10', port: 80 },
      { id: 'node-a:web.1:9000', address: '192.0.2.10', port: 9000 },
    ]);
  });
});

describe('serviceDefinitions, names', () => {
  it.each<{ rule: string; over: Partial<ContainerSnapshot>; names: readonly string[] }>([
    { rule: 'a label names the service', over: { labels: { SERVICE_NAME: 'shop' } }, names: ['shop'] },
    { rule: 'an empty name is none', over: { labels: { SERVICE_NAME: '' } }, names: ['web'] },
    { rule: 'a blank name is none', over: { labels: { SERVICE_NAME: '  ' } }, names: ['web'] },
    {
      rule: 'any text is a name',
      over: { labels: { SERVICE_NAME: 'a b/ü' } },
      names: ['a b/ü'],
    },
    { rule: 'several ports end the names', over: { ports: [http, https] }, names: ['web-80', 'web-443'] },
    {
      rule: 'several ports end a general name as well',
      over: { ports: [http, https], labels: { SERVICE_NAME: 'shop' } },
      names: ['shop-80', 'shop-443'],
    },
    {
      rule: 'a name for the port stays bare',
      over: { ports: [http, https], labels: { SERVICE_80_NAME: 'shop' } },
      names: ['shop', 'web-443'],
    },
    {
      rule: 'an empty name for the port gives the bare name of the image',
      over: { ports: [http, https], labels: { SERVICE_NAME: 'shop', SERVICE_80_NAME: '' } },
      names: ['web', 'shop-443'],
    },
    {
      rule: 'an ignored port counts as one of several',
      over: { ports: [http, https], labels: { SERVICE_443_IGNORE: 'true' } },
      names: ['web-80'],
    },
    { rule: 'an exposed port does not', over: { ports: [http, exposed] }, names: ['web'] },
    { rule: 'both protocols of a port share a name', over: { ports: [dnsTcp, dnsUdp] }, names: ['web-53', 'web-53'] },
    {
      rule: 'each protocol of a port may have its own',
      over: { ports: [dnsTcp, dnsUdp], labels: { SERVICE_53_NAME: 'dns', SERVICE_53_UDP_NAME: 'dns-udp' } },
      names: ['dns', 'dns-udp'],
    },
  ])('$rule', ({ over, names }) => {
    expect(services(over).map(({ name }) => name)).toEqual(names);
  });

  it('counts exposed ports with --internal', () => {
    expect(services({ ports: [http, exposed] }, { internal: true }).map(({ name, port }) => ({ name, port }))).toEqual([
      { name: 'web-80', port: 80 },
      { name: 'web-9000', port: 9000 },
    ]);
  });
});
