import type { Random } from '../../../support/random.ts';
import type { Calamity, Stage } from './stage.ts';

/** Consul itself does not hurry: what takes it a second takes Portolan three, less than Portolan waits for anything. */
const FACTOR = 3;
/** Registrars find out within this that Consul has lost what they told it. */
const RESTORED_WITHIN_MS = 4_000;
/** Changes that a server has to go through again when it starts. */
const LOG_ENTRIES = 200;

/** All data lost; registrars come a little later. */
export function wipe(random: Random): Calamity {
  const restoredAfterMs = random.below(RESTORED_WITHIN_MS);
  return {
    text: `Consul loses everything, and registrars come ${restoredAfterMs} ms later`,
    server: 'plain',
    isTls: random.chance(0.4),
    factor: FACTOR,
    strike: async (stage, meanwhile) => await wipeOnce(stage, restoredAfterMs, meanwhile),
  };
}

async function wipeOnce(stage: Stage, restoredAfterMs: number, meanwhile: () => Promise<void>): Promise<void> {
  await Promise.all([stage.server.restart('lost'), meanwhile()]);
  stage.say('Consul has a leader');
  await stage.clock.sleep(restoredAfterMs);
  await stage.world.restore();
}

/** Ended hard and started again with its data, at once after some changes, which are in no snapshot of its log. */
export function restart(random: Random): Calamity {
  const withLog = random.chance(0.7);
  return {
    text: `Consul starts again with its data${withLog ? ', of which much has been deregistered' : ''}`,
    server: 'plain',
    isTls: random.chance(0.4),
    factor: FACTOR,
    strike: async (stage, meanwhile) => {
      if (withLog) await stage.world.churn(LOG_ENTRIES);
      await meanwhile();
      await Promise.all([stage.server.restart('kept'), meanwhile()]);
    },
  };
}

/** Twice in a row, of either kind. */
export function twice(random: Random): Calamity {
  const kinds = [random.pick(['kept', 'lost'] as const), random.pick(['kept', 'lost'] as const)] as const;
  const pauseMs = random.below(8_000);
  return {
    text: `Consul starts again, data ${kinds[0]}, and ${pauseMs} ms later, data ${kinds[1]}`,
    server: 'plain',
    isTls: random.chance(0.4),
    factor: FACTOR,
    strike: async (stage, meanwhile) => {
      await stage.server.restart(kinds[0]);
      await stage.clock.sleep(random.below(RESTORED_WITHIN_MS));
      if (kinds[0] === 'lost') await stage.world.restore();
      await meanwhile();
      await stage.clock.sleep(pauseMs);
      await Promise.all([stage.server.restart(kinds[1]), meanwhile()]);
      await stage.clock.sleep(random.below(RESTORED_WITHIN_MS));
      if (kinds[1] === 'lost') await stage.world.restore();
    },
  };
}

/** The token is deleted (403), or lost so that nothing is shown (200), and another is given some time later. */
export function lostToken(random: Random): Calamity {
  const how = random.pick(['deleted', 'lost', 'lost', 'poor'] as const);
  const lastsMs = 500 + random.below(14_000);
  return {
    text: `the token is ${how} for ${lastsMs} ms`,
    server: 'acl',
    isTls: random.chance(0.4),
    factor: FACTOR,
    strike: async (stage, meanwhile) => {
      const { server, token, clock, world } = stage;
      const good = token.current;
      const untilMs = clock.monotonicMs() + lastsMs;
      if (how === 'lost') token.current = undefined;
      if (how === 'poor') token.current = await createPoorToken(server);
      if (how === 'deleted') token.current = UNKNOWN;
      await world.touch(random.pick(world.instances()));
      await meanwhile();
      await clock.sleep(untilMs - clock.monotonicMs());
      token.current = good;
      if (how !== 'deleted') await world.touch(random.pick(world.instances()));
    },
  };
}

/** To Consul a token that was deleted and one that never was are the same. */
const UNKNOWN = 'bad0bad0-0000-4000-8000-000000000000';

/** May read the nodes, and no service. */
async function createPoorToken({ ask }: Stage['server']): Promise<string> {
  const Name = `poor-${Date.now()}-${Math.trunc(performance.now())}`;
  await ask('PUT', '/acl/policy', { Name, Rules: 'node_prefix "" { policy = "read" }' });
  return ((await ask('PUT', '/acl/token', { Policies: [{ Name }] })).answer as { readonly SecretID: string }).SecretID;
}

/** The leader dies, which may be the server that Portolan asks, and comes back; sometimes so many that none can lead. */
export function election(random: Random): Calamity {
  const awayMs = random.below(1_500);
  const dead = random.pick([1, 1, 2] as const);
  return {
    text: `the leader dies${dead === 1 ? '' : ', and another server with it'}, for ${awayMs} ms at least`,
    server: 'cluster',
    factor: FACTOR,
    strike: async (stage, meanwhile) => {
      await meanwhile();
      await Promise.all([stage.server.elect(awayMs, dead), meanwhile()]);
    },
  };
}
