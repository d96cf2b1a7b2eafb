import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Pace, runPacedReads } from '../../../../src/adapters/consul/paced-reads.ts';
import { createTrigger, type Trigger } from '../../../../src/lib/trigger.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

const PACE: Pace = {
  ...{ gatherMs: 0, minGapMs: 100, restPerRead: 2, maxDebtMs: 1_000, maxRestMs: 1_000 },
  backoff: { minMs: 250, maxMs: 2_000 },
};

let clock: FakeClock;
let rung: Trigger;
let ending: AbortController;
let running: Promise<void>;
/** When each read began, and for which rings. */
let reads: (readonly [atMs: number, ...rings: readonly string[]])[];
let failures: unknown[];
let takesMs: number;
let error: Error | undefined;

beforeEach(() => {
  clock = createFakeClock();
  rung = createTrigger();
  ending = new AbortController();
  [reads, failures, takesMs, error] = [[], [], 0, undefined];
});

afterEach(async () => {
  ending.abort();
  await running;
});

function run(pace: Partial<Pace> = {}): void {
  const read = async (rings: readonly string[], signal: AbortSignal): Promise<void> => {
    reads.push([clock.monotonicMs(), ...rings]);
    await clock.sleep(takesMs, signal);
    if (error !== undefined) throw error;
  };
  const onFailure = (failure: unknown) => failures.push(failure);
  running = runPacedReads(
    { rung, pace: { ...PACE, ...pace }, clock, random: () => 0.999_99, read, onFailure },
    ending.signal,
  );
}

/** Rings all the time, and tells when reads began. */
async function beginnings(ms: number): Promise<readonly number[]> {
  for (let passedMs = 0; passedMs < ms; passedMs += 10) {
    rung.wake('a');
    await clock.advance(10);
  }
  return reads.map(([atMs]) => atMs);
}

describe('runPacedReads', () => {
  it('reads at once when rung, and not before', async () => {
    run();
    await clock.advance(500);
    rung.wake('a');
    await clock.advance(5_000);
    expect(reads).toEqual([[500, 'a']]);
  });

  it('gathers the rings that follow the first', async () => {
    run({ gatherMs: 300 });
    rung.wake('a');
    await clock.advance(200);
    rung.wake('b');
    await clock.advance(5_000);
    expect(reads).toEqual([[300, 'a', 'b']]);
  });

  it('lets 100 ms pass between two reads', async () => {
    run();
    expect(await beginnings(290)).toEqual([0, 100, 200]);
  });

  it('rests twice as long as it has read, once it owes more than a second of it', async () => {
    takesMs = 200;
    run();
    expect(await beginnings(3_000)).toEqual([0, 300, 600, 900, 1_400, 2_000, 2_600]);
  });

  it.each([
    { rule: 'a second', tookMs: 800, at: [0, 1_800, 3_600] },
    { rule: 'it has read', tookMs: 2_000, at: [0, 4_000, 8_000] },
  ])('rests no longer than $rule', async ({ tookMs, at }) => {
    takesMs = tookMs;
    run({ maxDebtMs: 0 });
    expect((await beginnings(8_100)).slice(0, 3)).toEqual(at);
  });

  it('tells a failure, and waits with growing delays before it reads again', async () => {
    error = new Error('down');
    run();
    expect(await beginnings(4_000)).toEqual([0, 250, 750, 1_750, 3_750]);
    expect(failures).toEqual(reads.map(() => error));
  });

  it('ends during a read without a word', async () => {
    takesMs = 1_000;
    run();
    rung.wake('a');
    await clock.advance(500);
    ending.abort();
    await running;
    expect(failures).toEqual([]);
  });
});
