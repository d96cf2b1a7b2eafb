// Three hosts on one machine, as the sidecar is meant to be used: on each a Docker engine, a Consul server, a Portolan and a
// part of a shop.
import { request } from 'node:http';
import { DemoFailure, until } from '../demo/shell.ts';
import { startConsul } from './consul.ts';
import { type Doors, openDoors } from './doors.ts';
import { loadImages, startEngine } from './engine.ts';
import { createNetwork } from './network.ts';
import { type Place, type Places, placesOf } from './places.ts';
import { PORTOLAN_IMAGE, startPortolan } from './portolan.ts';
import { answerOf, SHOP, startInstance } from './shop.ts';
import { removeCluster } from './sweep.ts';

export interface Host extends Place {
  readonly doors: Doors;
}

export interface Cluster {
  readonly places: Places;
  readonly hosts: readonly Host[];
  readonly consulImage: string;
}

export interface ClusterOptions {
  readonly name: string;
  readonly consulImage: string;
  /** Further options of `portolan run` on each host. */
  readonly portolan?: readonly string[];
  /** Told what is done now. */
  readonly onStep?: (text: string) => void;
}

/** Builds it anew, in place of one of the same name. Returns when each host reaches every service. */
export async function startCluster(options: ClusterOptions): Promise<Cluster> {
  const { name, consulImage, portolan = [], onStep = () => undefined } = options;
  const places = placesOf(name);
  await removeCluster(places);
  onStep('Three hosts: a network namespace and a Docker engine each');
  await createNetwork(places);
  await Promise.all(places.hosts.map((place) => startEngine(place)));
  onStep('Images: from the Docker engine of this machine to theirs');
  await loadImages(places.hosts, [PORTOLAN_IMAGE, consulImage, 'busybox']);
  onStep('On each host a Consul server, a Portolan, and a part of the shop');
  await Promise.all(places.hosts.map((place) => populate(place, { places, consulImage, portolan })));
  const hosts: Host[] = [];
  // One after another, since they look for free ports.
  for (const place of places.hosts) hosts.push({ ...place, doors: await openDoors(place) });
  onStep('Waiting until each host reaches every service');
  await reachable(hosts);
  return { places, hosts, consulImage };
}

async function populate(
  place: Place,
  { places, consulImage, portolan }: { places: Places; consulImage: string; portolan: readonly string[] },
): Promise<void> {
  await startConsul(place, places.hosts, consulImage);
  await startPortolan(place, portolan);
  for (const { name, hosts } of SHOP) if (hosts.includes(place.number)) await startInstance(place, name);
}

/** Waits until every instance of the shop has answered on each of these hosts, and nobody else. */
export async function reachable(hosts: readonly Host[], timeoutMs = 60_000): Promise<void> {
  const endMs = performance.now() + timeoutMs;
  for (const host of hosts) {
    for (const { name, hosts: numbers } of SHOP) {
      const wanted = numbers.map((number) => answerOf(name, { hostname: `host${number}` })).join(', ');
      let seen = '';
      const attempt = async (): Promise<true | undefined> => {
        const answers: string[] = [];
        for (let i = 0; i < numbers.length * 2; i++) answers.push(await ask(host, name));
        seen = [...new Set(answers)].toSorted().join(', ');
        return seen === wanted || undefined;
      };
      await until(`${name} on ${host.hostname}`, Math.max(1, endMs - performance.now()), attempt).catch((cause) => {
        throw new DemoFailure(`${name} is answered on ${host.hostname} by ${seen} instead of ${wanted}`, { cause });
      });
    }
  }
}

/** What a service answers on port 80 of a host's localhost, or its status and text when that is not 200. */
export async function ask({ doors }: Host, service: string): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const options = { host: '127.0.0.1', port: doors.http, headers: { host: service }, agent: false, timeout: 5_000 };
  const asking = request(options, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (part: string) => {
      text += part;
    });
    response.once('end', () =>
      resolve(`${response.statusCode === 200 ? '' : `${response.statusCode} `}${text.trim()}`),
    );
    response.once('error', reject);
  });
  asking.once('timeout', () => asking.destroy(new Error('no answer within 5 s')));
  asking.once('error', reject);
  asking.end();
  return await promise;
}
