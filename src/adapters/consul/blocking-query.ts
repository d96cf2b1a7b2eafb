import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { ConsulAnswer, ConsulClient } from './client.ts';

/** A read that Consul answers when there is something new, over and over. */
export interface BlockingQuery {
  /** Below `/v1`, with `{name}` for what is in `params`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Called with each answer that may differ from the one before. What it throws counts as a failure of the query. */
  readonly onAnswer: (answer: QueryAnswer) => void;
  readonly onFailure: (error: unknown) => void;
}

export interface QueryAnswer {
  readonly body: unknown;
  readonly index: number;
  /** The answer follows a failure, or its index is smaller than the one before: the server may have started anew. */
  readonly isDoubtful: boolean;
}

export interface QueryTools {
  readonly client: Pick<ConsulClient, 'request'>;
  readonly clock: Clock;
  readonly random: () => number;
}

/** How long Consul may hold a query. Short, since a query with an index that the server has lost hangs for all of it. */
const WAIT_S = 60;
/** Consul adds up to a sixteenth of the wait; the rest is for the network. */
const DEADLINE_MS = WAIT_S * 1_000 * 1.07 + 5_000;
/** Between two answers of one query, so that a busy catalog or a broken index cannot make us spin. */
const MIN_GAP_MS = 100;
const BACKOFF = { minMs: 250, maxMs: 2_000 };

/**
 * Repeats the query until aborted; never rejects.
 *
 * Source of the index rules: Consul's documentation of blocking queries. A smaller index starts again from 0; after a
 * failure the first read is a consistent one, since a restarting server serves its past as the present.
 */
export async function followQuery(query: BlockingQuery, tools: QueryTools, signal: AbortSignal): Promise<void> {
  const { client, clock, random } = tools;
  let index = 0;
  let failures = 0;
  while (!signal.aborted) {
    const startMs = clock.monotonicMs();
    try {
      const answer = await ask(query, { client, index, isConsistent: failures > 0 }, signal);
      const next = indexOf(answer);
      const wentBack = next < index;
      const isDoubtful = wentBack || failures > 0;
      if (next !== index || isDoubtful) query.onAnswer({ body: answer.body, index: next, isDoubtful });
      index = wentBack ? 0 : next;
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      index = 0;
      query.onFailure(error);
    }
    const gapMs = failures > 0 ? backoffMs(failures, BACKOFF, random()) : MIN_GAP_MS - (clock.monotonicMs() - startMs);
    if (gapMs > 0) await clock.sleep(gapMs, signal).catch(() => undefined);
  }
}

async function ask(
  { path, params, query }: BlockingQuery,
  {
    client,
    index,
    isConsistent,
  }: { readonly client: QueryTools['client']; readonly index: number; readonly isConsistent: boolean },
  signal: AbortSignal,
): Promise<ConsulAnswer> {
  const cursor: Record<string, string> = index > 0 ? { index: String(index), wait: `${WAIT_S}s` } : {};
  const consistency: Record<string, string> = isConsistent ? { consistent: '' } : {};
  return await client.request(
    {
      method: 'GET',
      path,
      ...(params !== undefined && { params }),
      query: { ...query, ...cursor, ...consistency },
      deadlineMs: index > 0 ? DEADLINE_MS : 10_000,
    },
    signal,
  );
}

/** At least 1: with 0 the next query would not block. */
function indexOf({ headers }: ConsulAnswer): number {
  const index = Number(headers['x-consul-index']);
  return Number.isSafeInteger(index) && index > 0 ? index : 1;
}
