import { describe, expect, it } from 'vitest';
import type { ContainerPort, ContainerSnapshot } from '../../../src/domain/container.ts';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import { type DesiredOptions, desiredRegistrations } from '../../../src/registration/desired.ts';
import { aContainer, http } from '../../support/containers.ts';
import { desiredOptions } from '../../support/registration-options.ts';
import { aService } from '../../support/services.ts';

const OPTIONS = desiredOptions;

/** What is registered of all containers, whole, and why the other ports are not. */
function derive(containers: readonly ContainerSnapshot[], options: Partial<DesiredOptions> = {}) {
  const { registrations, containers: outcomes } = desiredRegistrations(containers, { ...OPTIONS, ...options });
  return {
    services: [...registrations.values()].map(({ service }) => service),
    reasons: outcomes.flatMap(({ container, ports }) =>
      ports.flatMap((outcome) => (outcome.kind === 'skipped' ? [`${container.name} ${outcome.reason}`] : [])),
    ),
  };
}
const only = (over: Partial<ServiceDefinition>) => ({ services: [aService(over)], reasons: [] });
const none = (...reasons: readonly string[]) => ({ services: [], reasons });

const binding = (hostIp: string, hostPort = 32_080): ContainerPort => ({ ...http, bindings: [{ hostIp, hostPort }] });

describe('rule R-address', () => {
  it.each<{
    rule: string;
    over?: Partial<ContainerSnapshot>;
    options?: Partial<DesiredOptions>;
    is: Partial<ServiceDefinition>;
  }>([
    { rule: 'a host port goes with the host address', is: {} },
    {
      rule: 'a host port goes with the host address on a network of its own, too',
      over: { networkMode: 'shop', networks: [{ name: 'shop', ipAddress: '172.22.0.2' }] },
      is: {},
    },
    {
      rule: 'a host port goes with the host address on a network by its ID, too',
      over: { networkMode: 'f00d'.padEnd(64, '0'), networks: [{ name: 'shop', ipAddress: '172.22.0.2' }] },
      is: {},
    },
    { rule: "the binding's own host IP", over: { ports: [binding('198.51.100.7')] }, is: { address: '198.51.100.7' } },
    { rule: 'loopback that the user chose', over: { ports: [binding('127.0.0.1')] }, is: { address: '127.0.0.1' } },
    {
      rule: '--ip before the binding',
      over: { ports: [binding('127.0.0.1')] },
      options: { ip: '203.0.113.5' },
      is: { address: '203.0.113.5' },
    },
    {
      rule: '--useIpFromLabel before --ip',
      over: { labels: { 'my.ip': '10.5.5.5/24' } },
      options: { ip: '203.0.113.5', useIpFromLabel: 'my.ip' },
      is: { address: '10.5.5.5' },
    },
    {
      rule: 'the usual rules where the label holds no IP',
      over: { labels: { 'my.ip': 'http://x/y' } },
      options: { useIpFromLabel: 'my.ip' },
      is: {},
    },
    {
      rule: 'a container address goes with the container port',
      options: { internal: true },
      is: { address: '172.17.0.2', port: 80 },
    },
    {
      rule: 'the IPv4 binding of several, wherever it stands',
      over: {
        ports: [
          {
            ...http,
            bindings: [
              { hostIp: '::', hostPort: 1 },
              { hostIp: '0.0.0.0', hostPort: 2 },
            ],
          },
        ],
      },
      is: { port: 2 },
    },
    {
      rule: 'the next binding after one whose port is none',
      over: {
        ports: [
          {
            ...http,
            bindings: [
              { hostIp: '0.0.0.0', hostPort: 0 },
              { hostIp: '::', hostPort: 2 },
            ],
          },
        ],
      },
      is: { port: 2 },
    },
  ])('$rule', ({ over = {}, options, is }) => {
    expect(derive([aContainer(over)], options)).toEqual(only(is));
  });

  it.each<{ rule: string; over?: Partial<ContainerSnapshot>; options?: Partial<DesiredOptions>; reason: string }>([
    {
      rule: 'nothing known of the host',
      options: { hostAddress: undefined },
      reason: 'web.1 has no address: that of the host is unknown; set --host-address',
    },
    {
      rule: "no address of its own on the host's network",
      over: { networkMode: 'host', networks: [{ name: 'host', ipAddress: '' }] },
      options: { internal: true },
      reason: 'web.1 has no container address, which --internal asks for',
    },
    { rule: 'no port of the host', over: { ports: [binding('0.0.0.0', 0)] }, reason: 'web.1 is not published' },
  ])('with nothing left the port is not registered, and the reason is shown: $rule', ({ over, options, reason }) => {
    expect(derive([aContainer(over)], options)).toEqual(none(reason));
  });
});

describe('rule R-none', () => {
  it.each([{ internal: false }, { internal: true }])(
    'leaves out a container in no network: internal $internal',
    (options) => {
      const over = { networkMode: 'none', networks: [{ name: 'none', ipAddress: '' }] };
      expect(derive([aContainer(over)], options)).toEqual(none('web.1 is in no network'));
    },
  );

  it('leaves out a container that has ended', () => {
    expect(derive([aContainer({ state: 'exited', exitCode: 0 })])).toEqual(none());
  });
});

describe('rule R-network', () => {
  const networks = [
    { name: 'a-backend', ipAddress: '172.23.0.2' },
    { name: 'bridge', ipAddress: '172.17.0.2' },
    { name: 'docker_gwbridge', ipAddress: '172.18.0.3' },
    { name: 'ingress', ipAddress: '10.0.0.9' },
    { name: 'shop', ipAddress: '172.22.0.2' },
  ];

  it.each<{ rule: string; label: string; flag: string | undefined; without: readonly string[]; address: string }>([
    { rule: 'SERVICE_NETWORK first', label: 'shop', flag: 'a-backend', without: [], address: '172.22.0.2' },
    { rule: 'then --network', label: '', flag: 'a-backend', without: [], address: '172.23.0.2' },
    { rule: 'then the default bridge', label: '', flag: undefined, without: [], address: '172.17.0.2' },
    { rule: 'then the first by name', label: '', flag: undefined, without: ['bridge'], address: '172.23.0.2' },
    {
      rule: "but for Swarm's own",
      label: '',
      flag: undefined,
      without: ['bridge', 'a-backend'],
      address: '172.22.0.2',
    },
    { rule: 'the next where it is in none of that name', label: 'x', flag: 'y', without: [], address: '172.17.0.2' },
  ])('takes the address of $rule', ({ label, flag, without, address }) => {
    const over = {
      labels: { SERVICE_NETWORK: label },
      networks: networks.filter(({ name }) => !without.includes(name)),
    };
    expect(derive([aContainer(over)], { internal: true, network: flag })).toEqual(only({ address, port: 80 }));
  });
});

describe('rule R-container-mode', () => {
  const exposed: ContainerPort = { port: 8080, protocol: 'tcp', bindings: [] };
  const published: ContainerPort = { ...exposed, bindings: [{ hostIp: '0.0.0.0', hostPort: 22_601 }] };
  const PEER = 'feed'.padEnd(64, '0');
  const side = (over: Partial<ContainerSnapshot> = {}) =>
    aContainer({ id: 'side', name: 'side', ports: [exposed], networkMode: `container:${PEER}`, networks: [], ...over });
  const peer = (over: Partial<ContainerSnapshot> = {}) =>
    aContainer({ id: PEER, name: 'peer', ports: [published], labels: { SERVICE_IGNORE: 'true' }, ...over });
  const sideService = (over: Partial<ServiceDefinition>) =>
    aService({
      id: 'node-a:side:8080',
      port: 22_601,
      origin: { containerId: 'side', containerName: 'side', port: 8080, protocol: 'tcp' },
      ...over,
    });
  const IGNORED = 'peer is ignored by SERVICE_IGNORE';

  it.each<{
    rule: string;
    one?: Partial<ContainerSnapshot>;
    other?: Partial<ContainerSnapshot>;
    options?: Partial<DesiredOptions>;
    is: Partial<ServiceDefinition>;
  }>([
    { rule: "the peer's published port and the host address", is: {} },
    {
      rule: 'the same where the peer is on a network of its own',
      other: { networkMode: 'shop', networks: [{ name: 'shop', ipAddress: '172.22.0.2' }] },
      is: {},
    },
    {
      rule: 'the address that the port of the peer is bound to',
      other: { ports: [{ ...exposed, bindings: [{ hostIp: '198.51.100.7', hostPort: 1 }] }] },
      is: { address: '198.51.100.7', port: 1 },
    },
    { rule: '--ip as elsewhere', options: { ip: '10.1.2.3' }, is: { address: '10.1.2.3' } },
    {
      rule: '--useIpFromLabel as elsewhere',
      one: { labels: { 'my.ip': '10.5.5.5' } },
      options: { useIpFromLabel: 'my.ip' },
      is: { address: '10.5.5.5' },
    },
    {
      rule: "the port itself where the peer is on the host's network",
      other: { networkMode: 'host', networks: [{ name: 'host', ipAddress: '' }], ports: [exposed] },
      is: { port: 8080 },
    },
    {
      rule: "with --internal the peer's container address and the own port",
      options: { internal: true },
      is: { address: '172.17.0.2', port: 8080 },
    },
    {
      rule: "with --internal the peer's address in the network that the container names",
      one: { labels: { SERVICE_NETWORK: 'shop' } },
      other: {
        networks: [
          { name: 'bridge', ipAddress: '172.17.0.2' },
          { name: 'shop', ipAddress: '172.22.0.2' },
        ],
      },
      options: { internal: true },
      is: { address: '172.22.0.2', port: 8080 },
    },
  ])('registers $rule', ({ one, other, options, is }) => {
    expect(derive([side(one), peer(other)], options)).toEqual({ services: [sideService(is)], reasons: [IGNORED] });
  });

  it('registers a container at the end of a chain', () => {
    const middle = aContainer({
      id: 'middle',
      name: 'middle',
      ports: [],
      networkMode: `container:${PEER}`,
      networks: [],
    });
    expect(derive([side({ networkMode: 'container:middle' }), middle, peer()])).toEqual({
      services: [sideService({})],
      reasons: [IGNORED],
    });
  });

  it.each<{ rule: string; others: readonly ContainerSnapshot[]; reasons: readonly string[] }>([
    {
      rule: 'is not there',
      others: [],
      reasons: ['side shares the network of the container feed00000000, which is not known to run'],
    },
    {
      rule: 'has ended',
      others: [peer({ state: 'exited' })],
      reasons: ['side shares the network of peer, which is exited'],
    },
    {
      rule: 'is in no network',
      others: [peer({ networkMode: 'none' })],
      reasons: [IGNORED, 'side shares the network of peer, which is in no network'],
    },
    {
      rule: 'does not publish the port',
      others: [peer({ ports: [exposed] })],
      reasons: [IGNORED, 'side is not published by peer, whose network it shares'],
    },
    {
      rule: 'publishes it for another protocol',
      others: [peer({ ports: [{ ...published, protocol: 'udp' }] })],
      reasons: [IGNORED, 'side is not published by peer, whose network it shares'],
    },
  ])('names a peer that $rule', ({ others, reasons }) => {
    expect(derive([side(), ...others])).toEqual(none(...reasons));
  });

  it('says so when the peer has no address with --internal', () => {
    const other = peer({ networkMode: 'host', networks: [{ name: 'host', ipAddress: '' }] });
    expect(derive([side(), other], { internal: true })).toEqual(
      none(IGNORED, 'side has no container address, which --internal asks for'),
    );
  });
});
