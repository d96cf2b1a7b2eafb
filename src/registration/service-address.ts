import type { ContainerPort, ContainerSnapshot, PortBinding } from '../domain/container.ts';
import { isAddress, isLoopback, isUnspecified } from '../lib/addresses.ts';

export interface AddressOptions {
  /** Where other hosts reach ports that are published on all interfaces; `undefined` when it could not be found out. */
  readonly hostAddress: string | undefined;
  /** `--ip`: replaces the address of every published port. */
  readonly ip: string | undefined;
  /** `--internal`: the container's own address and port instead of the host's. */
  readonly internal: boolean;
  /** `--useIpFromLabel`: the label that holds the address. */
  readonly useIpFromLabel: string | undefined;
  /** `--network`: of several networks the one whose address `--internal` takes. */
  readonly network: string | undefined;
}

/** Where a service is reached and by which rule, or why it is not. */
export type AddressOutcome =
  | { readonly kind: 'found'; readonly address: string; readonly port: number; readonly rule: AddressRule }
  | { readonly kind: 'none'; readonly reason: string };

export type AddressRule =
  | 'the label named by --useIpFromLabel'
  | 'the container address (--internal)'
  | '--ip'
  | 'the address that the port is bound to'
  | 'the host address';

const NOT_PUBLISHED = 'is not published';

/**
 * The address and port to register for one port of a container. A host port goes with a host address, a container
 * port with a container address; never a guess that nobody listens on.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: servicePort`. Differs: that paired container addresses with host ports.
 */
export function serviceAddress(
  container: ContainerSnapshot,
  port: ContainerPort,
  options: AddressOptions,
): AddressOutcome {
  const fromLabel =
    options.useIpFromLabel === undefined ? undefined : addressOfLabel(container, options.useIpFromLabel);
  if (fromLabel === undefined) {
    return options.internal ? internalAddress(container, port) : publishedAddress(container, port, options);
  }
  const reachable = options.internal ? port.port : preferredBinding(effectiveBindings(container, port))?.hostPort;
  if (reachable === undefined) return { kind: 'none', reason: NOT_PUBLISHED };
  return found(fromLabel, reachable, 'the label named by --useIpFromLabel');
}

/** Where the host listens for a port: on the host's network every exposed port is published as itself. */
export function effectiveBindings(
  { networkMode }: ContainerSnapshot,
  { port, bindings }: ContainerPort,
): readonly PortBinding[] {
  return networkMode === 'host' && bindings.length === 0 ? [{ hostIp: '', hostPort: port }] : bindings;
}

function publishedAddress(container: ContainerSnapshot, port: ContainerPort, options: AddressOptions): AddressOutcome {
  const binding = preferredBinding(effectiveBindings(container, port));
  if (binding === undefined) return { kind: 'none', reason: NOT_PUBLISHED };
  if (options.ip !== undefined) return found(options.ip, binding.hostPort, '--ip');
  if (!isUnspecified(binding.hostIp))
    return found(binding.hostIp, binding.hostPort, 'the address that the port is bound to');
  if (options.hostAddress !== undefined) return found(options.hostAddress, binding.hostPort, 'the host address');
  return { kind: 'none', reason: 'has no address: that of the host is unknown; set --host-address' };
}

/** Of several bindings the first IPv4 one that other hosts can reach, else the first IPv4 one, else the first. */
function preferredBinding(bindings: readonly PortBinding[]): PortBinding | undefined {
  const usable = bindings.filter(({ hostPort }) => hostPort >= 1 && hostPort <= 65535);
  const ipv4 = usable.filter(({ hostIp }) => !hostIp.includes(':'));
  return ipv4.find(({ hostIp }) => !isLoopback(hostIp)) ?? ipv4[0] ?? usable[0];
}

function internalAddress(container: ContainerSnapshot, { port }: ContainerPort): AddressOutcome {
  const network =
    container.networks.find(({ name, ipAddress }) => name === 'bridge' && ipAddress !== '') ??
    container.networks.find(
      ({ name, ipAddress }) => !['ingress', 'docker_gwbridge'].includes(name) && ipAddress !== '',
    );
  if (network === undefined) return { kind: 'none', reason: 'has no container address, which --internal asks for' };
  return found(network.ipAddress, port, 'the container address (--internal)');
}

function addressOfLabel(container: ContainerSnapshot, label: string): string | undefined {
  // Docker's IPAM drivers write `10.1.2.3/24`.
  const value = container.labels[label]?.trim() ?? '';
  const address = value.includes('/') ? value.slice(0, value.lastIndexOf('/')) : value;
  return isAddress(address) ? address : undefined;
}

function found(address: string, port: number, rule: AddressRule): AddressOutcome {
  return { kind: 'found', address, port, rule };
}
