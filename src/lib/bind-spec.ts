import { isAddress } from './addresses.ts';

/** One place to listen: an address, all addresses, or whatever addresses the interfaces of a name pattern have. */
export type BindSpec =
  | { readonly kind: 'address'; readonly address: string; readonly port: number }
  | { readonly kind: 'all'; readonly port: number }
  | { readonly kind: 'interface'; readonly pattern: string; readonly port: number };

/**
 * Reads `ADDRESS:PORT`, `[IPV6]:PORT`, `INTERFACE:PORT` (with `*` in the name) or `*:PORT`; `undefined` for anything
 * else.
 */
export function parseBindSpec(text: string): BindSpec | undefined {
  const colon = text.lastIndexOf(':');
  const port = Number(text.slice(colon + 1));
  if (colon < 1 || !/^\d{1,5}$/.test(text.slice(colon + 1)) || port < 1 || port > 65_535) return undefined;
  const place = text.slice(0, colon);
  if (place === '*') return { kind: 'all', port };
  const address = place.replace(/^\[(.*)\]$/, '$1');
  if (isAddress(address)) return { kind: 'address', address, port };
  // No interface is called so: an address that was mistyped, or a name that only a resolver knows.
  if (/^[\d.]+$/.test(place) || place === 'localhost') return undefined;
  return /^[A-Za-z0-9*][A-Za-z0-9_.*-]*$/.test(place) ? { kind: 'interface', pattern: place, port } : undefined;
}
