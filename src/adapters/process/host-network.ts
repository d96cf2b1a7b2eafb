import { existsSync, readFileSync } from 'node:fs';
import { networkInterfaces } from 'node:os';
import type { HostNetwork, NetworkInterface } from '../../domain/network.ts';
import { interfacesOf, parseLocalAddresses, parseRoutes } from './proc-net.ts';

/** What this process sees of the network, read anew at each call. */
export function readHostNetwork(): HostNetwork {
  const routes = parseRoutes(readText('/proc/net/route'));
  const running = Object.entries(networkInterfaces()).flatMap(([name, addresses]) =>
    (addresses ?? []).map(
      ({ address, family, cidr }): NetworkInterface => ({ name, address, family, cidr: cidr ?? `${address}/128` }),
    ),
  );
  const others = interfacesOf(routes, parseLocalAddresses(readText('/proc/net/fib_trie')));
  // What lies in the network of one interface may still be the address of another that runs.
  const isKnown = ({ address }: NetworkInterface) => running.some((known) => known.address === address);
  const interfaces = [...running, ...others.filter((other) => !isKnown(other))];
  const byDefault = routes.find(({ destination, gateway }) => destination === '0.0.0.0/0' && gateway !== '0.0.0.0');
  return {
    kind: isContainer() && !seesHostDevices() ? 'own' : 'host',
    interfaces,
    defaultInterface: byDefault?.interfaceName,
    gateway: byDefault?.gateway,
  };
}

/** Whether we run in a container at all. */
export function isContainer(): boolean {
  return existsSync('/.dockerenv') || existsSync('/run/.containerenv');
}

/**
 * In a network of its own a container has nothing but `lo` and its ends of virtual cables, whose other ends have other
 * numbers. Every other kind of device, Docker's bridges among them, is one of the host.
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

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
