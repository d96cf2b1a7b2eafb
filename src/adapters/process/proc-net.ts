import type { NetworkInterface } from '../../domain/network.ts';
import { isInNetwork } from '../../lib/addresses.ts';

/** A row of the kernel's IPv4 routes. */
export interface Route {
  readonly interfaceName: string;
  /** `172.17.0.0/16`; `0.0.0.0/0` for the default route. */
  readonly destination: string;
  /** `0.0.0.0` for what is reached directly. */
  readonly gateway: string;
}

/** Reads `/proc/net/route`: little-endian hexadecimal numbers. Source: Linux, `fib_trie.c: fib_route_seq_show`. */
export function parseRoutes(text: string): readonly Route[] {
  return text.split('\n').flatMap((row): Route[] => {
    const [interfaceName, destination, gateway, , , , , mask] = row.split('\t');
    // The head is no route either.
    if (!interfaceName || !isNumber(destination) || !isNumber(gateway) || !isNumber(mask)) return [];
    const prefix = Number.parseInt(mask, 16).toString(2).replaceAll('0', '').length;
    return [{ interfaceName, destination: `${dotted(destination)}/${prefix}`, gateway: dotted(gateway) }];
  });
}

/** Reads `/proc/net/fib_trie`: this machine's own IPv4 addresses, each once. Source: Linux, `fib_trie.c`. */
export function parseLocalAddresses(text: string): readonly string[] {
  const addresses = [...text.matchAll(/\|-- ([\d.]+)\n\s+\/32 host LOCAL/g)].map(([, address = '']) => address);
  return [...new Set(addresses)];
}

/**
 * The addresses of interfaces, found by the networks that they lead to. Other than Node's own list this has interfaces
 * without a carrier, above all Docker's bridges before the first container is on them.
 */
export function interfacesOf(routes: readonly Route[], addresses: readonly string[]): readonly NetworkInterface[] {
  const direct = routes.filter(({ gateway, destination }) => gateway === '0.0.0.0' && !destination.endsWith('/0'));
  return direct.flatMap(({ interfaceName, destination }) =>
    addresses
      .filter((address) => isInNetwork(address, destination))
      .map((address): NetworkInterface => {
        const cidr = `${address}/${destination.slice(destination.indexOf('/') + 1)}`;
        return { name: interfaceName, address, family: 'IPv4', cidr };
      }),
  );
}

function isNumber(field: string | undefined): field is string {
  return field !== undefined && /^[0-9A-F]{8}$/.test(field);
}

function dotted(hexadecimal: string): string {
  const bytes = hexadecimal.match(/../g)?.toReversed() ?? [];
  return bytes.map((byte) => Number.parseInt(byte, 16)).join('.');
}
