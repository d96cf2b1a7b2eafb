// A Consul server on each host, as one would run it: durable, with a node ID of its own.
import { docker } from './engine.ts';
import type { Place } from './places.ts';

const NAME = 'consul';
const VOLUME = 'consul-data';

/**
 * Raft as quick as Consul recommends for production; only the ports that are used here. A server that is cut off keeps
 * its node in the catalog, with its services: else Consul removes both after some 10 s.
 */
const SETTINGS = [
  'performance { raft_multiplier = 1 }',
  'autopilot { cleanup_dead_servers = false }',
  'ports { dns = -1 grpc = -1 serf_wan = -1 }',
].join(' ');

export async function startConsul(place: Place, hosts: readonly Place[], image: string): Promise<void> {
  const { hostname, address, number } = place;
  const id = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  const joins = hosts.map((other) => `-retry-join=${other.address}`);
  await docker(
    place,
    ...['run', '-d', '--name', NAME, '--network', 'host', '-l', 'SERVICE_IGNORE=yes', '-v', `${VOLUME}:/consul/data`],
    ...[image, 'agent', '-server', '-ui', `-bootstrap-expect=${hosts.length}`, '-data-dir=/consul/data'],
    ...[`-node=${hostname}`, `-node-id=${id}`, `-bind=${address}`, '-client=127.0.0.1', ...joins],
    ...['-retry-interval=1s', '-hcl', SETTINGS],
  );
}

/** As a crash would: it tells nobody. */
export async function killConsul(place: Place): Promise<void> {
  await docker(place, 'kill', NAME);
}

/** With the data that it had. */
export async function startConsulAgain(place: Place): Promise<void> {
  await docker(place, 'start', NAME);
}

/** Tells a server of another one now. By itself it tries again every 30 s to reach those that it has lost. */
export async function joinConsul(place: Place, other: Place): Promise<void> {
  await docker(place, 'exec', NAME, 'consul', 'join', other.address);
}

/** Takes the server away with all that it knew and starts a new one in its place. */
export async function wipeConsul(place: Place, hosts: readonly Place[], image: string): Promise<void> {
  await docker(place, 'rm', '-f', NAME);
  await docker(place, 'volume', 'rm', VOLUME);
  await startConsul(place, hosts, image);
}
