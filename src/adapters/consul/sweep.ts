import PQueue from 'p-queue';
import { backoffMs } from '../../lib/backoff.ts';
import { createTrigger } from '../../lib/trigger.ts';
import { type BellNews, createChecksBell } from './bells.ts';
import type { QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { parseAnswer } from './parse-answer.ts';
import type { ServiceReads } from './service-reads.ts';

/** What may have changed: checks only, or services in ways that no check tells of. */
export type Ring = 'checks' | 'services';

/** Finds out what changed when nobody can tell: from all checks in one read, or by reading every service once. */
export interface Sweep {
  ring(what: Ring): void;
  /** Whether rings lead to reads: in a small catalog each service is followed by itself. */
  setActive(isActive: boolean): void;
  /** Reads every service. Rejects at the first answer that cannot be had. */
  readAll(signal: AbortSignal): Promise<void>;
  /** Reads whenever rung, until aborted; never rejects. */
  run(onFailure: (error: unknown) => void, signal: AbortSignal): Promise<void>;
}

export interface SweepDeps extends QueryTools {
  readonly state: Pick<CatalogState, 'names'>;
  readonly reads: ServiceReads;
  /** What the checks tell is to be read at once. */
  readonly onNews: (news: BellNews) => void;
}

/** The bells and what is read at once hold the other connections. */
const WIDTH = 4;
const MIN_GAP_MS = 100;
/** The agent is to have most of its time for others, however large the catalog. */
const REST_PER_READ = 4;
const BACKOFF = { minMs: 250, maxMs: 2_000 };

export function createSweep({ state, reads, client, clock, random, onNews }: SweepDeps): Sweep {
  const rung = createTrigger();
  let checks = createChecksBell();
  let isActive = false;

  const readChecks = async (signal: AbortSignal): Promise<void> => {
    const path = '/health/state/any';
    const { body } = await client.request({ method: 'GET', path, query: { consistent: '' } }, signal);
    onNews(parseAnswer(path, () => checks(body)));
  };

  const readAll = async (signal: AbortSignal): Promise<void> => {
    const queue = new PQueue({ concurrency: WIDTH });
    // Which services there are is followed by a query of its own.
    const all = state.names().map((name) => queue.add(() => reads.read(name, true, signal)));
    try {
      await Promise.all(all);
    } finally {
      // After a failure what still waits is for the next sweep.
      queue.clear();
    }
  };

  const answerRings = async (signal: AbortSignal): Promise<void> => {
    await rung.pending(signal);
    const rings = rung.take();
    if (!isActive) return;
    await readChecks(signal);
    if (rings.includes('services' satisfies Ring)) await readAll(signal);
  };

  return {
    readAll,
    ring: (what) => rung.wake(what),
    setActive: (active) => {
      if (active && !isActive) {
        // What it compares with must be older than what the sweep reads.
        checks = createChecksBell();
        rung.wake('services' satisfies Ring);
      }
      isActive = active;
    },
    run: async (onFailure, signal) => {
      let failures = 0;
      while (!signal.aborted) {
        let gapMs = MIN_GAP_MS;
        try {
          await rung.pending(signal);
          const startMs = clock.monotonicMs();
          await answerRings(signal);
          gapMs = Math.max(gapMs, (clock.monotonicMs() - startMs) * REST_PER_READ);
          failures = 0;
        } catch (error) {
          if (signal.aborted) return;
          failures += 1;
          onFailure(error);
          rung.wake('services' satisfies Ring);
          gapMs = backoffMs(failures, BACKOFF, random());
        }
        await clock.sleep(gapMs, signal).catch(() => undefined);
      }
    },
  };
}
