import type { ContainerNetwork, ContainerPort, ContainerSnapshot, PortBinding } from '../domain/container.ts';
import { isAddress, isLoopback, isUnspecified } from '../lib/addresses.ts';
import type { NetworkOutcome } from './container-network.ts';
import { type Metadata, settingOf, type Warning } from './metadata.ts';
import { type Sourced, sourceOf } from './sourced.ts';

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
  /** Whether only this host reads the registry, so that a loopback address is as good as any. */
  readonly isLocalRegistry?: boolean;
}

/** A port of a container, and what decides where it is reached. */
export interface AddressRequest {
  readonly container: ContainerSnapshot;
  readonly port: ContainerPort;
  readonly network: NetworkOutcome & { readonly kind: 'connected' };
  readonly metadata: Metadata;
  readonly options: AddressOptions;
}

/** Where a service is reached, or why it is not. */
export type AddressOutcome = { readonly warnings: readonly Warning[] } & (
  | { readonly kind: 'found'; readonly address: Sourced<string>; readonly port: Sourced<number> }
  | { readonly kind: 'none'; readonly reason: string }
);

/** An address that may be the one. */
interface Candidate extends Sourced<string> {
  /** What a warning names; of an address that Portolan found out itself nothing. */
  readonly chosenBy: string | undefined;
}

const MAX_PORT = 65_535;
/** Networks of Swarm's own, on which nobody else reaches a container. */
const SWARM_NETWORKS = ['ingress', 'docker_gwbridge'];

/**
 * The address and port to register for one port of a container: a literal IP that belongs with the port. A host port
 * goes with a host address, a container port with a container address; never a guess that nobody listens on. What the
 * user chose is taken as it is if it is the IP of a host.
 *
 * Source: registrator 6bfadbc, `bridge/util.go: servicePort`.
 * Differs: that paired container addresses with host ports. `SERVICE_ADDRESS` and `SERVICE_PORT` replace the result.
 */
export function serviceAddress(request: AddressRequest): AddressOutcome {
  const { options, network, metadata } = request;
  const warnings: Warning[] = [];
  const binding = options.internal ? undefined : preferredBinding(network.bindingsOf(request.port));
  if (!options.internal && binding === undefined) {
    const byWhom = network.sharedWith === undefined ? '' : ` by ${network.sharedWith}, whose network it shares`;
    return { kind: 'none', reason: `is not published${byWhom}`, warnings };
  }
  const found = firstUsable(candidates(request, binding, warnings), warnings);
  if (found === undefined) {
    const reason = options.internal
      ? 'has no container address, which --internal asks for'
      : 'has no address: that of the host is unknown; set --host-address';
    return { kind: 'none', reason, warnings };
  }
  const { value, from, chosenBy } = found;
  if (chosenBy !== undefined && isLoopback(value) && options.isLocalRegistry !== true) {
    const problem = 'is a loopback address, which other hosts cannot reach; it is registered as it is';
    warnings.push({ label: chosenBy, value, problem });
  }
  const port =
    binding === undefined
      ? { value: request.port.port, from: 'rule: the container port' }
      : { value: binding.hostPort, from: 'rule: the published port' };
  return { kind: 'found', address: { value, from }, port: portSetting(metadata, warnings) ?? port, warnings };
}

/** The addresses that may be registered, strongest first. Those that are not needed are not looked for. */
function* candidates(
  request: AddressRequest,
  binding: PortBinding | undefined,
  warnings: Warning[],
): Generator<Candidate> {
  const { container, port, network, metadata, options } = request;
  const setting = metadata.get('address');
  const address = settingOf(metadata, 'address');
  if (setting !== undefined && address !== undefined)
    yield { value: address.trim(), from: sourceOf(setting), chosenBy: setting.label };
  const { useIpFromLabel: label, ip, hostAddress } = options;
  if (label !== undefined) {
    const text = container.labels[label]?.trim() ?? '';
    // Docker's IPAM drivers write `10.1.2.3/24`.
    const address = text.replace(/\/[^/]*$/, '');
    if (text !== '') yield { value: isAddress(address) ? address : text, from: `label ${label}`, chosenBy: label };
  }
  if (binding === undefined) {
    yield* containerAddresses(network.networks, { metadata, options, warnings });
    return;
  }
  if (ip !== undefined) yield { value: ip, from: '--ip', chosenBy: '--ip' };
  if (!isUnspecified(binding.hostIp)) {
    const from = 'rule: the address that the port is bound to';
    yield { value: binding.hostIp, from, chosenBy: `${port.port}/${port.protocol}` };
  }
  // One that Portolan found out itself is never loopback.
  if (hostAddress !== undefined)
    yield { value: hostAddress, from: 'rule: the host address', chosenBy: '--host-address' };
}

/** The container's addresses: in the network that a label or `--network` names, the default bridge, the others by name. */
function* containerAddresses(
  networks: readonly ContainerNetwork[],
  { metadata, options, warnings }: Pick<AddressRequest, 'metadata' | 'options'> & { readonly warnings: Warning[] },
): Generator<Candidate> {
  const usable = networks.filter(({ ipAddress }) => isHostIp(ipAddress) && !isLoopback(ipAddress));
  const addressIn = ({ name, ipAddress }: ContainerNetwork, because = ''): Candidate => ({
    value: ipAddress,
    from: `rule: the container's address in the network ${name}${because}`,
    chosenBy: undefined,
  });
  const setting = metadata.get('network');
  const chosen = [
    { name: settingOf(metadata, 'network')?.trim(), label: setting?.label ?? '' },
    { name: options.network, label: '--network' },
  ];
  for (const { name, label } of chosen) {
    if (name === undefined) continue;
    const network = usable.find((one) => one.name === name);
    const problem = 'is no network in which the container has an address; another one is used instead';
    if (network === undefined) warnings.push({ label, value: name, problem });
    else yield addressIn(network, `, by ${label}`);
  }
  const bridge = usable.find(({ name }) => name === 'bridge');
  if (bridge !== undefined) yield addressIn(bridge);
  for (const network of usable) {
    if (!SWARM_NETWORKS.includes(network.name)) yield addressIn(network);
  }
}

function firstUsable(addresses: Iterable<Candidate>, warnings: Warning[]): Candidate | undefined {
  for (const candidate of addresses) {
    const { value, chosenBy } = candidate;
    if (isHostIp(value)) return candidate;
    const what = isAddress(value) ? 'is no address of a host' : 'is no IP address';
    if (chosenBy !== undefined)
      warnings.push({ label: chosenBy, value, problem: `${what}; the usual address is used instead` });
  }
  return undefined;
}

/** Of several bindings the first IPv4 one that other hosts can reach, else the first IPv4 one, else the first. */
function preferredBinding(bindings: readonly PortBinding[]): PortBinding | undefined {
  const usable = bindings.filter(({ hostPort }) => hostPort >= 1 && hostPort <= MAX_PORT);
  const ipv4 = usable.filter(({ hostIp }) => !hostIp.includes(':'));
  return ipv4.find(({ hostIp }) => !isLoopback(hostIp)) ?? ipv4[0] ?? usable[0];
}

/** `SERVICE_PORT`: where others connect, if that is not where Docker says. */
function portSetting(metadata: Metadata, warnings: Warning[]): Sourced<number> | undefined {
  const setting = metadata.get('port');
  const text = settingOf(metadata, 'port')?.trim();
  if (setting === undefined || text === undefined) return undefined;
  const value = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (value >= 1 && value <= MAX_PORT) return { value, from: sourceOf(setting) };
  const problem = `is no port from 1 to ${MAX_PORT}; the usual port is used instead`;
  warnings.push({ label: setting.label, value: setting.value, problem });
  return undefined;
}

function isHostIp(text: string): boolean {
  return isAddress(text) && !isUnspecified(text);
}
