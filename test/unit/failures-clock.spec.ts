import { afterEach, describe, expect, it } from 'vitest';
import { createGuardedSource } from '../../src/routing/guarded-source.ts';
import { aContainer } from '../support/containers.ts';
import { createFakeClock } from '../support/fake-clock.ts';
import { createHandDrivenCatalog } from '../support/hand-driven-catalog.ts';
import { aCatalog, anInstance } from '../support/instances.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { createRecordingObserver, gist } from '../support/recording-observer.ts';
import { createRegistrationWorld } from '../support/registration-world.ts';

const HOUR_MS = 3_600_000;
const JUMPS = [{ byMs: HOUR_MS }, { byMs: -HOUR_MS }, { byMs: -60 * 365 * 24 * HOUR_MS }];

let stop: () => Promise<void>;
afterEach(async () => await stop());

/** What the registry is called with in five minutes, minute by minute. */
async function registering(byMs: number): Promise<readonly (readonly string[])[]> {
  const world = createRegistrationWorld();
  stop = world.stop;
  world.source.run(aContainer());
  await world.start();
  const minutes: (readonly string[])[] = [];
  for (let minute = 0; minute < 5; minute++) {
    world.clock.setWall(minute % 2 === 0 ? byMs : -byMs);
    minutes.push(await world.after(60_000));
  }
  return minutes;
}

/** What a guarded catalog tells of a service that is lost with its node, second by second. */
async function guarding(byMs: number): Promise<readonly unknown[]> {
  const clock = createFakeClock();
  const source = createHandDrivenCatalog();
  const observer = createRecordingObserver();
  const ending = new AbortController();
  const guarded = createGuardedSource({ source, clock, log: createRecordingLog(), believesSingles: false });
  const following = guarded.follow(observer, ending.signal);
  stop = async () => {
    ending.abort();
    await following;
  };
  await clock.advance(0);
  const others = ['b', 'c'].map((node) => anInstance({ service: 'consul', id: 'consul', node }));
  source.publish(aCatalog([anInstance(), ...others]));
  const seconds: unknown[] = [];
  for (let second = 0; second < 30; second++) {
    clock.setWall(second % 2 === 0 ? byMs : -byMs);
    source.publish(aCatalog(others, { confirmedMs: Math.floor(second / 5) * 5_000 }));
    await clock.advance(1_000);
    const last = observer.snapshots.at(-1);
    seconds.push(
      last && gist(last),
      guarded.held().map(({ cause }) => cause),
    );
  }
  return seconds;
}

describe('a clock of the host that jumps', () => {
  it.each(JUMPS)('F33: by $byMs ms changes no registration and no heartbeat', async ({ byMs }) => {
    const quiet = await registering(0);
    await stop();
    expect(await registering(byMs)).toEqual(quiet);
    expect(quiet.flat().length).toBeGreaterThan(20);
  });

  it.each(JUMPS)('F33: by $byMs ms changes nothing in what is kept, and for how long', async ({ byMs }) => {
    const quiet = await guarding(0);
    await stop();
    expect(await guarding(byMs)).toEqual(quiet);
    expect(new Set(quiet.map((one) => JSON.stringify(one))).size).toBeGreaterThan(2);
  });
});
