import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type PassReport, runReconcileLoop } from '../../../src/lib/reconcile-loop.ts';
import { createTrigger, type Trigger } from '../../../src/lib/trigger.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let trigger: Trigger;
let ending: AbortController;
let reports: PassReport[];
let running: Promise<void>;

beforeEach(() => {
  clock = createFakeClock();
  trigger = createTrigger();
  ending = new AbortController();
  reports = [];
});

afterEach(async () => {
  ending.abort();
  await running;
});

/** Runs a loop whose passes do `work`; resolves when the first pass is over. */
async function start(work: (pass: number) => Promise<number | undefined>): Promise<void> {
  let pass = 0;
  const steps = {
    observe: async () => pass++,
    derive: (n: number) => n,
    plan: (_observed: number, n: number) => n,
    apply: (n: number) => work(n),
  };
  running = runReconcileLoop(
    {
      clock,
      trigger,
      steps,
      resyncMs: 30_000,
      backoff: { minMs: 1_000, maxMs: 4_000 },
      random: () => 0.999,
      onPass: (report) => reports.push(report),
    },
    ending.signal,
  );
  await clock.advance(0);
}

const nothing = async (): Promise<undefined> => undefined;
const causes = () => reports.map(({ resync, reasons }) => ({ resync, reasons }));

describe('runReconcileLoop', () => {
  it('runs a first pass at once, which reads everything', async () => {
    await start(nothing);
    expect(causes()).toEqual([{ resync: true, reasons: [] }]);
  });

  it('makes one pass of all wakes that come before it', async () => {
    await start(nothing);
    for (const reason of ['a', 'b', 'a']) trigger.wake(reason);
    await clock.advance(0);
    expect(causes().slice(1)).toEqual([{ resync: false, reasons: ['a', 'b'] }]);
  });

  it('makes one more pass of all wakes that come during one', async () => {
    const gate = Promise.withResolvers<void>();
    await start(async (pass) => {
      if (pass === 0) await gate.promise;
      return undefined;
    });
    for (const reason of ['a', 'b', 'c']) trigger.wake(reason);
    await clock.advance(1_000);
    expect(reports).toEqual([]);
    gate.resolve();
    await clock.advance(0);
    expect(causes()).toEqual([
      { resync: true, reasons: [] },
      { resync: false, reasons: ['a', 'b', 'c'] },
    ]);
  });

  it('reads everything again after the resync time', async () => {
    await start(nothing);
    await clock.advance(29_999);
    expect(reports).toHaveLength(1);
    await clock.advance(1);
    expect(causes().slice(1)).toEqual([{ resync: true, reasons: [] }]);
  });

  it('runs again when a pass asks for it', async () => {
    await start(async (pass) => (pass === 0 ? 500 : undefined));
    await clock.advance(499);
    expect(reports).toHaveLength(1);
    await clock.advance(1);
    expect(causes().slice(1)).toEqual([{ resync: false, reasons: [] }]);
  });

  it('repeats a failed pass with growing delays up to the limit, and reads everything each time', async () => {
    await start(async () => {
      throw new Error('down');
    });
    const times: number[] = [];
    for (let seen = reports.length; times.length < 4; await clock.advance(10)) {
      if (reports.length > seen) times.push(clock.monotonicMs());
      seen = reports.length;
    }
    const delays = times.map((time, i) => time - (times[i - 1] ?? 0));
    expect(delays).toEqual([1_000, 2_000, 4_000, 4_000]);
    expect(reports.map(({ failures, resync }) => ({ failures, resync }))).toEqual(
      [1, 2, 3, 4, 5].map((failures) => ({ failures, resync: true })),
    );
  });

  it('brings the repetition forward when woken, but not closer than 100 ms', async () => {
    await start(async (pass) => {
      if (pass === 0) throw new Error('down');
      return undefined;
    });
    trigger.wake('it is back');
    await clock.advance(99);
    expect(reports).toHaveLength(1);
    await clock.advance(1);
    expect(causes().slice(1)).toEqual([{ resync: true, reasons: ['it is back'] }]);
  });

  it('ends when aborted, without reporting the pass that it cuts short', async () => {
    await start(async () => {
      const { promise, reject } = Promise.withResolvers<undefined>();
      ending.signal.addEventListener('abort', () => reject(new Error('aborted')));
      return await promise;
    });
    ending.abort();
    await running;
    expect(reports).toEqual([]);
  });
});
