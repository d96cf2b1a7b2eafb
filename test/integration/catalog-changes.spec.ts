import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createConsulCatalog } from '../../src/adapters/consul/catalog-source.ts';
import { parseHealth, parseNames } from '../../src/adapters/consul/health-schema.ts';
import type { CatalogSnapshot } from '../../src/domain/catalog.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { createRandom, type Random } from '../support/random.ts';
import { until } from '../support/until.ts';
import { sized } from '../torture/support/size.ts';

const ROUNDS = sized(20, 200);
const MAX_CHANGES = 4;
/** From Consul's answer to the last change of a round. */
const SEEN_WITHIN_MS = 10_000;

const NODES = ['node-a', 'node-b', 'node-c'];
const STATUSES = ['passing', 'warning', 'critical'];

let consul: ConsulServer;
let stop: () => Promise<void>;

beforeAll(async () => {
  consul = await startConsulServer();
});
afterEach(async () => await stop());
afterAll(async () => await consul.stop());

/** Follows the catalog; gives its last snapshot. */
function follow(): () => CatalogSnapshot | undefined {
  let last: CatalogSnapshot | undefined;
  const ending = new AbortController();
  const source = createConsulCatalog({ endpoint: consul.endpoint, clock: systemClock, random: Math.random });
  const observer = {
    onSnapshot: (snapshot: CatalogSnapshot) => {
      last = snapshot;
    },
    onOutage: () => undefined,
  };
  const following = source.follow(observer, ending.signal);
  stop = async () => {
    ending.abort();
    await following;
  };
  return () => last;
}

const register = async (body: unknown): Promise<void> => {
  const { status, answer } = await consul.ask('PUT', '/catalog/register', body);
  if (status !== 200) throw new Error(`${status} ${String(answer)}`);
};

interface Place {
  readonly service: string;
  readonly node: string;
  readonly id: string;
}

const body = ({ service, node, id }: Place, random: Random, withCheck: boolean): unknown => ({
  Node: node,
  Address: '192.0.2.1',
  SkipNodeUpdate: true,
  Service: {
    ID: id,
    Service: service,
    // Without one it has its node's, which may also be its own.
    ...(random.chance(0.3) && { Address: '192.0.2.1' }),
    Port: 1_000 + random.below(9_000),
    Tags: random.chance(0.5) ? ['a'] : ['a', 'b'],
    Meta: { version: String(random.below(3)) },
  },
  ...(withCheck && { Check: { CheckID: `check:${id}`, Name: 'x', ServiceID: id, Status: random.pick(STATUSES) } }),
});

/** One change of the kinds that Consul tells in different ways. */
async function change(services: number, random: Random): Promise<void> {
  const service = `s${random.below(services)}`;
  const node = random.pick(NODES);
  const place = { service, node, id: `${service}-${node}` };
  switch (random.below(9)) {
    case 0:
      return await register({ Node: node, Address: `192.0.2.${random.below(250) + 1}` });
    case 1:
      await consul.ask('PUT', '/catalog/deregister', { Node: node, ServiceID: place.id });
      return;
    case 2: {
      const Check = { CheckID: 'alive', Name: 'alive', Status: random.pick(STATUSES) };
      return await register({ Node: node, Address: '192.0.2.1', SkipNodeUpdate: true, Check });
    }
    case 3: {
      const Check = { CheckID: `more:${place.id}`, Name: 'x', ServiceID: place.id, Status: 'passing' };
      await consul.ask('PUT', '/catalog/register', { Node: node, Address: '192.0.2.1', SkipNodeUpdate: true, Check });
      return;
    }
    case 4:
      await consul.ask('PUT', '/catalog/deregister', { Node: node, CheckID: `more:${place.id}` });
      return;
    case 5:
    case 6:
      return await register(body(place, random, false));
    default:
      return await register(body(place, random, true));
  }
}

/** Everything, read now, in the form of a snapshot. */
async function truth(): Promise<Pick<CatalogSnapshot, 'names' | 'services'>> {
  const names = parseNames((await consul.ask('GET', '/catalog/services?consistent')).answer);
  const services = await Promise.all(
    [...names.keys()].map(async (name) => {
      const { answer } = await consul.ask('GET', `/health/service/${name}?consistent`);
      return [name, parseHealth(answer)] as const;
    }),
  );
  return { names, services: new Map(services) };
}

function plain({ names, services }: Pick<CatalogSnapshot, 'names' | 'services'>): unknown {
  const sorted = <T>(map: ReadonlyMap<string, T>) => [...map].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return { names: sorted(names), services: sorted(services) };
}

describe('the catalog of a real Consul', () => {
  // Few are followed one by one, many by what a few queries tell, and some cross the border now and then.
  it.each([{ services: 4 }, { services: 9 }, { services: 25 }])(
    'is seen as it is after every few changes: $services services',
    async ({ services }) => {
      const seed = Number(process.env['TORTURE_SEED'] ?? Date.now() % 100_000);
      const random = createRandom(seed);
      for (const node of NODES) await register({ Node: node, Address: '192.0.2.1' });
      const last = follow();
      for (let round = 0; round < ROUNDS; round++) {
        const changes = 1 + random.below(MAX_CHANGES);
        for (let i = 0; i < changes; i++) await change(services, random);
        // Consul itself may still change its own node, so the truth is read each time.
        let expected: unknown;
        const isSeen = async () => {
          expected = plain(await truth());
          return JSON.stringify(last() && plain(last() as CatalogSnapshot)) === JSON.stringify(expected);
        };
        await until(`the changes of round ${round}, seed ${seed}`, isSeen, SEEN_WITHIN_MS).catch(() => undefined);
        expect({ seed, round, catalog: plain(last() as CatalogSnapshot) }).toEqual({ seed, round, catalog: expected });
      }
      for (const node of NODES) await consul.ask('PUT', '/catalog/deregister', { Node: node });
    },
  );
});
