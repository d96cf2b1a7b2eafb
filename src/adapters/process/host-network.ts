import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { HostNetwork, NetworkInterface } from '../../domain/network.ts';

/** What this process sees of the network, read anew at each call. */
export function readHostNetwork(): HostNetwork {
  const interfaces = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map(
      ({ address, family, cidr }): NetworkInterface => ({ name, address, family, cidr: cidr ?? `${address}/128` }),
    ),
  );
  const route = defaultRoute();
  return {
    kind:
      isContainer() && !interfaces.some(({ name }) => isBridgeOfDocker(name)) && !seesHostDevices() ? 'own' : 'host',
    interfaces,
    defaultInterface: route?.name,
    gateway: route?.gateway,
  };
}

/** Whether we run in a container at all. */
export function isContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}

function isBridgeOfDocker(name: string): boolean {
  return name === 'docker0' || name.startsWith('br-');
}

/**
 * Docker's bridges carry an address only while they are configured, so as a second sign: in a network of its own a
 * container has nothing but `lo` and the ends of pairs of virtual cables, whose other end has another number.
 */
function seesHostDevices(): boolean {
  const lines = readText('/proc/net/dev').split('\n');
  const names = lines.flatMap((line) => /^\s*([^:\s]+):/.exec(line)?.[1] ?? []).filter((name) => name !== 'lo');
  return names.some((name) => {
    const own = readText(`/sys/class/net/${name}/ifindex`).trim();
    const peer = readText(`/sys/class/net/${name}/iflink`).trim();
    return own !== '' && own === peer;
  });
}

/** From `/proc/net/route`: little-endian hexadecimal numbers. Source: Linux, `fib_trie.c: fib_route_seq_show`. */
function defaultRoute(): { readonly name: string; readonly gateway: string } | undefined {
  const rows = readText('/proc/net/route')
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
  const row = rows.find(
    ([, destination, , flags]) => destination === '00000000' && (Number.parseInt(flags ?? '0', 16) & 2) !== 0,
  );
  const [name, , gateway] = row ?? [];
  if (name === undefined || gateway === undefined) return undefined;
  const bytes = gateway.match(/../g)?.toReversed() ?? [];
  return { name, gateway: bytes.map((byte) => Number.parseInt(byte, 16)).join('.') };
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
