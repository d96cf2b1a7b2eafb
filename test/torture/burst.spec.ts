import { describe, it } from 'vitest';
import { createRandom } from '../support/random.ts';
import { PLAIN } from './support/apps.ts';
import { openRig } from './support/open-rig.ts';
import { seeds, sized } from './support/size.ts';

const CONTAINERS = 40;
const ROUNDS = sized(1, 10);

describe('bursts', () => {
  it('forty containers that start at once and are killed at once: nothing is lost and nothing is left', {
    timeout: ROUNDS * 120_000,
  }, async (context) => {
    const [seed = 1] = seeds();
    const random = createRandom(seed);
    const rig = await openRig(context, { run: 'burst' });
    for (let round = 0; round < ROUNDS; round++) {
      const lives = Array.from({ length: CONTAINERS }, (_, i) => ({
        name: `web${round}-${i}`,
        // Half of them are killed while others still start.
        diesAfterMs: i % 2 === 0 ? random.below(500) : undefined,
      }));
      const containers = await Promise.all(
        lives.map(async ({ name, diesAfterMs }) => {
          const container = await rig.runContainer(PLAIN, name);
          if (diesAfterMs === undefined) return container;
          await new Promise((resolve) => setTimeout(resolve, diesAfterMs));
          await container.kill();
          return container;
        }),
      );
      await rig.settled();
      await Promise.all(containers.filter((_, i) => i % 2 === 1).map((container) => container.kill()));
      await rig.settled();
      await Promise.all(containers.map((container) => container.remove({ v: true })));
    }
  });
});
