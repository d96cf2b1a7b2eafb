import { describe, expect, it } from 'vitest';
import { interfacesOf, parseLocalAddresses, parseRoutes } from '../../../../src/adapters/process/proc-net.ts';

/** `/proc/net/route` with these rows, as Linux 6.18 writes it: fields between tabs, each line filled up with blanks. */
function routeTable(...rows: readonly string[]): string {
  const head = 'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT';
  return [head, ...rows].map((row) => `${row.padEnd(127)}\n`).join('');
}

/** A host at 192.0.2.2 whose `docker0` has no carrier, since no container is on it. */
const host = {
  route: routeTable(
    'eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'docker0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
    'eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0',
  ),
  trie: `Main:
  +-- 0.0.0.0/0 3 0 4
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
        |-- 127.255.255.255
           /32 link BROADCAST
     +-- 172.16.0.0/14 3 0 6
        +-- 172.17.0.0/31 1 0 0
           |-- 172.17.0.0
              /16 link UNICAST
           |-- 172.17.0.1
              /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
     +-- 192.0.2.0/24 2 0 2
        +-- 192.0.2.0/30 2 0 2
           |-- 192.0.2.0
              /24 link UNICAST
           |-- 192.0.2.2
              /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
Local:
  +-- 0.0.0.0/0 3 0 4
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
        |-- 127.255.255.255
           /32 link BROADCAST
     +-- 172.16.0.0/14 3 0 6
        +-- 172.17.0.0/31 1 0 0
           |-- 172.17.0.0
              /16 link UNICAST
           |-- 172.17.0.1
              /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
     +-- 192.0.2.0/24 2 0 2
        +-- 192.0.2.0/30 2 0 2
           |-- 192.0.2.0
              /24 link UNICAST
           |-- 192.0.2.2
              /32 host LOCAL
        |-- 192.0.2.255
           /32 link BROADCAST
`,
};

/** A container on the default bridge. */
const container = {
  route: routeTable(
    'eth0\t00000000\t010011AC\t0003\t0\t0\t0\t00000000\t0\t0\t0',
    'eth0\t000011AC\t00000000\t0001\t0\t0\t0\t0000FFFF\t0\t0\t0',
  ),
  trie: `Main:
  +-- 0.0.0.0/0 3 0 5
     |-- 0.0.0.0
        /0 universe UNICAST
     +-- 127.0.0.0/8 2 0 2
        +-- 127.0.0.0/31 1 0 0
           |-- 127.0.0.0
              /8 host LOCAL
           |-- 127.0.0.1
              /32 host LOCAL
        |-- 127.255.255.255
           /32 link BROADCAST
     +-- 172.17.0.0/16 2 0 2
        +-- 172.17.0.0/30 2 0 2
           |-- 172.17.0.0
              /16 link UNICAST
           |-- 172.17.0.2
              /32 host LOCAL
        |-- 172.17.255.255
           /32 link BROADCAST
`,
};

/** A container without a network. */
const alone = {
  route: routeTable(),
  trie: `Main:
  +-- 127.0.0.0/8 2 0 2
     +-- 127.0.0.0/31 1 0 0
        |-- 127.0.0.0
           /8 host LOCAL
        |-- 127.0.0.1
           /32 host LOCAL
     |-- 127.255.255.255
        /32 link BROADCAST
`,
};

const garbage = [
  '',
  '\n',
  'what?',
  'what?\nwhat\twhat',
  '<html>\n<body>\n</body>\n',
  'a\tb\tc\td\te\tf\tg\th\n'.repeat(3),
  '\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n',
  'eth0\t0200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\n',
  'eth0\t000200C0\t0000000X\t0001\t0\t0\t0\t00FFFFFF\n',
  'eth0\t000200C0\t00000000\t0001\t0\t0\t0\tFFFFFF00FF\n',
  'eth0\t000200C0\t00000000\t0001\t0\t0\t0\n',
  '|-- 192.0.2.2',
  '/32 host LOCAL',
];

describe('parseRoutes', () => {
  it.each([
    {
      of: 'a host',
      text: host.route,
      routes: [
        { interfaceName: 'eth0', destination: '0.0.0.0/0', gateway: '192.0.2.1' },
        { interfaceName: 'docker0', destination: '172.17.0.0/16', gateway: '0.0.0.0' },
        { interfaceName: 'eth0', destination: '192.0.2.0/24', gateway: '0.0.0.0' },
      ],
    },
    {
      of: 'a container',
      text: container.route,
      routes: [
        { interfaceName: 'eth0', destination: '0.0.0.0/0', gateway: '172.17.0.1' },
        { interfaceName: 'eth0', destination: '172.17.0.0/16', gateway: '0.0.0.0' },
      ],
    },
    { of: 'a container without a network', text: alone.route, routes: [] },
  ])('reads the routes of $of', ({ text, routes }) => {
    expect(parseRoutes(text)).toEqual(routes);
  });

  it.each([
    { mask: '00000000', prefix: 0 },
    { mask: '0000F0FF', prefix: 12 },
    { mask: '0080FFFF', prefix: 17 },
    { mask: 'FEFFFFFF', prefix: 31 },
    { mask: 'FFFFFFFF', prefix: 32 },
  ])('takes the mask $mask for /$prefix', ({ mask, prefix }) => {
    expect(parseRoutes(routeTable(`br-0123456789ab\t0000000A\t00000000\t0001\t0\t0\t0\t${mask}\t0\t0\t0`))).toEqual([
      { interfaceName: 'br-0123456789ab', destination: `10.0.0.0/${prefix}`, gateway: '0.0.0.0' },
    ]);
  });

  it.each(garbage)('finds none in %j', (text) => {
    expect(parseRoutes(text)).toEqual([]);
  });

  it('passes over a row that is none', () => {
    expect(parseRoutes(`${container.route}what?\n`)).toEqual(parseRoutes(container.route));
  });
});

describe('parseLocalAddresses', () => {
  it.each([
    { of: 'a host, once though each table has them', text: host.trie, own: ['127.0.0.1', '172.17.0.1', '192.0.2.2'] },
    { of: 'a container', text: container.trie, own: ['127.0.0.1', '172.17.0.2'] },
    { of: 'a container without a network', text: alone.trie, own: ['127.0.0.1'] },
  ])('reads the addresses of $of', ({ text, own }) => {
    expect(parseLocalAddresses(text)).toEqual(own);
  });

  it.each(garbage)('finds none in %j', (text) => {
    expect(parseLocalAddresses(text)).toEqual([]);
  });
});

describe('interfacesOf', () => {
  const ipv4 = (name: string, address: string, prefix: number) =>
    ({ name, address, family: 'IPv4', cidr: `${address}/${prefix}` }) as const;

  it.each([
    {
      of: 'a host, though one has no carrier',
      files: host,
      interfaces: [ipv4('docker0', '172.17.0.1', 16), ipv4('eth0', '192.0.2.2', 24)],
    },
    { of: 'a container', files: container, interfaces: [ipv4('eth0', '172.17.0.2', 16)] },
    { of: 'a container without a network', files: alone, interfaces: [] },
  ])('finds those of $of', ({ files, interfaces }) => {
    expect(interfacesOf(parseRoutes(files.route), parseLocalAddresses(files.trie))).toEqual(interfaces);
  });

  it('finds each address of one', () => {
    const routes = [{ interfaceName: 'eth0', destination: '192.0.2.0/24', gateway: '0.0.0.0' }];
    expect(interfacesOf(routes, ['192.0.2.2', '192.0.2.200', '198.51.100.2'])).toEqual([
      ipv4('eth0', '192.0.2.2', 24),
      ipv4('eth0', '192.0.2.200', 24),
    ]);
  });

  it.each([
    {
      rule: 'what lies behind a router',
      route: { interfaceName: 'eth0', destination: '198.51.100.0/24', gateway: '192.0.2.1' },
    },
    {
      // As of a tunnel: it leads everywhere, so it tells nothing.
      rule: 'a default route without a router',
      route: { interfaceName: 'tun0', destination: '0.0.0.0/0', gateway: '0.0.0.0' },
    },
  ])('does not go by $rule', ({ route }) => {
    expect(interfacesOf([route], ['198.51.100.2', '127.0.0.1'])).toEqual([]);
  });

  it('finds none without routes, and none without addresses', () => {
    expect(interfacesOf([], ['192.0.2.2'])).toEqual([]);
    expect(interfacesOf(parseRoutes(host.route), [])).toEqual([]);
  });
});
