import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ConsulAnswer, ConsulClient } from './client.ts';
import { isLeaderless } from './request-error.ts';

/** A read that Consul answers when there is something new, over and over. */
export interface BlockingQuery {
  /** Below `/v1`, with `{name}` for what is in `params`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Consul says 404 where there is nothing: then the body is `undefined`. */
  readonly mayBeAbsent?: boolean;
  /** The first read is one that the leader answers for sure, as each after a failure is. */
  readonly beginsConsistent?: boolean;
  /** Whether an answer of a server without a leader is better than none. Asked after a failure for want of one. */
  readonly mayBeStale?: () => boolean;
  /** Called with each answer that may differ from the one before. What it throws counts as a failure of the query. */
  readonly onAnswer: (answer: QueryAnswer) => void;
  /** An index was smaller than the one before: the server may have started anew. The next answer is a consistent one. */
  readonly onReset?: () => void;
  readonly onFailure: (error: unknown) => void;
}

export interface QueryAnswer {
  readonly body: unknown;
  readonly index: number;
  /** What is missing may still be there: the answer follows a failure or a smaller index, or it is stale. */
  readonly isDoubtful: boolean;
  /** For how many ms whoever answered had not heard of a leader; 0 for what can be relied upon. */
  readonly staleMs: number;
  /** Consul left out what our token may not read. Old agents do not say so. */
  readonly isFiltered: boolean;
}

export interface QueryTools {
  readonly client: Pick<ConsulClient, 'request'>;
  readonly clock: Clock;
  readonly random: () => number;
  /** How long Consul may hold the next query; a minute unless it is said. */
  readonly waitMs?: () => number;
}

/** Short, since a query with an index that the server has lost hangs for all of it. */
const WAIT_MS = 60_000;
/** Between two answers of one query, so that a busy catalog or a broken index cannot make us spin. */
const MIN_GAP_MS = 100;
/** Between two answers without an index, where the query does not block. */
const BLIND_GAP_MS = 1_000;
const BACKOFF = { minMs: 250, maxMs: 2_000 };
/** A server that has not heard of the leader for longer says nothing about what is gone. */
const MAX_CONTACT_MS = 10_000;

/** How a read is to be answered: by whoever leads, by whoever leads for sure, or by any server. */
export type Consistency = 'consistent' | 'default' | 'stale';

/**
 * Repeats the query until aborted; never rejects.
 *
 * Source of the index rules: Consul's documentation of blocking queries. A smaller index starts again from 0. After that
 * and after a failure nothing is told before a consistent read: a restarting server serves its past as the present.
 */
export async function followQuery(query: BlockingQuery, tools: QueryTools, signal: AbortSignal): Promise<void> {
  const { client, clock, random, waitMs = () => WAIT_MS } = tools;
  let index = 0;
  let failures = 0;
  let isSuspect = false;
  let consistency: Consistency = query.beginsConsistent === true ? 'consistent' : 'default';
  while (!signal.aborted) {
    const startMs = clock.monotonicMs();
    let gapMs = MIN_GAP_MS;
    try {
      const answer: ConsulAnswer = await ask(query, { client, index, consistency, waitMs: waitMs() }, signal);
      const next = indexOf(answer);
      const staleMs = staleness(answer, consistency);
      if (next !== undefined && next < index) {
        query.onReset?.();
        index = 0;
        isSuspect = true;
      } else {
        if (next !== index || isSuspect || staleMs > 0) query.onAnswer(toQueryAnswer(answer, isSuspect, staleMs));
        if (next === undefined || staleMs > 0) gapMs = BLIND_GAP_MS;
        index = staleMs > 0 ? 0 : (next ?? 0);
        isSuspect = staleMs > 0;
      }
      consistency = isSuspect ? 'consistent' : 'default';
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      index = 0;
      isSuspect = true;
      consistency = isLeaderless(error) && query.mayBeStale?.() === true ? 'stale' : 'consistent';
      query.onFailure(error);
    }
    const pauseMs = failures > 0 ? backoffMs(failures, BACKOFF, random()) : gapMs - (clock.monotonicMs() - startMs);
    if (pauseMs > 0) await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

/** One request of a query. */
interface Turn {
  readonly client: QueryTools['client'];
  readonly index: number;
  readonly consistency: Consistency;
  readonly waitMs: number;
}

async function ask(
  { path, params, query, mayBeAbsent }: BlockingQuery,
  { client, index, consistency, waitMs }: Turn,
  signal: AbortSignal,
): Promise<ConsulAnswer> {
  const cursor: Record<string, string> = index > 0 ? { index: String(index), wait: waitText(waitMs) } : {};
  return await client.request(
    {
      method: 'GET',
      path,
      ...(params !== undefined && { params }),
      query: { ...query, ...cursor, ...consistencyQuery(consistency) },
      // Consul adds up to a sixteenth of the wait; the rest is for the network.
      deadlineMs: index > 0 ? waitMs * 1.07 + 5_000 : 10_000,
      ...(mayBeAbsent !== undefined && { mayBeAbsent }),
    },
    signal,
  );
}

export function consistencyQuery(consistency: Consistency): Readonly<Record<string, string>> {
  return consistency === 'default' ? {} : { [consistency]: '' };
}

function toQueryAnswer(answer: ConsulAnswer, isSuspect: boolean, staleMs: number): QueryAnswer {
  return {
    body: answer.body,
    index: indexOf(answer) ?? 0,
    isDoubtful: isSuspect || staleMs > 0,
    staleMs,
    isFiltered: answer.headers['x-consul-results-filtered-by-acls'] === 'true',
  };
}

/** Also where stale reads were not asked for: an agent may make them of all (`discovery_max_stale`). */
function staleness({ headers }: ConsulAnswer, consistency: Consistency): number {
  const contactMs = Number(headers['x-consul-lastcontact']) || 0;
  const isStale = consistency === 'stale' || headers['x-consul-knownleader'] === 'false' || contactMs > MAX_CONTACT_MS;
  return isStale ? Math.max(1, contactMs) : 0;
}

function waitText(ms: number): string {
  return ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.round(ms)}ms`;
}

/**
 * At least 1, since with 0 the next query would not block. `undefined` when there is none to be read, as behind a proxy
 * that drops headers which it does not know.
 */
export function indexOf({ headers }: ConsulAnswer): number | undefined {
  const index = Number(headers['x-consul-index'] || Number.NaN);
  return Number.isSafeInteger(index) ? Math.max(1, index) : undefined;
}
