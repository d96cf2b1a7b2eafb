import { describe, expect, it } from 'vitest';
import type { ContainerSnapshot, PortBinding } from '../../../src/domain/container.ts';
import {
  type AddressOptions,
  type AddressRule,
  effectiveBindings,
  serviceAddress,
} from '../../../src/registration/service-address.ts';
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

const place = ({ container = {}, bindings = http.bindings, options = {} }: Situation) =>
  serviceAddress(aContainer(container), { ...http, bindings }, { ...NO_OPTIONS, ...options });
const at = (address: string, port: number, rule: AddressRule) => ({ kind: 'found', address, port, rule });
const nowhere = (reason: string) => ({ kind: 'none', reason });

const any = (hostPort: number): PortBinding => ({ hostIp: '0.0.0.0', hostPort });
const anyV6 = (hostPort: number): PortBinding => ({ hostIp: '::', hostPort });
const bound = (hostIp: string, hostPort: number): PortBinding => ({ hostIp, hostPort });

describe('serviceAddress of a published port', () => {
  it.each<Situation & { rule: string; found: ReturnType<typeof at> }>([
    {
      rule: 'is the host address for a port that is bound to all addresses',
      bindings: [any(8080), anyV6(8080)],
      found: at('192.0.2.10', 8080, 'the host address'),
    },
    {
      rule: 'is the host address for a binding to IPv6 only',
      bindings: [anyV6(8080)],
      found: at('192.0.2.10', 8080, 'the host address'),
    },
    {
      rule: 'is the host address for a binding without an address',
      bindings: [bound('', 8080)],
      found: at('192.0.2.10', 8080, 'the host address'),
    },
    {
      rule: 'is the address that the port is bound to',
      bindings: [bound('198.51.100.7', 8080)],
      found: at('198.51.100.7', 8080, 'the address that the port is bound to'),
    },
    {
      rule: 'is a loopback address where the user chose one',
      bindings: [bound('127.0.0.1', 8080)],
      found: at('127.0.0.1', 8080, 'the address that the port is bound to'),
    },
    {
      rule: 'is an IPv6 address where the user chose one',
      bindings: [bound('2001:db8::7', 8080)],
      found: at('2001:db8::7', 8080, 'the address that the port is bound to'),
    },
    {
      rule: 'is the first IPv4 binding that others can reach',
      bindings: [anyV6(8081), bound('127.0.0.1', 8082), bound('198.51.100.7', 8083), any(8084)],
      found: at('198.51.100.7', 8083, 'the address that the port is bound to'),
    },
    {
      rule: 'is the first IPv4 binding where none can be reached by others',
      bindings: [bound('2001:db8::7', 8081), bound('127.0.0.2', 8082), bound('127.0.0.1', 8083)],
      found: at('127.0.0.2', 8082, 'the address that the port is bound to'),
    },
    {
      rule: 'passes over bindings without a valid port',
      bindings: [any(0), any(65_536), bound('198.51.100.7', 65_535)],
      found: at('198.51.100.7', 65_535, 'the address that the port is bound to'),
    },
    {
      rule: 'goes with the host address on a network of its own too',
      container: { networkMode: 'shop', networks: [{ name: 'shop', ipAddress: '172.22.0.2' }] },
      found: at('192.0.2.10', 32_080, 'the host address'),
    },
    {
      rule: "is the exposed port itself on the host's network",
      container: { networkMode: 'host', networks: [{ name: 'host', ipAddress: '' }] },
      bindings: [],
      found: at('192.0.2.10', 80, 'the host address'),
    },
    {
      rule: 'is --ip instead of the host address',
      options: { ip: '203.0.113.5' },
      found: at('203.0.113.5', 32_080, '--ip'),
    },
    {
      rule: 'is --ip instead of a loopback binding',
      bindings: [bound('127.0.0.1', 8080)],
      options: { ip: '203.0.113.5' },
      found: at('203.0.113.5', 8080, '--ip'),
    },
    {
      rule: 'is --ip where the host address is unknown',
      options: { ip: '203.0.113.5', hostAddress: undefined },
      found: at('203.0.113.5', 32_080, '--ip'),
    },
  ])('$rule', ({ found, ...situation }) => {
    expect(place(situation)).toEqual(found);
  });

  it.each<Situation & { rule: string; reason: string }>([
    { rule: 'an exposed port', bindings: [], reason: 'is not published' },
    { rule: 'bindings without a valid port', bindings: [any(0), any(70_000)], reason: 'is not published' },
    { rule: 'an exposed port with --ip', bindings: [], options: { ip: '203.0.113.5' }, reason: 'is not published' },
    {
      rule: 'a port on all addresses of an unknown host',
      options: { hostAddress: undefined },
      reason: 'has no address: that of the host is unknown; set --host-address',
    },
  ])('is none for $rule', ({ reason, ...situation }) => {
    expect(place(situation)).toEqual(nowhere(reason));
  });
});

describe('serviceAddress with --internal', () => {
  const shop = { name: 'shop', ipAddress: '172.22.0.2' };
  const bridge = { name: 'bridge', ipAddress: '172.17.0.2' };
  const ingress = { name: 'ingress', ipAddress: '10.0.0.9' };
  const gateway = { name: 'docker_gwbridge', ipAddress: '172.18.0.3' };
  const backend = { name: 'a-backend', ipAddress: '172.23.0.2' };

  it.each([
    { rule: 'the default bridge', networks: [backend, bridge, shop], address: '172.17.0.2' },
    { rule: 'the first other network', networks: [backend, shop], address: '172.23.0.2' },
    { rule: "never Swarm's own networks", networks: [gateway, ingress, shop], address: '172.22.0.2' },
    {
      rule: 'a network that gave an address',
      networks: [{ name: 'bridge', ipAddress: '' }, { name: 'empty', ipAddress: '' }, shop],
      address: '172.22.0.2',
    },
  ])('is the container address and port on $rule', ({ networks, address }) => {
    expect(place({ container: { networks }, bindings: [], options: { internal: true } })).toEqual(
      at(address, 80, 'the container address (--internal)'),
    );
  });

  it('does not heed --ip and published ports', () => {
    expect(place({ options: { internal: true, ip: '203.0.113.5' } })).toEqual(
      at('172.17.0.2', 80, 'the container address (--internal)'),
    );
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
  const rule = 'the label named by --useIpFromLabel';
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
    { value: '127.0.0.1', address: '127.0.0.1' },
  ])('is $address for the label $value', ({ value, address }) => {
    expect(fromLabel(value)).toEqual(at(address, 32_080, rule));
  });

  it.each(['', ' ', 'http://x/y', 'host.example', '10.5.5', '10.5.5.5:80', '/', 'fe80::1%eth0/64'])(
    'falls back on the usual address for the label "%s"',
    (value) => {
      expect(fromLabel(value)).toEqual(at('192.0.2.10', 32_080, 'the host address'));
    },
  );

  it('falls back on the usual address without the label', () => {
    expect(place({ options: { useIpFromLabel: 'my.ip' } })).toEqual(at('192.0.2.10', 32_080, 'the host address'));
  });

  it.each<Situation & { what: string; port: number }>([
    { what: '--ip', options: { ip: '203.0.113.5' }, port: 32_080 },
    { what: 'the binding', bindings: [bound('198.51.100.7', 8080)], port: 8080 },
    { what: 'the container address, with the port of the container', options: { internal: true }, port: 80 },
    { what: 'a host address that is unknown', options: { hostAddress: undefined }, port: 32_080 },
    { what: 'a container address that is missing', container: { networks: [] }, options: { internal: true }, port: 80 },
  ])('replaces $what', ({ port, ...situation }) => {
    expect(fromLabel('10.5.5.5', situation)).toEqual(at('10.5.5.5', port, rule));
  });

  it('publishes no port that Docker does not publish', () => {
    expect(fromLabel('10.5.5.5', { bindings: [] })).toEqual(nowhere('is not published'));
  });
});

describe('effectiveBindings', () => {
  it.each([
    { rule: 'are those of Docker', networkMode: 'default', bindings: [any(8080)], effective: [any(8080)] },
    {
      rule: "are those of Docker on the host's network too, where it knows some",
      networkMode: 'host',
      bindings: [any(8080)],
      effective: [any(8080)],
    },
    { rule: 'are none for an exposed port', networkMode: 'bridge', bindings: [], effective: [] },
    {
      rule: "are the port itself on the host's network",
      networkMode: 'host',
      bindings: [],
      effective: [bound('', 80)],
    },
  ])('$rule', ({ networkMode, bindings, effective }) => {
    expect(effectiveBindings(aContainer({ networkMode }), { ...http, bindings })).toEqual(effective);
  });
});
