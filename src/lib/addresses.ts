import { BlockList, isIP, isIPv6 } from 'node:net';

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

// A list of IPv4 also knows the addresses that are mapped into IPv6.
const unspecified = new BlockList();
unspecified.addAddress('0.0.0.0', 'ipv4');
unspecified.addAddress('::', 'ipv6');

const multicast = new BlockList();
multicast.addSubnet('224.0.0.0', 4, 'ipv4');
multicast.addAddress('255.255.255.255', 'ipv4');
multicast.addSubnet('ff00::', 8, 'ipv6');

/** Whether `text` is an IP literal, without a zone (`fe80::1%eth0`), which means something on one machine only. */
export function isAddress(text: string): boolean {
  return isIP(text) !== 0 && !text.includes('%');
}

/** Whether an address is `0.0.0.0` or `::` in any spelling, also as `::ffff:0.0.0.0`, or empty, which Docker takes for the same. */
export function isUnspecified(address: string): boolean {
  return address === '' || isIn(unspecified, address);
}

/** Whether an address is that of a group of hosts, or of all of a network. */
export function isMulticast(address: string): boolean {
  return isIn(multicast, address);
}

/** Whether nobody but this host can reach the address. */
export function isLoopback(address: string): boolean {
  return isIn(loopback, address);
}

/** `address:port`, with brackets around IPv6 literals. */
export function hostAndPort(address: string, port: number): string {
  return isIPv6(address) ? `[${address}]:${port}` : `${address}:${port}`;
}

/** Whether `address` lies in the network of `cidr` (`172.17.0.1/16`). */
export function isInNetwork(address: string, cidr: string): boolean {
  const [network = '', prefix = ''] = cidr.split('/');
  if (isIP(address) === 0 || isIP(address) !== isIP(network)) return false;
  const family = isIPv6(address) ? 'ipv6' : 'ipv4';
  const list = new BlockList();
  list.addSubnet(network, Number(prefix), family);
  return list.check(address, family);
}

function isIn(list: BlockList, address: string): boolean {
  return isAddress(address) && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}
