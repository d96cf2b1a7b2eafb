import { backoffMs } from '../../lib/backoff.ts';
import { createTrigger } from '../../lib/trigger.ts';
import { type BellNews, createChecksBell } from './bells.ts';
import { type Consistency, consistencyQuery, type QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { inTurns } from './in-turns.ts';
import { createNodeReads } from './node-reads.ts';
import { parseAnswer } from './parse-answer.ts';
import type { ServiceReads } from './service-reads.ts';

/** What may have changed: checks only, services in ways that no check tells of, or anything since nobody knows when. */
export type Ring = 'checks' | 'everything' | 'services';

/** Finds out what changed when nobody can tell: from all checks in one read, from all nodes, or from every service. */
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
  /** How reads are to be answered: consistently, but where there is no leader. */
  readonly consistency: () => Consistency;
  /** What the checks tell is to be read at once. */
  readonly onNews: (news: BellNews) => void;
}

const MIN_GAP_MS = 100;
/** The agent is to have most of its time for others, however large the catalog. */
const REST_PER_READ = 4;
const BACKOFF = { minMs: 250, maxMs: 2_000 };

export function createSweep({ state, reads, client, clock, random, consistency, onNews }: SweepDeps): Sweep {
  const rung = createTrigger();
  let checks = createChecksBell();
  const nodes = createNodeReads(client);
  let isActive = false;

  const readChecks = async (signal: AbortSignal): Promise<void> => {
    const path = '/health/state/any';
    const query = consistencyQuery(consistency());
    const { body } = await client.request({ method: 'GET', path, query }, signal);
    onNews(parseAnswer(path, () => checks(body)));
  };

  const readAll = async (signal: AbortSignal): Promise<void> => {
    // Which services there are is followed by a query of its own.
    await inTurns(state.names().map((name) => () => reads.read(name, consistency(), signal)));
  };

  const answerRings = async (signal: AbortSignal): Promise<void> => {
    const rings = rung.take();
    if (!isActive) return;
    await readChecks(signal);
    if (rings.every((ring) => ring === 'checks')) return;
    // What they are compared with must be older than what is read of everything.
    const changed = await nodes.changedServices(state.names().length, consistency(), signal);
    onNews({ services: changed ?? [], nodes: [] });
    if (changed === undefined || rings.includes('everything' satisfies Ring)) await readAll(signal);
  };

  return {
    readAll,
    ring: (what) => rung.wake(what),
    setActive: (active) => {
      if (active && !isActive) {
        // What it compares with must be older than what the sweep reads.
        checks = createChecksBell();
        nodes.forget();
        rung.wake('everything' satisfies Ring);
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
          rung.wake('everything' satisfies Ring);
          gapMs = backoffMs(failures, BACKOFF, random());
        }
        await clock.sleep(gapMs, signal).catch(() => undefined);
      }
    },
  };
}
