import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot, PortBinding } from '../../../src/domain/container.ts';
import { containerNetwork } from '../../../src/registration/container-network.ts';
import { metadataForPort, type Warning } from '../../../src/registration/metadata.ts';
import { type AddressOptions, type AddressOutcome, serviceAddress } from '../../../src/registration/service-address.ts';
import { aContainer, http } from '../../support/containers.ts';

const NO_OPTIONS: AddressOptions = {
  hostAddress: '192.0.2.10',
  ip: undefined,
  internal: false,
  useIpFromLabel: undefined,
  network: undefined,
};

interface Situation {
  readonly container?: Partial<ContainerSnapshot>;
  readonly bindings?: readonly PortBinding[];
  readonly options?: Partial<AddressOptions>;
}

const PUBLISHED = 'rule: the published port';
const OWN_PORT = 'rule: the container port';

function place({ container: over = {}, bindings = http.bindings, options = {} }: Situation): AddressOutcome {
  const port = { ...http, bindings };
  const container = aContainer({ ...over, ports: [port] });
  const network = containerNetwork(container, undefined);
  if (network.kind === 'unconnected') throw new Error(network.reason);
  const { metadata } = metadataForPort(container, port);
  return serviceAddress({ container, port, network, metadata, options: { ...NO_OPTIONS, ...options } });
}

/** What is found, and the warnings as `label=value problem`. */
const at = (address: string, from: string, port: number, portFrom = PUBLISHED): AddressOutcome => ({
  kind: 'found',
  address: { value: address, from },
  port: { value: port, from: portFrom },
  warnings: [],
});
const nowhere = (reason: string): AddressOutcome => ({ kind: 'none', reason, warnings: [] });
const warned = (outcome: AddressOutcome, ...warnings: readonly Warning[]): AddressOutcome => ({ ...outcome, warnings });
const loopback = (label: string, value: string): Warning => ({
  label,
  value,
  problem: 'is a loopback address, which other hosts cannot reach; it is registered as it is',
});
const noIp = (label: string, value: string): Warning => ({
  label,
  value,
  problem: 'is no IP address; the usual address is used instead',
});
const noHost = (label: string, value: string): Warning => ({
  label,
  value,
  problem: 'is no address of a host; the usual address is used instead',
});

const any = (hostPort: number): PortBinding => ({ hostIp: '0.0.0.0', hostPort });
const anyV6 = (hostPort: number): PortBinding => ({ hostIp: '::', hostPort });
const bound = (hostIp: string, hostPort: number): PortBinding => ({ hostIp, hostPort });

const HOST = 'rule: the host address';
const BOUND = 'rule: the address that the port is bound to';

describe('serviceAddress of a published port', () => {
  it.each<Situation & { rule: string; found: AddressOutcome }>([
    {
      rule: 'is the host address for a port that is bound to all addresses',
      bindings: [any(8080), anyV6(8080)],
      found: at('192.0.2.10', HOST, 8080),
    },
    {
      rule: 'is the host address for a binding to IPv6 only',
      bindings: [anyV6(8080)],
      found: at('192.0.2.10', HOST, 8080),
    },
    {
      rule: 'is the host address for a binding without an address',
      bindings: [bound('', 8080)],
      found: at('192.0.2.10', HOST, 8080),
    },
    {
      rule: 'is the address that the port is bound to',
      bindings: [bound('198.51.100.7', 8080)],
      found: at('198.51.100.7', BOUND, 8080),
    },
    {
      rule: 'is an IPv6 address where the user chose one',
      bindings: [bound('2001:db8::7', 8080)],
      found: at('2001:db8::7', BOUND, 8080),
    },
    {
      rule: 'is the first IPv4 binding that others can reach',
      bindings: [anyV6(8081), bound('127.0.0.1', 8082), bound('198.51.100.7', 8083), any(8084)],
      found: at('198.51.100.7', BOUND, 8083),
    },
    {
      rule: 'is the first IPv4 binding where none can be reached by others',
      bindings: [bound('2001:db8::7', 8081), bound('127.0.0.2', 8082), bound('127.0.0.1', 8083)],
      found: warned(at('127.0.0.2', BOUND, 8082), loopback('80/tcp', '127.0.0.2')),
    },
    {
      rule: 'passes over bindings without a valid port',
      bindings: [any(0), any(65_536), bound('198.51.100.7', 65_535)],
      found: at('198.51.100.7', BOUND, 65_535),
    },
    {
      rule: 'passes over a binding to what is no IP',
      bindings: [bound('eth0', 8080)],
      found: warned(at('192.0.2.10', HOST, 8080), noIp('80/tcp', 'eth0')),
    },
    {
      rule: 'goes with the host address on a network of its own too',
      container: { networkMode: 'shop', networks: [{ name: 'shop', ipAddress: '172.22.0.2' }] },
      found: at('192.0.2.10', HOST, 32_080),
    },
    {
      rule: "is the exposed port itself on the host's network",
      container: { networkMode: 'host', networks: [{ name: 'host', ipAddress: '' }] },
      bindings: [],
      found: at('192.0.2.10', HOST, 80),
    },
    {
      rule: 'is --ip instead of the host address',
      options: { ip: '203.0.113.5' },
      found: at('203.0.113.5', '--ip', 32_080),
    },
    {
      rule: 'is --ip instead of a loopback binding, of which nobody need hear then',
      bindings: [bound('127.0.0.1', 8080)],
      options: { ip: '203.0.113.5' },
      found: at('203.0.113.5', '--ip', 8080),
    },
    {
      rule: 'is --ip where the host address is unknown',
      options: { ip: '203.0.113.5', hostAddress: undefined },
      found: at('203.0.113.5', '--ip', 32_080),
    },
    {
      rule: 'is the usual address where --ip means all addresses',
      options: { ip: '0.0.0.0' },
      found: warned(at('192.0.2.10', HOST, 32_080), noHost('--ip', '0.0.0.0')),
    },
    {
      rule: 'has nothing to do with --network',
      container: { labels: { SERVICE_NETWORK: 'nowhere' } },
      options: { network: 'shop' },
      found: at('192.0.2.10', HOST, 32_080),
    },
  ])('$rule', ({ found, ...situation }) => {
    expect(place(situation)).toEqual(found);
  });

  it.each<Situation & { rule: string; none: AddressOutcome }>([
    { rule: 'an exposed port', bindings: [], none: nowhere('is not published') },
    { rule: 'bindings without a valid port', bindings: [any(0), any(70_000)], none: nowhere('is not published') },
    {
      rule: 'an exposed port with --ip',
      bindings: [],
      options: { ip: '203.0.113.5' },
      none: nowhere('is not published'),
    },
    {
      rule: 'an exposed port whose address and port are set: that publishes nothing',
      bindings: [],
      container: { labels: { SERVICE_80_ADDRESS: '203.0.113.5', SERVICE_80_PORT: '8080' } },
      none: nowhere('is not published'),
    },
    {
      rule: 'a port on all addresses of an unknown host',
      options: { hostAddress: undefined },
      none: nowhere('has no address: that of the host is unknown; set --host-address'),
    },
    {
      rule: 'a host address that is none',
      options: { hostAddress: '::' },
      none: warned(
        nowhere('has no address: that of the host is unknown; set --host-address'),
        noHost('--host-address', '::'),
      ),
    },
  ])('is none for $rule', ({ none, ...situation }) => {
    expect(place(situation)).toEqual(none);
  });
});

describe('serviceAddress that the user chose on the loopback interface', () => {
  it.each<Situation & { what: string; found: AddressOutcome }>([
    {
      what: 'by --ip',
      options: { ip: '127.0.0.1' },
      found: warned(at('127.0.0.1', '--ip', 32_080), loopback('--ip', '127.0.0.1')),
    },
    {
      what: 'by --host-address',
      options: { hostAddress: '127.0.0.1' },
      found: warned(at('127.0.0.1', HOST, 32_080), loopback('--host-address', '127.0.0.1')),
    },
    {
      what: 'by a binding',
      bindings: [bound('127.0.0.1', 8080)],
      found: warned(at('127.0.0.1', BOUND, 8080), loopback('80/tcp', '127.0.0.1')),
    },
    {
      what: 'by a binding to IPv6',
      bindings: [bound('::1', 8080)],
      found: warned(at('::1', BOUND, 8080), loopback('80/tcp', '::1')),
    },
    {
      what: 'by the label of --useIpFromLabel',
      container: { labels: { 'my.ip': '127.0.0.9' } },
      options: { useIpFromLabel: 'my.ip' },
      found: warned(at('127.0.0.9', 'label my.ip', 32_080), loopback('my.ip', '127.0.0.9')),
    },
    {
      what: 'by SERVICE_ADDRESS',
      container: { labels: { SERVICE_80_ADDRESS: '127.0.0.9' } },
      found: warned(at('127.0.0.9', 'label SERVICE_80_ADDRESS', 32_080), loopback('SERVICE_80_ADDRESS', '127.0.0.9')),
    },
  ])('is taken as it is, with a warning unless only this host reads the registry: $what', ({ found, ...situation }) => {
    expect(place(situation)).toEqual(found);
    const local = { ...situation, options: { ...situation.options, isLocalRegistry: true } };
    expect(place(local)).toEqual({ ...found, warnings: [] });
  });
});

describe('serviceAddress with --internal', () => {
  const shop = { name: 'shop', ipAddress: '172.22.0.2' };
  const bridge = { name: 'bridge', ipAddress: '172.17.0.2' };
  const ingress = { name: 'ingress', ipAddress: '10.0.0.9' };
  const gateway = { name: 'docker_gwbridge', ipAddress: '172.18.0.3' };
  const backend = { name: 'a-backend', ipAddress: '172.23.0.2' };
  const inside = (address: string, network: string) =>
    at(address, `rule: the container's address in the network ${network}`, 80, OWN_PORT);
  const noNetwork = (label: string, value: string): Warning => ({
    label,
    value,
    problem: 'is no network in which the container has an address; another one is used instead',
  });

  it.each([
    { rule: 'the default bridge', networks: [backend, bridge, shop], found: inside('172.17.0.2', 'bridge') },
    { rule: 'the first other network', networks: [backend, shop], found: inside('172.23.0.2', 'a-backend') },
    { rule: "never Swarm's own networks", networks: [gateway, ingress, shop], found: inside('172.22.0.2', 'shop') },
    {
      rule: 'a network that gave an address',
      networks: [
        { name: 'bridge', ipAddress: '' },
        { name: 'empty', ipAddress: 'invalid IP' },
        { name: 'loop', ipAddress: '127.0.0.1' },
        { name: 'none', ipAddress: '0.0.0.0' },
        shop,
      ],
      found: inside('172.22.0.2', 'shop'),
    },
  ])('is the container address and port on $rule', ({ networks, found }) => {
    expect(place({ container: { networks }, bindings: [], options: { internal: true } })).toEqual(found);
  });

  it.each<{ rule: string; label?: string; flag?: string; found: AddressOutcome }>([
    { rule: 'SERVICE_NETWORK names', label: 'shop', found: inside('172.22.0.2', 'shop, by SERVICE_NETWORK') },
    { rule: '--network names', flag: 'shop', found: inside('172.22.0.2', 'shop, by --network') },
    {
      rule: 'SERVICE_NETWORK names, rather than --network',
      label: 'shop',
      flag: 'ingress',
      found: inside('172.22.0.2', 'shop, by SERVICE_NETWORK'),
    },
    {
      rule: "the user chose, even of Swarm's own",
      label: 'ingress',
      found: inside('10.0.0.9', 'ingress, by SERVICE_NETWORK'),
    },
    {
      rule: '--network names where SERVICE_NETWORK names none of the container',
      label: 'nowhere',
      flag: 'shop',
      found: warned(inside('172.22.0.2', 'shop, by --network'), noNetwork('SERVICE_NETWORK', 'nowhere')),
    },
    {
      rule: 'is the default bridge where neither names one of the container',
      label: 'nowhere',
      flag: 'elsewhere',
      found: warned(
        inside('172.17.0.2', 'bridge'),
        noNetwork('SERVICE_NETWORK', 'nowhere'),
        noNetwork('--network', 'elsewhere'),
      ),
    },
    { rule: 'is usual where SERVICE_NETWORK is blank', label: ' ', found: inside('172.17.0.2', 'bridge') },
  ])('is the address in the network that $rule', ({ label, flag, found }) => {
    const labels = label === undefined ? {} : { SERVICE_NETWORK: label };
    const container = { labels, networks: [bridge, ingress, shop] };
    expect(place({ container, options: { internal: true, network: flag } })).toEqual(found);
  });

  it('does not heed --ip and published ports', () => {
    expect(place({ options: { internal: true, ip: '203.0.113.5' } })).toEqual(inside('172.17.0.2', 'bridge'));
  });

  it.each([
    { where: "on the host's network", networks: [{ name: 'host', ipAddress: '' }] },
    { where: 'in no network', networks: [] },
    { where: "on Swarm's own networks alone", networks: [gateway, ingress] },
  ])('is none $where', ({ networks }) => {
    expect(place({ container: { networkMode: 'host', networks }, options: { internal: true } })).toEqual(
      nowhere('has no container address, which --internal asks for'),
    );
  });
});

describe('serviceAddress with --useIpFromLabel', () => {
  const FROM = 'label my.ip';
  const fromLabel = (value: string, situation: Situation = {}) =>
    place({
      ...situation,
      container: { ...situation.container, labels: { 'my.ip': value } },
      options: { ...situation.options, useIpFromLabel: 'my.ip' },
    });

  it.each([
    { value: '10.5.5.5', address: '10.5.5.5' },
    { value: ' 10.5.5.5 ', address: '10.5.5.5' },
    { value: '10.5.5.5/24', address: '10.5.5.5' },
    { value: '2001:db8::9/64', address: '2001:db8::9' },
  ])('is $address for the label $value', ({ value, address }) => {
    expect(fromLabel(value)).toEqual(at(address, FROM, 32_080));
  });

  it.each(['http://x/y', 'host.example', '10.5.5', '10.5.5.5:80', '/', 'fe80::1%eth0/64'])(
    'falls back on the usual address for the label "%s", and says so',
    (value) => {
      expect(fromLabel(value)).toEqual(warned(at('192.0.2.10', HOST, 32_080), noIp('my.ip', value)));
    },
  );

  it('falls back on the usual address for a label that means all addresses', () => {
    expect(fromLabel('0.0.0.0')).toEqual(warned(at('192.0.2.10', HOST, 32_080), noHost('my.ip', '0.0.0.0')));
  });

  it.each(['', ' '])('falls back on the usual address for the label "%s", which is not set', (value) => {
    expect(fromLabel(value)).toEqual(at('192.0.2.10', HOST, 32_080));
  });

  it('falls back on the usual address without the label, and never reads a variable', () => {
    const container = { env: { SERVICE_IP: '10.5.5.5' } };
    expect(place({ container, options: { useIpFromLabel: 'SERVICE_IP' } })).toEqual(at('192.0.2.10', HOST, 32_080));
  });

  it.each<Situation & { what: string; port: number; portFrom?: string }>([
    { what: '--ip', options: { ip: '203.0.113.5' }, port: 32_080 },
    { what: 'the binding', bindings: [bound('198.51.100.7', 8080)], port: 8080 },
    {
      what: 'the container address, with the port of the container',
      options: { internal: true },
      port: 80,
      portFrom: OWN_PORT,
    },
    { what: 'a host address that is unknown', options: { hostAddress: undefined }, port: 32_080 },
    {
      what: 'a container address that is missing',
      container: { networks: [] },
      options: { internal: true },
      port: 80,
      portFrom: OWN_PORT,
    },
  ])('replaces $what', ({ port, portFrom, ...situation }) => {
    expect(fromLabel('10.5.5.5', situation)).toEqual(at('10.5.5.5', FROM, port, portFrom));
  });

  it('publishes no port that Docker does not publish', () => {
    expect(fromLabel('10.5.5.5', { bindings: [] })).toEqual(nowhere('is not published'));
  });
});

describe('serviceAddress with SERVICE_ADDRESS and SERVICE_PORT', () => {
  const usual = at('192.0.2.10', HOST, 32_080);
  const noPort = (value: string): Warning => ({
    label: 'SERVICE_PORT',
    value,
    problem: 'is no port from 1 to 65535; the usual port is used instead',
  });

  it.each<Situation & { rule: string; found: AddressOutcome }>([
    {
      rule: 'the address replaces the usual one, and the port stays',
      container: { labels: { SERVICE_ADDRESS: ' 203.0.113.9 ' } },
      found: at('203.0.113.9', 'label SERVICE_ADDRESS', 32_080),
    },
    {
      rule: 'the port replaces the usual one, and the address stays',
      container: { env: { SERVICE_PORT: ' 8443 ' } },
      found: at('192.0.2.10', HOST, 8443, 'environment SERVICE_PORT'),
    },
    {
      rule: 'those for the port beat the general ones',
      container: {
        labels: {
          SERVICE_ADDRESS: '203.0.113.1',
          SERVICE_80_ADDRESS: '203.0.113.2',
          SERVICE_PORT: '1',
          SERVICE_80_TCP_PORT: '2',
        },
      },
      found: at('203.0.113.2', 'label SERVICE_80_ADDRESS', 2, 'label SERVICE_80_TCP_PORT'),
    },
    {
      rule: 'the address beats --useIpFromLabel, --ip and the binding',
      container: { labels: { SERVICE_ADDRESS: '2001:db8::9', 'my.ip': '10.5.5.5' } },
      bindings: [bound('198.51.100.7', 8080)],
      options: { ip: '203.0.113.5', useIpFromLabel: 'my.ip' },
      found: at('2001:db8::9', 'label SERVICE_ADDRESS', 8080),
    },
    {
      rule: 'both replace those of the container with --internal',
      container: { labels: { SERVICE_ADDRESS: '203.0.113.9', SERVICE_PORT: '65535' } },
      options: { internal: true },
      found: at('203.0.113.9', 'label SERVICE_ADDRESS', 65_535, 'label SERVICE_PORT'),
    },
    {
      rule: 'the address does where the host address is unknown',
      container: { labels: { SERVICE_ADDRESS: '203.0.113.9' } },
      options: { hostAddress: undefined },
      found: at('203.0.113.9', 'label SERVICE_ADDRESS', 32_080),
    },
    { rule: 'empty ones are not set', container: { labels: { SERVICE_ADDRESS: '', SERVICE_PORT: ' ' } }, found: usual },
  ])('$rule', ({ found, ...situation }) => {
    expect(place(situation)).toEqual(found);
  });

  it.each(['host.example', '203.0.113', '203.0.113.9/24', 'fe80::1%eth0'])(
    'an address that is no IP costs only itself: %s',
    (value) => {
      const labels = { SERVICE_ADDRESS: value, SERVICE_PORT: '8443' };
      expect(place({ container: { labels } })).toEqual(
        warned(at('192.0.2.10', HOST, 8443, 'label SERVICE_PORT'), noIp('SERVICE_ADDRESS', value)),
      );
    },
  );

  it('an address that means all addresses costs only itself', () => {
    expect(place({ container: { labels: { SERVICE_ADDRESS: '::' } } })).toEqual(
      warned(usual, noHost('SERVICE_ADDRESS', '::')),
    );
  });

  it.each(['0', '65536', '-1', '80.5', '8o', '0x50', 'tcp://172.17.0.5:6379', '000080'])(
    'a port that is none costs only itself: %s',
    (value) => {
      expect(place({ container: { labels: { SERVICE_PORT: value } } })).toEqual(warned(usual, noPort(value)));
    },
  );
});
