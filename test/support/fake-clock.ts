import type { Clock } from '../../src/lib/clock.ts';

/** A clock that stands still until told to go on. */
export interface FakeClock extends Clock {
  /** Lets `ms` milliseconds pass; what sleeps wakes in its order, and what follows from that happens in between. */
  advance(ms: number): Promise<void>;
  /** Somebody sets the clock on the wall; nothing that is measured changes. */
  setWall(byMs: number): void;
}

interface Sleeper {
  readonly atMs: number;
  readonly wake: () => void;
}

export function createFakeClock(): FakeClock {
  let nowMs = 0;
  let wallOffsetMs = 0;
  const sleepers = new Set<Sleeper>();
  const earliest = (untilMs: number): Sleeper | undefined =>
    [...sleepers].filter(({ atMs }) => atMs <= untilMs).toSorted((a, b) => a.atMs - b.atMs)[0];
  return {
    monotonicMs: () => nowMs,
    wallMs: () => 1_800_000_000_000 + wallOffsetMs + nowMs,
    setWall: (byMs) => {
      wallOffsetMs += byMs;
    },
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const sleeper = { atMs: nowMs + ms, wake: resolve };
      const abort = () => reject(signal?.reason);
      sleepers.add(sleeper);
      signal?.addEventListener('abort', abort, { once: true });
      try {
        await promise;
      } finally {
        sleepers.delete(sleeper);
        signal?.removeEventListener('abort', abort);
      }
    },
    advance: async (ms) => {
      const untilMs = nowMs + ms;
      await settle();
      for (let next = earliest(untilMs); next !== undefined; next = earliest(untilMs)) {
        nowMs = Math.max(nowMs, next.atMs);
        sleepers.delete(next);
        next.wake();
        await settle();
      }
      nowMs = untilMs;
      await settle();
    },
  };
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}
