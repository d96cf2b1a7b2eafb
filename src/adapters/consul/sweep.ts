import PQueue from 'p-queue';
import { backoffMs } from '../../lib/backoff.ts';
import { createTrigger } from '../../lib/trigger.ts';
import type { QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { parseHealth } from './health-schema.ts';
import { parseAnswer } from './parse-answer.ts';

/** Reads every service once, a few at a time. */
export interface Sweep {
  /** Something changed, and it is not known what. */
  ring(): void;
  /** Whether rings lead to a sweep: in a small catalog each service is followed by itself. */
  setActive(isActive: boolean): void;
  /** Rejects at the first answer that cannot be had. */
  readAll(signal: AbortSignal): Promise<void>;
  /** Sweeps whenever rung, until aborted; never rejects. */
  run(onFailure: (error: unknown) => void, signal: AbortSignal): Promise<void>;
}

/** The bells hold the other connections. */
const WIDTH = 6;
const MIN_GAP_MS = 100;
const BACKOFF = { minMs: 250, maxMs: 2_000 };

export function createSweep(state: CatalogState, { client, clock, random }: QueryTools): Sweep {
  const rung = createTrigger();
  let isActive = false;

  const readAll = async (signal: AbortSignal): Promise<void> => {
    const consistent = { consistent: '' };
    // Which services there are is followed by a query of its own.
    const names = state.names();
    const queue = new PQueue({ concurrency: WIDTH });
    const reads = names.map((name) =>
      queue.add(async () => {
        const request = {
          method: 'GET',
          path: '/health/service/{name}',
          params: { name },
          query: consistent,
        } as const;
        const answer = await client.request(request, signal);
        state.update(
          name,
          parseAnswer(`/health/service/${name}`, () => parseHealth(answer.body)),
        );
      }),
    );
    try {
      await Promise.all(reads);
    } finally {
      // After a failure what still waits is for the next sweep.
      queue.clear();
    }
  };

  return {
    readAll,
    ring: () => rung.wake('ring'),
    setActive: (active) => {
      isActive = active;
      if (active) rung.wake('the catalog is large');
    },
    run: async (onFailure, signal) => {
      let failures = 0;
      while (!signal.aborted) {
        try {
          await rung.pending(signal);
          rung.take();
          if (isActive) await readAll(signal);
          failures = 0;
        } catch (error) {
          if (signal.aborted) return;
          failures += 1;
          onFailure(error);
          rung.wake('the last sweep failed');
        }
        const gapMs = failures > 0 ? backoffMs(failures, BACKOFF, random()) : MIN_GAP_MS;
        await clock.sleep(gapMs, signal).catch(() => undefined);
      }
    },
  };
}
