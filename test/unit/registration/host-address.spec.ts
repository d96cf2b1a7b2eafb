import { describe, expect, it } from 'vitest';
import type { HostNetwork, NetworkInterface } from '../../../src/domain/network.ts';
import { hostAddress, localHostAddress } from '../../../src/registration/host-address.ts';

const ipv4 = (name: string, address: string, prefix: number): NetworkInterface => ({
  name,
  address,
  family: 'IPv4',
  cidr: `${address}/${prefix}`,
});
const ipv6 = (name: string, address: string, prefix: number): NetworkInterface => ({
  name,
  address,
  family: 'IPv6',
  cidr: `${address}/${prefix}`,
});

const lo = ipv4('lo', '127.0.0.1', 8);
const eth0 = ipv4('eth0', '192.0.2.10', 24);
const docker0 = ipv4('docker0', '172.17.0.1', 16);
const bridge = ipv4('br-0123456789ab', '172.22.0.1', 16);

const host: HostNetwork = {
  kind: 'host',
  interfaces: [lo, ipv6('eth0', '2001:db8::10', 64), eth0, docker0, bridge],
  defaultInterface: 'eth0',
  gateway: '192.0.2.1',
};
const own: HostNetwork = {
  kind: 'own',
  interfaces: [lo, ipv4('eth0', '172.17.0.5', 16)],
  defaultInterface: 'eth0',
  gateway: '172.17.0.1',
};

const advertised = (address: string) => ({
  kind: 'found',
  address,
  rule: 'the advertise address of the Consul agent',
});
const ofDefaultRoute = {
  kind: 'found',
  address: '192.0.2.10',
  rule: 'the source address of the default route (eth0)',
};
const unknownInOwn = {
  kind: 'unknown',
  reason: 'Portolan runs in a network of its own, and the Consul agent tells no address of the host',
};
const unknownOnHost = {
  kind: 'unknown',
  reason: 'there is neither a default route nor an agent that advertises an address',
};

describe('hostAddress', () => {
  it.each([
    { what: 'another address of the network', address: '192.0.2.99' },
    { what: 'an address that no interface has', address: '203.0.113.5' },
    { what: 'an IPv6 address', address: '2001:db8::10' },
  ])('is what the agent advertises: $what', ({ address }) => {
    expect(hostAddress(address, host)).toEqual(advertised(address));
  });

  it('is what the agent advertises in a network of its own too', () => {
    expect(hostAddress('192.0.2.99', own)).toEqual(advertised('192.0.2.99'));
  });

  it.each([
    { what: 'no address', address: undefined },
    { what: 'an empty address', address: '' },
    { what: 'a name', address: 'consul.example' },
    { what: 'a loopback address', address: '127.0.0.1' },
    { what: 'the IPv6 loopback address', address: '::1' },
    { what: 'all addresses', address: '0.0.0.0' },
    { what: 'all IPv6 addresses', address: '::' },
    { what: 'all IPv6 addresses, in another spelling', address: '0:0:0:0:0:0:0:0' },
    { what: 'an address with a zone', address: 'fe80::1%eth0' },
    { what: 'an address of the default bridge', address: '172.17.0.3' },
    { what: "an address of a user's bridge", address: '172.22.0.3' },
  ])('is the source address of the default route where the agent advertises $what', ({ address }) => {
    expect(hostAddress(address, host)).toEqual(ofDefaultRoute);
  });

  it.each([
    { what: 'without a default route', network: { ...host, defaultInterface: undefined } },
    { what: 'where the default route has IPv6 only', network: { ...host, interfaces: [lo, ipv6('eth0', '::2', 64)] } },
    { what: 'where its interface has no address', network: { ...host, defaultInterface: 'wlan0' } },
  ])('is unknown $what', ({ network }) => {
    expect(hostAddress(undefined, network)).toEqual(unknownOnHost);
  });

  it.each([
    { what: 'no address', address: undefined },
    { what: 'an address of that network', address: '172.17.0.3' },
  ])('is unknown in a network of its own where the agent advertises $what', ({ address }) => {
    expect(hostAddress(address, own)).toEqual(unknownInOwn);
  });
});

describe('localHostAddress', () => {
  it.each([
    {
      rule: 'is the gateway in a network of its own, since that is the host',
      network: own,
      outcome: { kind: 'found', address: '172.17.0.1', rule: "the gateway of the container's network" },
    },
    { rule: 'is the source address of the default route on the host', network: host, outcome: ofDefaultRoute },
    {
      rule: 'is any other address on a host without a default route',
      network: { ...host, defaultInterface: undefined, interfaces: [lo, ipv6('eth1', '2001:db8::2', 64), bridge] },
      outcome: { kind: 'found', address: '172.22.0.1', rule: 'the address of br-0123456789ab' },
    },
    {
      rule: 'is unknown on a host with loopback alone',
      network: { ...host, defaultInterface: undefined, interfaces: [lo] },
      outcome: unknownOnHost,
    },
    {
      rule: 'is unknown in an empty network of its own',
      network: { ...own, gateway: undefined, defaultInterface: undefined, interfaces: [lo] },
      outcome: unknownInOwn,
    },
  ])('$rule', ({ network, outcome }) => {
    expect(localHostAddress(network)).toEqual(outcome);
  });
});
