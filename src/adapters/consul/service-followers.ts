import { errorMessage } from '../../lib/errors.ts';
import type { QueryDefaults } from './bell-queries.ts';
import {
  type BlockingQuery,
  type Consistency,
  consistencyQuery,
  type QueryAnswer,
  type QueryTools,
} from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { createFollowedQueries } from './followed-queries.ts';
import { inTurns } from './in-turns.ts';
import { isOfOneRequest } from './request-error.ts';
import { serviceQuery } from './service-query.ts';
import { takeHealth } from './service-reads.ts';

/** One blocking query for each service, where the agent holds thousands of them over few connections. */
export interface ServiceFollowers {
  /** Follows exactly these from now on, and begins with the first. */
  want(names: readonly string[]): void;
  /** Begins each query anew. Rejects at the first that fails; it goes on all the same. */
  askAgain(): Promise<void>;
  /** Reads each once more, beside what waits for its changes. Rejects at the first answer that cannot be had. */
  readAll(signal: AbortSignal): Promise<void>;
}

export interface ServiceFollowersDeps {
  readonly state: CatalogState;
  readonly consistency: () => Consistency;
  readonly common: QueryDefaults;
  /** Called after what a service has was told. */
  readonly onTold: (name: string) => void;
}

/**
 * Thousands of queries cost something each time that they end with nothing new. Long all the same only for those who
 * have a shorter query beside these, which tells when the servers have no leader.
 */
const WAIT_MS = 300_000;
/** Of the wait; without it all would end at the same time, as they have begun. */
const JITTER = 0.2;

/** After a first change: one of a node wakes the queries about all that runs there, and a snapshot each is too dear. */
const GATHER_MS = 20;
/** The end of one connection fails hundreds of queries: to be told once. */
const OUTAGE_MS = 1_000;

export function createServiceFollowers(
  { state, consistency, common, onTold }: ServiceFollowersDeps,
  tools: QueryTools,
  signal: AbortSignal,
): ServiceFollowers {
  const waitMs = (): number => Math.round((WAIT_MS * (1 - JITTER * tools.random())) / 1_000) * 1_000;
  const queries = createFollowedQueries({ ...tools, waitMs }, signal);
  /** By name, the index of the newest answer: one that was overtaken by another connection says nothing. */
  const indexes = new Map<string, number>();

  let wanted: ReadonlySet<string> = new Set();
  let isGathering = false;
  const gather = (): void => {
    if (isGathering) return;
    isGathering = true;
    state.gather(true);
    void tools.clock
      .sleep(GATHER_MS, signal)
      .catch(() => undefined)
      .finally(() => {
        isGathering = false;
        state.gather(false);
      });
  };
  const tellFailure = rarely(common.onFailure, tools);
  const onFailure = (error: unknown): void => {
    state.doubt();
    tellFailure(error);
  };
  const queryFor = (name: string): BlockingQuery => {
    const query = serviceQuery(name, state, { ...common, onFailure });
    const onAnswer = (answer: QueryAnswer): void => {
      if (!answer.isDoubtful && answer.index < (indexes.get(name) ?? 0)) return;
      query.onAnswer(answer);
      indexes.set(name, answer.index);
      gather();
      onTold(name);
    };
    return { ...query, onAnswer };
  };
  const read = async (name: string, until: AbortSignal): Promise<void> => {
    const query = consistencyQuery(consistency());
    const request = { method: 'GET', path: '/health/service/{name}', params: { name }, query } as const;
    try {
      const { body, headers } = await tools.client.request(request, until);
      const index = Number(headers['x-consul-index']) || 0;
      if (index < (indexes.get(name) ?? 0)) return;
      takeHealth(state, name, body);
      if (state.has(name)) indexes.set(name, index);
    } catch (error) {
      if (!isOfOneRequest(error)) throw error;
      state.setAside(name, errorMessage(error));
    }
  };

  return {
    want: (names) => {
      // Most changes leave the names as they are.
      if (names.length === wanted.size && names.every((name) => wanted.has(name))) return;
      wanted = new Set(names);
      queries.want(names.map(queryFor));
      for (const name of indexes.keys()) if (!wanted.has(name)) indexes.delete(name);
    },
    askAgain: queries.readAgain,
    readAll: async (until) => {
      await inTurns(state.names().map((name) => async () => await read(name, until)));
    },
  };
}

/** The same, but nothing for a while after it was told. */
function rarely(tell: (error: unknown) => void, { clock }: Pick<QueryTools, 'clock'>): (error: unknown) => void {
  let toldMs = Number.NEGATIVE_INFINITY;
  return (error) => {
    const nowMs = clock.monotonicMs();
    if (nowMs - toldMs < OUTAGE_MS) return;
    toldMs = nowMs;
    tell(error);
  };
}
