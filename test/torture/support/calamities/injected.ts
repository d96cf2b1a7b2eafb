import type { Faults } from '../../../support/fault-proxy.ts';
import type { Random } from '../../../support/random.ts';
import { type CatalogRead, emptiness, INDEX_KINDS, type IndexKind, parseRead, replay } from './lies.ts';
import { type RecordedAnswers, recordAnswers, without } from './recorded-answers.ts';
import type { Calamity, Stage } from './stage.ts';

/** A blocking query of a minute is given up by the reader's clock after 69 s, which must be long on the machine's too. */
const FACTOR = 5;

/** What wakes the queries that wait in Consul, so that they meet what is wrong now. */
type Poke = 'reset' | 'change' | 'both';

interface Deceit {
  readonly text: string;
  readonly hangs?: boolean;
  readonly isTls?: boolean;
  readonly poke: Poke;
  readonly lastsMs: number;
  /** @param before is what Consul said when the story began. */
  readonly faults: (stage: Stage, before: RecordedAnswers) => Promise<Faults> | Faults;
}

function injected({ text, hangs = false, isTls = false, poke, lastsMs, faults }: Deceit): Calamity {
  return {
    text: `${text} for ${lastsMs} ms (${poke})`,
    server: 'plain',
    factor: FACTOR,
    hangs,
    isTls,
    strike: async (stage, meanwhile) => {
      const { proxy, world, clock, random } = stage;
      const before = await recordAnswers(stage.server);
      await meanwhile();
      const untilMs = clock.monotonicMs() + lastsMs;
      const wanted = await faults(stage, before);
      if (poke !== 'change') await proxy.setFaults({ connections: 'reset' });
      await proxy.setFaults(wanted);
      if (poke !== 'reset') await world.touch(random.pick(world.instances()));
      await meanwhile();
      await clock.sleep(untilMs - clock.monotonicMs());
      await proxy.clear();
    },
  };
}

const lasting = (random: Random): number => 100 + random.below(7_900);
const poking = (random: Random): Poke => random.pick(['reset', 'change', 'both']);
const hanging = (index: IndexKind) => index === 'larger' || index === 'absurd';

/** 200 and nothing, for everything. */
export function emptyEverywhere(random: Random): Calamity {
  const index = random.pick(INDEX_KINDS);
  return injected({
    text: `nothing anywhere, with an index that is ${index}`,
    hangs: hanging(index),
    poke: poking(random),
    lastsMs: lasting(random),
    faults: async ({ server }) => emptiness({ recorded: await recordAnswers(server), index, random }),
  });
}

const PLACES: Readonly<Record<string, (read: CatalogRead, service: string) => boolean>> = {
  'the names': ({ path }) => path === '/catalog/services',
  'the nodes': ({ path }) => path === '/catalog/nodes',
  'all services': ({ path }) => path.startsWith('/health/service/'),
  'one service': ({ path }, service) => path === `/health/service/${service}`,
  'the checks': ({ path }) => path === '/health/state/any',
  'each node': ({ path }) => path.startsWith('/catalog/node/'),
  'all but the names': ({ path }) => path !== '/catalog/services',
};

/** 200 and nothing, for some questions. */
export function emptySomewhere(random: Random): Calamity {
  const index = random.pick(INDEX_KINDS);
  const where = random.pick(Object.keys(PLACES));
  return injected({
    text: `nothing of ${where}, with an index that is ${index}`,
    hangs: hanging(index),
    poke: poking(random),
    lastsMs: lasting(random),
    faults: async ({ server, world }) => {
      const { service } = random.pick(world.instances());
      const isTrue = (read: CatalogRead) => PLACES[where]?.(read, service) === false;
      return emptiness({ recorded: await recordAnswers(server), index, random, isTrue });
    },
  });
}

const ERRORS = [
  { status: 500, body: 'No cluster leader' },
  { status: 500, body: 'rpc error making call: EOF' },
  { status: 403, body: 'ACL not found' },
  { status: 429, body: 'Your IP is issuing too many concurrent connections' },
  { status: 503, body: '<html>away</html>', headers: { 'content-type': 'text/html' } },
  { status: 200, body: '<html>who are you?</html>', headers: { 'content-type': 'text/html' } },
  { status: 200, body: '[{"Node":', headers: { 'content-type': 'application/json', 'x-consul-index': '7' } },
  'close',
  'reset',
] as const;

/** No answers, or errors, to all questions or to some. */
export function noAnswers(random: Random): Calamity {
  const share = random.pick([0.3, 0.6, 1]);
  const some = [random.pick(ERRORS), random.pick(ERRORS)] as const;
  const how = random.pick(['answers', 'answers', 'close', 'silence', 'refuse'] as const);
  const names = some.map((error) => (typeof error === 'string' ? error : error.status)).join(' or ');
  return injected({
    isTls: how !== 'answers' && random.chance(0.4),
    text: how === 'answers' ? `${names} to ${share * 100} % of the requests` : `connections: ${how}`,
    hangs: how === 'silence',
    poke: poking(random),
    lastsMs: lasting(random),
    faults: () => {
      if (how !== 'answers') return { connections: how };
      return { rule: (_, { chance }) => (chance(share) ? some[chance(0.5) ? 0 : 1] : undefined) };
    },
  });
}

/** What was true when the story began, as from a server that replays its log: only consistent reads get the truth. */
export function history(random: Random): Calamity {
  return injected({
    text: 'history for whoever does not ask for a consistent answer',
    poke: random.pick(['reset', 'both', 'change']),
    lastsMs: lasting(random),
    faults: async ({ isNeverConsistent, world, clock }, recorded) => {
      // What it was like must differ from what it is like, and that must have been seen.
      for (const instance of world.of('base-1')) await world.move(instance);
      await clock.sleep(1_000);
      const isTrue = ({ isConsistent }: CatalogRead) => isConsistent && !isNeverConsistent;
      return replay({ recorded, index: 'smaller', random, isTrue });
    },
  });
}

const STALE: readonly Readonly<Record<string, string>>[] = [
  { 'x-consul-lastcontact': '15000' },
  { 'x-consul-knownleader': 'false' },
  { 'x-consul-results-filtered-by-acls': 'true' },
];

/** A part of the services is missing, and the headers say why: the server is cut off, or the token is poor. */
export function lessThanAll(random: Random): Calamity {
  const headers = random.pick(STALE);
  const index = random.pick(['smaller', 'equal', 'larger'] as const);
  const share = random.pick([0.15, 0.5]);
  return injected({
    text: `${share * 100} % of the services missing, ${JSON.stringify(headers)}, with an index that is ${index}`,
    hangs: hanging(index),
    poke: poking(random),
    lastsMs: lasting(random),
    faults: async ({ server, world }) => {
      const names = [...new Set(world.instances().map(({ service }) => service))];
      const lost = new Set([random.pick(names), ...names.filter(() => random.chance(share))]);
      const recorded = without(await recordAnswers(server), lost);
      return replay({ recorded, index, random, headers });
    },
  });
}

/** All of it at once: each answer is true, an error, or nothing. */
export function confusion(random: Random): Calamity {
  return injected({
    text: 'truth, errors and nothing by turns',
    poke: 'both',
    lastsMs: lasting(random),
    faults: async ({ server }) => {
      const nothing = emptiness({ recorded: await recordAnswers(server), index: 'smaller', random });
      return {
        rule: (request, tools) => {
          if (tools.chance(0.3))
            return ERRORS[Math.floor((parseRead(request).path.length + tools.count) % ERRORS.length)];
          return tools.chance(0.5) ? nothing.rule?.(request, tools) : undefined;
        },
      };
    },
  });
}
