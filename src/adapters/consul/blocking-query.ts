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
  /** Whether this query would fail so again, though Consul is well: then it is repeated rarely, and nothing is suspected. */
  readonly isHopeless?: (error: unknown) => boolean;
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
/** Between two tries of a query that is to blame itself. */
const HOPELESS_GAP_MS = 60_000;
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
  const { clock, random } = tools;
  let failures = 0;
  let cursor: Cursor = {
    index: 0,
    isSuspect: false,
    consistency: query.beginsConsistent === true ? 'consistent' : 'default',
    gapMs: MIN_GAP_MS,
  };
  while (!signal.aborted) {
    const startMs = clock.monotonicMs();
    try {
      cursor = await takeTurn(query, cursor, tools, signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      cursor = cursorAfter(error, query, cursor);
      query.onFailure(error);
    }
    const spentMs = clock.monotonicMs() - startMs;
    const isRetry = failures > 0 && cursor.gapMs !== HOPELESS_GAP_MS;
    const pauseMs = isRetry ? backoffMs(failures, BACKOFF, random()) : cursor.gapMs - spentMs;
    if (pauseMs > 0) await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

/** Where a query stands between two of its requests. */
interface Cursor {
  readonly index: number;
  /** What comes next may be of the past. */
  readonly isSuspect: boolean;
  readonly consistency: Consistency;
  /** From the beginning of the last request to that of the next. */
  readonly gapMs: number;
}

function cursorAfter(error: unknown, query: BlockingQuery, before: Cursor): Cursor {
  if (query.isHopeless?.(error) === true) return { ...before, index: 0, gapMs: HOPELESS_GAP_MS };
  const consistency = isLeaderless(error) && query.mayBeStale?.() === true ? 'stale' : 'consistent';
  return { index: 0, isSuspect: true, consistency, gapMs: MIN_GAP_MS };
}

/** A function of its own, since while it waits nothing is to keep the answer before: there may be thousands. */
async function takeTurn(
  query: BlockingQuery,
  { index, isSuspect, consistency }: Cursor,
  { client, waitMs = () => WAIT_MS }: QueryTools,
  signal: AbortSignal,
): Promise<Cursor> {
  const answer = await ask(query, { client, index, consistency, waitMs: waitMs() }, signal);
  const next = indexOf(answer);
  if (next !== undefined && next < index) {
    query.onReset?.();
    return { index: 0, isSuspect: true, consistency: 'consistent', gapMs: MIN_GAP_MS };
  }
  const staleMs = staleness(answer, consistency);
  const isStale = staleMs > 0;
  if (next !== index || isSuspect || isStale) query.onAnswer(toQueryAnswer(answer, isSuspect, staleMs));
  return {
    index: isStale ? 0 : (next ?? 0),
    isSuspect: isStale,
    consistency: isStale ? 'consistent' : 'default',
    gapMs: next === undefined || isStale ? BLIND_GAP_MS : MIN_GAP_MS,
  };
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
