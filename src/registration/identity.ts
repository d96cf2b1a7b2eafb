import type { HostNetwork } from '../domain/network.ts';
import { PortolanError } from '../lib/errors.ts';
import { uuidV5 } from '../lib/hash.ts';
import type { ContainerSource, ServiceRegistry } from './contracts.ts';
import { hostAddress, localHostAddress } from './host-address.ts';

/** Who registers: found out once, from what the operator said, from Docker and from the agent. */
export interface Identity {
  /** First part of every service ID. */
  readonly hostname: string;
  /** The owner mark. */
  readonly owner: string;
  readonly hostAddress: string | undefined;
  /** How the host address was found, for people. */
  readonly hostAddressRule: string;
}

export interface IdentityOptions {
  readonly hostname: string | undefined;
  readonly owner: string | undefined;
  readonly hostAddress: string | undefined;
  /** With `--ip` or `--internal` no host address is needed. */
  readonly needsHostAddress: boolean;
  /** This machine's own name; of use only outside containers. */
  readonly machineName: string | undefined;
  /** Whether only this host reads the registry. */
  readonly isLocalRegistry: boolean;
}

/** Namespace of owner marks: a random UUID, fixed for ever. */
const OWNER_NAMESPACE = '5c0a5a5e-3a0f-4f0e-9d5c-8f4f0f7a9b11';

/**
 * Throws `HOST_ADDRESS_UNKNOWN` when an address is needed and cannot be found out, and what Docker and the registry
 * throw.
 */
export async function resolveIdentity(
  {
    source,
    registry,
    network,
  }: {
    readonly source: Pick<ContainerSource, 'host'>;
    readonly registry: Pick<ServiceRegistry, 'advertisedAddress'>;
    readonly network: HostNetwork;
  },
  options: IdentityOptions,
  signal: AbortSignal,
): Promise<Identity> {
  const docker = await source.host(signal);
  const hostname = options.hostname ?? options.machineName ?? docker.name;
  // From Docker and not from a file, since the old command line mounts no volume in which a file could survive.
  const owner = options.owner ?? uuidV5(OWNER_NAMESPACE, `${docker.id}\n${hostname}`);
  if (options.hostAddress !== undefined) {
    return { hostname, owner, hostAddress: options.hostAddress, hostAddressRule: '--host-address' };
  }
  const outcome = options.isLocalRegistry
    ? localHostAddress(network)
    : hostAddress(await registry.advertisedAddress(signal), network);
  if (outcome.kind === 'found') {
    return { hostname, owner, hostAddress: outcome.address, hostAddressRule: outcome.rule };
  }
  if (!options.needsHostAddress) return { hostname, owner, hostAddress: undefined, hostAddressRule: outcome.reason };
  throw new PortolanError('HOST_ADDRESS_UNKNOWN', `the address of this host is unknown: ${outcome.reason}`, {
    hint: 'Set --host-address to the IP at which other hosts reach this one, or run with --network host.',
  });
}
