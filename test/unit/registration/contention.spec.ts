import { beforeEach, describe, expect, it } from 'vitest';
import { type Contention, createContention } from '../../../src/registration/contention.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { aRegistration } from '../../support/services.ts';

const [a, b] = [aRegistration({ id: 'a' }), aRegistration({ id: 'b' })];

let clock: FakeClock;
let contention: Contention;

beforeEach(() => {
  clock = createFakeClock();
  contention = createContention(clock, 60_000);
});

/** After each of these times it is found changed; until when it is left alone then. */
async function foundAfter(...waitsMs: readonly number[]): Promise<readonly (number | undefined)[]> {
  const until: (number | undefined)[] = [];
  for (const ms of waitsMs) {
    await clock.advance(ms);
    contention.found(a);
    until.push(contention.yieldedUntilMs(a));
  }
  return until;
}

describe('createContention', () => {
  it('gives way for 10 minutes to whoever changes a service three times within the window', async () => {
    expect(await foundAfter(0, 30_000, 30_000)).toEqual([undefined, undefined, 660_000]);
  });

  it('takes the service back after that', async () => {
    await foundAfter(0, 0, 0);
    await clock.advance(599_999);
    expect(contention.yieldedUntilMs(a)).toBe(600_000);
    await clock.advance(1);
    expect(contention.yieldedUntilMs(a)).toBeUndefined();
  });

  it('needs three times again to give way again', async () => {
    await foundAfter(0, 0, 0);
    expect(await foundAfter(600_000, 0, 0)).toEqual([undefined, undefined, 1_200_000]);
  });

  it('begins to count anew when it has given way', async () => {
    expect(await foundAfter(0, 0, 0, 1_000, 1_000)).toEqual([undefined, undefined, 600_000, 600_000, 600_000]);
  });

  it('forgets what lies longer back than the window', async () => {
    expect(await foundAfter(0, 30_000, 30_001, 29_999)).toEqual([undefined, undefined, undefined, 690_000]);
  });

  it("holds for one definition: a container that was replaced since is nobody else's", async () => {
    await foundAfter(0, 0, 0);
    const replaced = aRegistration({ id: 'a', port: 1 });
    contention.found(replaced);
    expect([contention.yieldedUntilMs(replaced), contention.yieldedUntilMs(a)]).toEqual([undefined, 600_000]);
  });

  it('holds whatever the container check says and how long it lives', async () => {
    await foundAfter(0, 0, 0);
    const paused = { status: 'critical', output: 'paused: by docker pause' } as const;
    const longer = aRegistration({ id: 'a' }, { ttlMs: 120_000, verdict: paused });
    expect(contention.yieldedUntilMs(longer)).toBe(600_000);
  });

  it('counts for each service on its own', async () => {
    await foundAfter(0, 0);
    contention.found(b);
    expect([contention.yieldedUntilMs(a), contention.yieldedUntilMs(b)]).toEqual([undefined, undefined]);
  });
});
