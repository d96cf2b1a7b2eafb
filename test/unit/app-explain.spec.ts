import { hostname } from 'node:os';
import { describe, expect, it } from 'vitest';
import { explainInspected } from '../../src/app-explain.ts';
import { type Configuration, loadConfiguration } from '../../src/config/load.ts';
import type { OptionName } from '../../src/config/options.ts';

type Flags = Partial<Record<OptionName, string>>;

function configure(flags: Flags = {}, registry = 'consul://127.0.0.1:8500'): Configuration {
  const given = new Map(Object.entries({ hostname: 'node-a', hostAddress: '192.0.2.10', ...flags }));
  const loaded = loadConfiguration({ registry, flags: given as Map<OptionName, string>, environment: {} });
  if (loaded.kind !== 'configuration') throw new Error(JSON.stringify(loaded));
  return loaded.configuration;
}

const entry = (name: string, { labels = {}, hostIp = '0.0.0.0', networkMode = 'default', created = '1' } = {}) => ({
  Id: name.padEnd(64, '0'),
  Name: `/${name}`,
  Created: `2026-01-0${created}T00:00:00Z`,
  State: { Status: 'running' },
  Config: { Image: 'team/web:1.2', Labels: labels, ExposedPorts: { '80/tcp': {} } },
  HostConfig: { NetworkMode: networkMode },
  NetworkSettings: {
    Ports: networkMode.startsWith('container:') ? {} : { '80/tcp': [{ HostIp: hostIp, HostPort: '32080' }] },
    Networks: { bridge: { IPAddress: '172.17.0.2' } },
  },
});

function explain(
  entries: readonly unknown[],
  flags?: Flags,
  { registry = undefined as string | undefined, wanted = [] as readonly string[] } = {},
) {
  return explainInspected({ configuration: configure(flags, registry), text: JSON.stringify(entries), wanted });
}

/** `container: id at address:port`, or why not, of each port. */
function verdicts(...args: Parameters<typeof explain>): unknown {
  const outcome = explain(...args);
  if (outcome.kind !== 'explained') return outcome;
  return outcome.explanation.containers.flatMap(({ name, ports }) =>
    ports.map(({ isRegistered, service, reason }) =>
      isRegistered ? `${name}: ${service?.id} at ${service?.address}:${service?.port}` : `${name}: ${reason}`,
    ),
  );
}

describe('explainInspected', () => {
  it('says who would register, and all containers in their order', () => {
    expect(explain([entry('web'), entry('api')])).toMatchObject({
      kind: 'explained',
      explanation: {
        hostname: 'node-a',
        hostnameRule: '--hostname',
        hostAddress: '192.0.2.10',
        hostAddressRule: '--host-address',
        containers: [{ name: 'web' }, { name: 'api' }],
      },
    });
  });

  it('knows this machine by its name', () => {
    expect(explain([], { hostname: '' })).toMatchObject({
      explanation: { hostname: hostname(), hostnameRule: "this machine's name" },
    });
  });

  it('finds out the host address, or says why not', () => {
    const outcome = explain([], { hostAddress: '' });
    const { hostAddress, hostAddressRule } = outcome.kind === 'explained' ? outcome.explanation : {};
    expect(hostAddressRule).toMatch(
      hostAddress === undefined ? /Portolan runs|there is neither/ : /^the source address/,
    );
  });

  it('heeds the options of the daemon', () => {
    expect(verdicts([entry('web')], { ip: '203.0.113.5' })).toEqual(['web: node-a:web:80 at 203.0.113.5:32080']);
    expect(verdicts([entry('web')], { internal: 'true' })).toEqual(['web: node-a:web:80 at 172.17.0.2:80']);
    expect(verdicts([entry('web')], { explicit: 'true' })).toEqual(['web: has no name, which --explicit asks for']);
  });

  it('sees that two containers want one ID', () => {
    const labels = { SERVICE_ID: 'same' };
    expect(verdicts([entry('newer', { labels, created: '2' }), entry('older', { labels })])).toEqual([
      'newer: the ID same belongs to the older container older',
      'older: same at 192.0.2.10:32080',
    ]);
  });

  it("sees that a container wants the ID of Portolan's own service, which is not there in memory or without admin", () => {
    const entries = [entry('web', { labels: { SERVICE_ID: 'portolan:node-a' } })];
    const mine = ['web: portolan:node-a at 192.0.2.10:32080'];
    expect(verdicts(entries)).toEqual(['web: the ID portolan:node-a belongs to the older container portolan']);
    expect(verdicts(entries, {}, { registry: 'memory://' })).toEqual(mine);
    expect(verdicts(entries, { admin: 'off' })).toEqual(mine);
  });

  it('finds the container whose network another shares', () => {
    const side = entry('side', { networkMode: `container:${'web'.padEnd(64, '0')}` });
    expect(verdicts([side, entry('web')])).toEqual([
      'side: node-a:side:80 at 192.0.2.10:32080',
      'web: node-a:web:80 at 192.0.2.10:32080',
    ]);
    expect(verdicts([side])).toEqual([
      'side: shares the network of the container web000000000, which is not known to run',
    ]);
  });

  it('explains only whom one asks for, among the others', () => {
    const labels = { SERVICE_ID: 'same' };
    const entries = [entry('newer', { labels, created: '2' }), entry('older', { labels })];
    expect(verdicts(entries, {}, { wanted: ['newer'] })).toEqual([
      'newer: the ID same belongs to the older container older',
    ]);
    expect(explain(entries, {}, { wanted: ['newest'] })).toEqual({
      kind: 'unknown',
      reason: 'there is no container newest',
      nearest: ['newer'],
    });
  });

  it('warns of loopback addresses unless the registry is local', () => {
    const warnings = (registry: string) => {
      const outcome = explain([entry('web', { hostIp: '127.0.0.1' })], {}, { registry });
      return outcome.kind === 'explained' && outcome.explanation.containers[0]?.warnings.map(({ label }) => label);
    };
    expect([warnings('consul://127.0.0.1:8500'), warnings('memory://')]).toEqual([['80/tcp'], []]);
  });

  it('shows the tags that a template makes, and why it does not', () => {
    const tagsOf = (tags: string) => {
      const outcome = explain([entry('web', { labels: { SERVICE_TAGS: 'own' } })], { tags });
      const [container] = outcome.kind === 'explained' ? outcome.explanation.containers : [];
      const sources = container?.ports[0]?.sources?.filter(({ field }) => field === 'tags');
      return { sources: sources?.map(({ value, from }) => `${value}: ${from}`), warnings: container?.warnings };
    };
    expect(tagsOf('eu,{{.Name}},{{.Config.Image}}')).toEqual({
      sources: ['own: label SERVICE_TAGS', 'eu,/web,team/web:1.2: template --tags'],
      warnings: [],
    });
    const failed = 'fails on this container, which goes without the tags of the template';
    const place = 'template: tags:1:2: executing "tags" at';
    expect(tagsOf('{{httpGet "http://x/"}}')).toEqual({
      sources: ['own: label SERVICE_TAGS'],
      warnings: [
        {
          label: '--tags',
          value: '{{httpGet "http://x/"}}',
          problem: `${failed}: ${place} <httpGet "http://x/">: error calling httpGet: http://x/: not asked for here; the daemon asks`,
        },
      ],
    });
  });

  it('says that a text is not what docker inspect prints', () => {
    expect(explainInspected({ configuration: configure(), text: '', wanted: [] })).toEqual({
      kind: 'unreadable',
      reason: 'it is empty',
    });
  });
});
