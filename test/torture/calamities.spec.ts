import { afterAll, describe, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { GUARD_DEFECTS, type GuardDefect } from './support/calamities/defects.ts';
import { drawCalamity } from './support/calamities/families.ts';
import { type CalamityOutcome, outcomeText, playCalamity } from './support/calamities/play.ts';
import { createServerPool } from './support/calamities/servers.ts';
import { seeds, sized } from './support/size.ts';

const pool = createServerPool();
afterAll(pool.stop);

describe.concurrent('whatever becomes of Consul, no route is lost and none comes back', () => {
  it.for(seeds(10))('seed %i', async (seed, { expect }) => {
    const outcome = await playCalamity(seed, { pool });
    expect(outcome.complaints, outcomeText(outcome)).toEqual([]);
  });
});

describe.concurrent('the witness complains of a guard that', () => {
  it.for(GUARD_DEFECTS.slice(0, sized(1, GUARD_DEFECTS.length)))('$name', async (defect, { expect }) => {
    const found = await firstFound(defect);
    expect(found?.complaints).not.toEqual([]);
    // A sound one plays the same story without a complaint.
    const sound = await playCalamity(found?.seed ?? 0, { pool });
    expect(sound.complaints, outcomeText(sound)).toEqual([]);
  });
});

/** Plays stories that suit the defect until one ends in a complaint. */
async function firstFound({ suits, defect }: GuardDefect): Promise<CalamityOutcome | undefined> {
  const all = Array.from({ length: 500 }, (_, seed) => seed);
  const suitable = all.filter((seed) => suits.test(drawCalamity(seed, createRandom(seed)).text));
  for (const seed of suitable.slice(0, 5)) {
    const outcome = await playCalamity(seed, { pool, ...defect });
    if (outcome.complaints.length > 0) return outcome;
  }
  return undefined;
}
