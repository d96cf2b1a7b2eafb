import { afterAll, describe, it } from 'vitest';
import { outcomeText, playCalamity } from './support/calamities/play.ts';
import { createServerPool } from './support/calamities/servers.ts';
import { seeds } from './support/size.ts';

const pool = createServerPool();
afterAll(pool.stop);

describe.concurrent('no route is lost and none comes back, whatever becomes of Consul', () => {
  it.for(seeds(10))('seed %i', async (seed, { expect }) => {
    const outcome = await playCalamity(seed, { pool });
    expect(outcome.complaints, outcomeText(outcome)).toEqual([]);
  });
});
