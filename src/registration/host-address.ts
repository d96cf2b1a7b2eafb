import type { HostNetwork } from '../domain/network.ts';
import { isAddress, isInNetwork, isLoopback, isUnspecified } from '../lib/addresses.ts';

export type HostAddressOutcome =
  | { readonly kind: 'found'; readonly address: string; readonly rule: string }
  | { readonly kind: 'unknown'; readonly reason: string };

/**
 * The address at which other hosts reach ports that are published on all interfaces: the one that this host's agent
 * gives to others, else the source address of the default route. Never one that only containers of this host reach.
 */
export function hostAddress(advertised: string | undefined, network: HostNetwork): HostAddressOutcome {
  if (advertised !== undefined && isReachableFromOutside(advertised, network)) {
    return { kind: 'found', address: advertised, rule: 'the advertise address of the Consul agent' };
  }
  if (network.kind === 'own') {
    return {
      kind: 'unknown',
      reason: 'Portolan runs in a network of its own, and the Consul agent tells no address of the host',
    };
  }
  const onDefaultRoute = network.interfaces.find(
    ({ name, family }) => name === network.defaultInterface && family === 'IPv4',
  );
  if (onDefaultRoute !== undefined) {
    return {
      kind: 'found',
      address: onDefaultRoute.address,
      rule: `the source address of the default route (${onDefaultRoute.name})`,
    };
  }
  return { kind: 'unknown', reason: 'there is neither a default route nor an agent that advertises an address' };
}

/**
 * The same for a catalog that only this host reads: any address will do at which this host reaches its published ports.
 */
export function localHostAddress(network: HostNetwork): HostAddressOutcome {
  if (network.kind === 'own' && network.gateway !== undefined) {
    return { kind: 'found', address: network.gateway, rule: "the gateway of the container's network" };
  }
  const outcome = hostAddress(undefined, network);
  if (outcome.kind === 'found') return outcome;
  const any = network.interfaces.find(({ address, family }) => family === 'IPv4' && !isLoopback(address));
  return any === undefined ? outcome : { kind: 'found', address: any.address, rule: `the address of ${any.name}` };
}

/** An agent in a container advertises that container's address, which is of no use beyond the host. */
function isReachableFromOutside(address: string, { kind, interfaces }: HostNetwork): boolean {
  if (!isAddress(address) || isLoopback(address) || isUnspecified(address)) return false;
  const bridges = interfaces.filter(({ name }) => kind === 'own' || isDockerBridge(name));
  return !bridges.some(({ cidr }) => isInNetwork(address, cidr));
}

/** Docker names its bridges `docker0`, `docker_gwbridge` and `br-<network ID>`. */
function isDockerBridge(name: string): boolean {
  return /^(docker|br-)/.test(name);
}
