import type { ContainerNetwork, ContainerPort, ContainerSnapshot, PortBinding } from '../domain/container.ts';

const SHARED = 'container:';

/** The network in which the ports of a container are reached: its own, or the one that it shares. */
export type NetworkOutcome =
  | {
      readonly kind: 'connected';
      /** The other container whose network it is, for messages. */
      readonly sharedWith: string | undefined;
      readonly networks: readonly ContainerNetwork[];
      /** Where the host listens for a port. */
      readonly bindingsOf: (port: ContainerPort) => readonly PortBinding[];
    }
  | { readonly kind: 'unconnected'; readonly reason: string };

/**
 * @param peer the container whose network this one shares (`--network container:X`), if it is known.
 *
 * Differs from registrator, which registered the peer's container address with a port that only containers reach, and
 * guessed for containers in no network.
 */
export function containerNetwork(container: ContainerSnapshot, peer: ContainerSnapshot | undefined): NetworkOutcome {
  const { networkMode } = container;
  if (networkMode === 'none') return { kind: 'unconnected', reason: 'is in no network' };
  if (!networkMode.startsWith(SHARED)) return networkOf(container, undefined);
  const problem = (what: string): NetworkOutcome => ({ kind: 'unconnected', reason: `shares the network of ${what}` });
  if (peer === undefined) {
    return problem(`the container ${networkMode.slice(SHARED.length, SHARED.length + 12)}, which is not known to run`);
  }
  if (peer.state !== 'running' && peer.state !== 'paused') return problem(`${peer.name}, which is ${peer.state}`);
  if (peer.networkMode === 'none') return problem(`${peer.name}, which is in no network`);
  if (peer.networkMode.startsWith(SHARED)) {
    return problem(`${peer.name}, which shares that of a container that is not known to run`);
  }
  return networkOf(peer, peer.name);
}

/**
 * Finds for each container the one whose network it shares, if it shares one. Docker lets a container share what
 * another shares already: then it is the one at the end.
 */
export function createPeerFinder(
  containers: readonly ContainerSnapshot[],
): (container: ContainerSnapshot) => ContainerSnapshot | undefined {
  const isShared = ({ networkMode }: ContainerSnapshot) => networkMode.startsWith(SHARED);
  if (!containers.some(isShared)) return () => undefined;
  const byId = new Map(containers.map((container) => [container.id, container]));
  const peerOf = ({ networkMode }: ContainerSnapshot) => byId.get(networkMode.slice(SHARED.length));
  return (container) => {
    const seen = new Set([container.id]);
    let last = isShared(container) ? peerOf(container) : undefined;
    while (last !== undefined && isShared(last) && !seen.has(last.id)) {
      seen.add(last.id);
      last = peerOf(last) ?? last;
    }
    return last;
  };
}

function networkOf(owner: ContainerSnapshot, sharedWith: string | undefined): NetworkOutcome {
  const { networks, networkMode, ports } = owner;
  const ofOther = sharedWith === undefined ? undefined : new Map(ports.map((port) => [keyOf(port), port.bindings]));
  const bindingsOf = (port: ContainerPort): readonly PortBinding[] => {
    const bindings = ofOther === undefined ? port.bindings : (ofOther.get(keyOf(port)) ?? []);
    // On the host's network every exposed port is published as itself.
    return networkMode === 'host' && bindings.length === 0 ? [{ hostIp: '', hostPort: port.port }] : bindings;
  };
  return { kind: 'connected', sharedWith, networks, bindingsOf };
}

function keyOf({ port, protocol }: ContainerPort): string {
  return `${port}/${protocol}`;
}
