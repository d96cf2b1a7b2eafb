import { createConsulCatalog } from '../../../../src/adapters/consul/catalog-source.ts';
import type { CatalogSource } from '../../../../src/domain/catalog.ts';
import { createGuardedSource } from '../../../../src/routing/guarded-source.ts';
import { startFaultProxy } from '../../../support/fault-proxy.ts';
import { createHurriedClock } from '../../../support/hurried-clock.ts';
import { createRandom } from '../../../support/random.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';
import { until } from '../../../support/until.ts';
import { drawCalamity } from './families.ts';
import { createOrdinaryLife, type OrdinaryLife } from './ordinary.ts';
import type { ServerPool } from './servers.ts';
import type { Calamity, Stage } from './stage.ts';
import { createWitness, type RoutesDifference, type Witness } from './witness.ts';
import { createWorld } from './world.ts';

/** What a story led to. It went well where there are no complaints. */
export interface CalamityOutcome {
  readonly seed: number;
  readonly complaints: readonly string[];
  /** What happened and when, by Portolan's clock, one a line. */
  readonly story: string;
}

export interface PlayOptions {
  readonly pool: ServerPool;
  /** Stands between Consul's catalog and the guard. */
  readonly through?: (source: CatalogSource) => CatalogSource;
  /** As if no read ever asked for a consistent answer. */
  readonly isNeverConsistent?: boolean;
}

/** After the last trouble the routes must be as the catalog is. */
const RECOVERED_AFTER_MS = 25_000;
/** A query that nobody answers is given up after that. */
const GIVEN_UP_AFTER_MS = 70_000;
/** When all is well a service that is scaled to zero is gone after that, of the machine's time. */
const GONE_AFTER_MS = 1_000;
/** What goes within that counts together. */
const LOSSES_TOGETHER_MS = 5_500;
/** A catalog that grows beyond eight services is read in another way. */
const SIZES = [4, 4, 16] as const;

export async function playCalamity(seed: number, options: PlayOptions): Promise<CalamityOutcome> {
  const random = createRandom(seed);
  const calamity = drawCalamity(seed, random);
  const server = await options.pool.take(calamity.server);
  const tls = calamity.isTls === true ? server.tls : undefined;
  const proxy = await startFaultProxy({ target: { port: tls?.port ?? server.port }, seed });
  const clock = createHurriedClock(calamity.factor);
  const startMs = clock.monotonicMs();
  const story: string[] = [];
  const say = (text: string): void => {
    story.push(`${((clock.monotonicMs() - startMs) / 1_000).toFixed(2).padStart(7)} s  ${text}`);
  };
  const witness = createWitness(say);
  const world = createWorld(server, witness);
  const token = { current: server.token };
  const { isNeverConsistent = false } = options;
  const stage: Stage = { server, proxy, world, clock, random, token, say, isNeverConsistent };
  const life = createOrdinaryLife(world, random, random.pick(SIZES));
  const scene = { stage, calamity, witness, life };
  const follower = follow(scene, options);
  try {
    await play(scene, follower).catch((error: unknown) => witness.complain(String(error)));
  } finally {
    await follower.stop();
    await proxy.close();
    await world.clear();
    options.pool.giveBack(calamity.server, server);
  }
  return { seed, complaints: witness.complaints, story: story.join('\n') };
}

interface Scene {
  readonly stage: Stage;
  readonly calamity: Calamity;
  readonly witness: Witness;
  readonly life: OrdinaryLife;
}

interface Follower {
  readonly log: RecordingLog;
  start(): void;
  /** Whether Portolan takes all that it has for confirmed. */
  isCalm(): boolean;
  stop(): Promise<void>;
}

/** Portolan's reader of the catalog, from Consul to the routes. */
function follow({ stage, calamity, witness }: Scene, { through = (source) => source }: PlayOptions): Follower {
  const { server, clock, random, proxy, token, say } = stage;
  const log = createRecordingLog();
  const { isTls = false } = calamity;
  const place = { kind: 'tcp', host: '127.0.0.1', port: proxy.port, isTls } as const;
  const trust = server.tls?.trust ?? { verify: true };
  const endpoint = { name: 'consul://proxy', place, token: () => token.current, tls: () => trust };
  // One of its own: how often it is asked depends on the time.
  const jitter = createRandom(random.below(2 ** 31));
  const source = through(createConsulCatalog({ endpoint, clock, random: jitter.next }));
  const guarded = createGuardedSource({ source, clock, log, believesSingles: false });
  const ending = new AbortController();
  let following = Promise.resolve();
  let isConfirmed = false;
  let said = '';
  const observer: Parameters<CatalogSource['follow']>[0] = {
    onSnapshot: (snapshot) => {
      isConfirmed = snapshot.trust === 'confirmed';
      const held = guarded.held().map(({ instance, cause }) => `${instance.id} ${cause}`);
      const text = `${snapshot.trust}, ${snapshot.services.size} services, ${held.length} kept: ${held.slice(0, 4).join(', ')}`;
      if (text !== said) say(`   told: ${text}`);
      said = text;
      witness.look(snapshot);
    },
    onOutage: (error) => say(`   outage: ${error.message.slice(0, 120)}`),
  };
  return {
    log,
    start: () => {
      following = guarded.follow(observer, ending.signal);
    },
    isCalm: () => isConfirmed && guarded.held().length === 0,
    stop: async () => {
      ending.abort();
      await following;
    },
  };
}

async function play(scene: Scene, follower: Follower): Promise<void> {
  const { stage, calamity, life } = scene;
  const { say, random, clock } = stage;
  let hasEmptied = false;
  const happen = async (isEmptying: boolean): Promise<void> => {
    await clock.sleep(random.below(600));
    const gone = isEmptying ? await life.empty(false) : undefined;
    hasEmptied ||= gone !== undefined;
    say(gone === undefined ? await life.step() : `${gone.service} is scaled to zero`);
  };
  const ordinary = async (): Promise<void> => {
    for (let left = 1 + random.below(2); left > 0; left--) await happen(random.chance(0.35));
  };

  await life.settle();
  follower.start();
  await isRight(scene, RECOVERED_AFTER_MS);
  await emptyQuietly(scene, follower);
  await ordinary();
  say(`* ${calamity.text}${calamity.isTls === true ? ', over TLS' : ''}`);
  await calamity.strike(stage, ordinary);
  say('* it is over');
  await happen(!hasEmptied);
  await ordinary();
  await isRight(scene, RECOVERED_AFTER_MS + (calamity.hangs === true ? GIVEN_UP_AFTER_MS : 0));
  if (calamity.hangs === true) return;
  await until('Portolan is calm', follower.isCalm, realMs(scene, RECOVERED_AFTER_MS));
  await emptyQuietly(scene, follower);
  say(await life.step());
  await isRight(scene, RECOVERED_AFTER_MS);
}

function realMs({ calamity }: Scene, ms: number): number {
  return ms / calamity.factor;
}

/** Waits until the routes are as they should be. */
async function isRight(scene: Scene, withinMs: number): Promise<void> {
  const { witness, stage } = scene;
  let difference: RoutesDifference | undefined;
  const isSame = () => {
    difference = witness.difference();
    return difference === undefined;
  };
  try {
    await until('the routes are right', isSame, realMs(scene, withinMs));
    stage.say('the routes are right');
  } catch {
    witness.complain(`${withinMs} ms later the routes differ: ${differenceText(difference)}`);
  }
}

/** Of the services that are not as they should be. */
function differenceText(difference: RoutesDifference | undefined): string {
  const { expected = {}, actual = {} } = difference ?? {};
  const names = Object.keys({ ...expected, ...actual });
  const text = (all: readonly string[] | undefined) => all?.join() ?? 'nothing';
  const wrong = names.filter((name) => text(expected[name]) !== text(actual[name]));
  return wrong.map((name) => `${name} has ${text(actual[name])} instead of ${text(expected[name])}`).join('; ');
}

/** Scales a service to zero while all is well: that must count at once. */
async function emptyQuietly({ stage, witness, life }: Scene, { log }: Follower): Promise<void> {
  // What went before may count together with it.
  const { world, clock, say } = stage;
  if (world.removals() * 3 > world.instances().length) await clock.sleep(LOSSES_TOGETHER_MS);
  const lines = log.lines.length;
  const gone = await life.empty(true);
  if (gone === undefined) return;
  say(`${gone.service} is scaled to zero while all is well`);
  const isGone = () => !witness.isRouted(gone.addresses);
  await until('it is gone', isGone, GONE_AFTER_MS).catch(() => witness.complain(`${gone.service} stays too long`));
  const kept = log.lines.slice(lines).filter(({ facts }) => JSON.stringify(facts['services'])?.includes(gone.service));
  if (kept.length > 0) witness.complain(`${gone.service} was not let go at once: ${JSON.stringify(kept)}`);
}

/** Everything that one needs to know of a story that failed. */
export function outcomeText({ seed, complaints, story }: CalamityOutcome): string {
  return `seed ${seed} fails; again by: TORTURE_SEED=${seed} make torture\n${story}\n\n${complaints.join('\n')}`;
}
