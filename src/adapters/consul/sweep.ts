import { createTrigger } from '../../lib/trigger.ts';
import type { BellNews } from './bells.ts';
import type { Consistency, QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { createCheckReads } from './check-reads.ts';
import { inTurns } from './in-turns.ts';
import { createNodeReads } from './node-reads.ts';
import { type Pace, runPacedReads } from './paced-reads.ts';
import type { ServiceReads } from './service-reads.ts';

/**
 * What may have changed: checks only, services in ways that no check tells of, the same beside others that were named, or
 * anything since nobody knows when.
 */
export type Ring = 'checks' | 'everything' | 'more-services' | 'services';

/** Finds out what changed when nobody can tell: from all nodes, from all checks in one read, or from every service. */
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
  readonly state: Pick<CatalogState, 'isAside' | 'isKnown' | 'names' | 'nodes' | 'services'>;
  readonly reads: ServiceReads;
  /** How reads are to be answered: consistently, but where there is no leader. */
  readonly consistency: () => Consistency;
  /** What was found is to be read at once. */
  readonly onNews: (news: BellNews) => void;
}

const BACKOFF = { minMs: 250, maxMs: 2_000 };
const SERVICES: Pace = {
  ...{ gatherMs: 0, minGapMs: 100, restPerRead: 2, maxDebtMs: 1_000, maxRestMs: 1_000 },
  backoff: BACKOFF,
};
/**
 * All checks are much to read, and what that adds is rare: a bell names each check that does not pass, and an instance
 * that is new stands at its node. It finds the check that comes, goes or is described otherwise while it passes.
 */
const CHECKS: Pace = {
  ...{ gatherMs: 1_000, minGapMs: 1_000, restPerRead: 9, maxDebtMs: 0, maxRestMs: 5_000 },
  backoff: BACKOFF,
};
/** What was named is to be read and acted upon before others are looked for: that is work for the agent and for us. */
const NAMED_FIRST_MS = 200;

export function createSweep({ state, reads, client, consistency, onNews, ...tools }: SweepDeps): Sweep {
  const [rung, rungChecks] = [createTrigger(), createTrigger()];
  const nodes = createNodeReads(client);
  const checks = createCheckReads({ client, state, consistency, onNews });
  let isActive = false;

  const readAll = async (signal: AbortSignal): Promise<void> => {
    // Which services there are is followed by a query of its own.
    await inTurns(state.names().map((name) => () => reads.read(name, consistency(), signal)));
  };

  const answerRings = async (rings: readonly string[], signal: AbortSignal): Promise<void> => {
    if (!isActive) return;
    if (rings.every((ring) => ring === 'more-services')) await tools.clock.sleep(NAMED_FIRST_MS, signal);
    const isEverything = rings.includes('everything' satisfies Ring);
    const onChanged = (services: readonly string[]): void => onNews({ services, nodes: [] });
    const wanted = { services: state.names().length, consistency: consistency(), onChanged };
    // What is compared with later must be older than what is read of everything.
    const hasLooked = await nodes.read(wanted, signal);
    if (isEverything || !hasLooked) await readAll(signal);
  };

  const answerChecks = async (_: readonly string[], signal: AbortSignal): Promise<void> => {
    if (!isActive) return;
    // Before everything was read once there is nothing to compare with.
    if (state.isKnown()) await checks.read(signal);
    else rungChecks.wake('checks' satisfies Ring);
  };

  return {
    readAll,
    ring: (what) => (what === 'checks' ? rungChecks : rung).wake(what),
    setActive: (active) => {
      if (active && !isActive) {
        nodes.forget();
        checks.forget();
        rung.wake('everything' satisfies Ring);
      }
      isActive = active;
    },
    run: async (onFailure, signal) => {
      const onLoss = (error: unknown): void => {
        onFailure(error);
        rung.wake('everything' satisfies Ring);
      };
      await Promise.all([
        runPacedReads({ ...tools, rung, pace: SERVICES, read: answerRings, onFailure: onLoss }, signal),
        runPacedReads({ ...tools, rung: rungChecks, pace: CHECKS, read: answerChecks, onFailure: onLoss }, signal),
      ]);
    },
  };
}
