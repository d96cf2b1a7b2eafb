import { describe, expect, it } from 'vitest';
import type { NetworkInterface } from '../../../src/domain/network.ts';
import type { BindSpec } from '../../../src/lib/bind-spec.ts';
import { automaticBinds, resolveBinds } from '../../../src/routing/binds.ts';

describe('automaticBinds', () => {
  it('are, on the network of the host, what its programs and containers reach', () => {
    expect(automaticBinds('host', 80)).toEqual([
      { kind: 'interface', pattern: 'lo', port: 80 },
      { kind: 'interface', pattern: 'docker0', port: 80 },
      { kind: 'interface', pattern: 'br-*', port: 80 },
    ]);
  });

  it('are, in a network of its own, all addresses', () => {
    expect(automaticBinds('own', 8_080)).toEqual([{ kind: 'all', port: 8_080 }]);
  });
});

function net(name: string, address: string): NetworkInterface {
  const isV6 = address.includes(':');
  return { name, address, family: isV6 ? 'IPv6' : 'IPv4', cidr: `${address}/${isV6 ? 64 : 24}` };
}

const interfaces = [
  net('lo', '127.0.0.1'),
  net('lo', '::1'),
  net('eth0', '192.0.2.7'),
  net('docker0', '172.17.0.1'),
  net('docker0', 'fe80::42:1'),
  net('br-0a1b', '172.18.0.1'),
  net('br-2c3d', '172.19.0.1'),
  net('xbr-1', '198.51.100.1'),
  net('eth0.5', '203.0.113.5'),
  net('eth0x5', '203.0.113.6'),
];

describe('resolveBinds', () => {
  it.each<{ rule: string; specs: readonly BindSpec[]; binds: readonly string[] }>([
    { rule: 'everything is a star', specs: [{ kind: 'all', port: 80 }], binds: ['*:80'] },
    {
      rule: 'an address is itself',
      specs: [{ kind: 'address', address: '192.0.2.7', port: 80 }],
      binds: ['192.0.2.7:80'],
    },
    {
      rule: 'IPv6 has brackets',
      specs: [{ kind: 'address', address: '2001:db8::7', port: 80 }],
      binds: ['[2001:db8::7]:80'],
    },
    {
      rule: 'an interface is its addresses',
      specs: [{ kind: 'interface', pattern: 'lo', port: 80 }],
      binds: ['127.0.0.1:80', '[::1]:80'],
    },
    {
      rule: 'a link-local address is left out',
      specs: [{ kind: 'interface', pattern: 'docker0', port: 80 }],
      binds: ['172.17.0.1:80'],
    },
    {
      rule: 'a star stands for any characters, from the beginning to the end of the name',
      specs: [{ kind: 'interface', pattern: 'br-*', port: 80 }],
      binds: ['172.18.0.1:80', '172.19.0.1:80'],
    },
    {
      rule: 'a dot stands for a dot',
      specs: [{ kind: 'interface', pattern: 'eth0.5', port: 80 }],
      binds: ['203.0.113.5:80'],
    },
    {
      rule: 'an interface that is not there is nothing',
      specs: [{ kind: 'interface', pattern: 'wg0', port: 80 }],
      binds: [],
    },
    { rule: 'nothing is nothing', specs: [], binds: [] },
    {
      rule: 'each place comes once, sorted',
      specs: [
        { kind: 'interface', pattern: 'lo', port: 80 },
        { kind: 'address', address: '127.0.0.1', port: 80 },
        { kind: 'address', address: '10.0.0.1', port: 81 },
      ],
      binds: ['10.0.0.1:81', '127.0.0.1:80', '[::1]:80'],
    },
  ])('$rule', ({ specs, binds }) => {
    expect(resolveBinds(specs, interfaces)).toEqual(binds);
  });

  it.each(['fe80::1', 'fe90::1', 'feb0::1', 'FE80::1'])('leaves out %s of an interface', (address) => {
    expect(resolveBinds([{ kind: 'interface', pattern: 'x', port: 80 }], [net('x', address)])).toEqual([]);
  });

  it.each(['fec0::1', 'fd00::1'])('takes %s of an interface', (address) => {
    expect(resolveBinds([{ kind: 'interface', pattern: 'x', port: 80 }], [net('x', address)])).toEqual([
      `[${address}]:80`,
    ]);
  });
});
