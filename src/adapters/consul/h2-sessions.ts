import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Deadlines } from '../../lib/deadlines.ts';
import type { H2Session } from './h2-session.ts';

/** Room for one request. */
export interface Lease {
  readonly session: H2Session;
  /** `busyMs`: for how long the agent may go on with it, though nobody waits for the answer. */
  end(busyMs: number): void;
}

/** Few connections that carry many requests each. */
export interface H2Sessions {
  /**
   * Room on a connection, a new one when there is need. `undefined`: the agent does not speak HTTP/2. Rejects when no
   * connection can be had.
   *
   * @param isHeld The agent will hold the request: some room is always left for those that it answers at once.
   */
  lease(isHeld: boolean): Promise<Lease | undefined>;
  /** How many requests may be held in all; 0 before the first connection. */
  capacity(): number;
  close(): void;
}

export interface H2SessionsOptions {
  readonly maxSessions: number;
  readonly connect: () => Promise<H2Session | undefined>;
  readonly clock: Clock;
  readonly deadlines: Deadlines;
  readonly random: () => number;
}

interface Pooled {
  readonly session: H2Session;
  underWay: number;
  /** Given up by us, but not by the agent: newer ones count such a request until it has ended there. */
  readonly abandoned: Set<() => void>;
  /** No new requests are to go there: the agent takes none, or most of the room is taken by what was given up. */
  isLeaving: boolean;
}

/** Room on each connection for requests that are answered at once. */
const RESERVE = 10;
const PING_MS = 10_000;
/** Between attempts to connect. Requests that fail meanwhile would do so by the thousand. */
const BACKOFF = { minMs: 100, maxMs: 1_000 };

export function createH2Sessions({ maxSessions, connect, clock, deadlines, random }: H2SessionsOptions): H2Sessions {
  const pool = new Set<Pooled>();
  const stop = new AbortController();
  let limit = 0;
  let failures = 0;
  let connecting: Promise<boolean> | undefined;

  const find = (isHeld: boolean): Pooled | undefined => [...pool].find((pooled) => hasRoom(pooled, isHeld));

  const admit = (session: H2Session): void => {
    const pooled: Pooled = { session, underWay: 0, abandoned: new Set(), isLeaving: false };
    session.http2.once('goaway', () => {
      pooled.isLeaving = true;
    });
    session.http2.once('close', () => {
      pool.delete(pooled);
      for (const forget of pooled.abandoned) forget();
    });
    pool.add(pooled);
    limit = session.limit();
    if (pool.size === 1) void probe();
  };
  const probe = async (): Promise<void> => {
    await clock.sleep(PING_MS, stop.signal).catch(() => undefined);
    while (pool.size > 0 && !stop.signal.aborted) {
      for (const { session } of pool) session.probe();
      await clock.sleep(PING_MS, stop.signal).catch(() => undefined);
    }
  };
  const connectOnce = async (): Promise<boolean> => {
    if (failures > 0) await clock.sleep(backoffMs(failures, BACKOFF, random()), stop.signal);
    try {
      const session = await connect();
      failures = 0;
      if (stop.signal.aborted) session?.destroy();
      else if (session !== undefined) admit(session);
      return session !== undefined;
    } catch (error) {
      failures += 1;
      throw error;
    }
  };
  /** Whether there is one more connection. One attempt at a time serves all who wait. */
  const connectMore = async (): Promise<boolean> => {
    connecting ??= connectOnce().finally(() => {
      connecting = undefined;
    });
    return await connecting;
  };
  return {
    lease: async (isHeld) => {
      for (;;) {
        stop.signal.throwIfAborted();
        const found = find(isHeld) ?? (pool.size < maxSessions ? undefined : find(false));
        if (found !== undefined) return take(found, deadlines);
        const leaving = [...pool].find(({ isLeaving }) => isLeaving);
        if (pool.size >= maxSessions && leaving === undefined) throw new Error('all connections are in full use');
        if (pool.size >= maxSessions) leaving?.session.destroy(new Error('the agent was about to end the connection'));
        if (!(await connectMore())) return undefined;
      }
    },
    capacity: () => (limit - reserveOf(limit)) * maxSessions,
    close: () => {
      stop.abort(new Error('the connections are closed'));
      for (const { session } of pool) session.destroy();
    },
  };
}

function reserveOf(limit: number): number {
  return Math.min(RESERVE, Math.floor(limit / 2));
}

function hasRoom({ session, underWay, abandoned, isLeaving }: Pooled, isHeld: boolean): boolean {
  const limit = session.limit();
  return (
    !isLeaving &&
    !session.http2.closed &&
    !session.http2.destroyed &&
    underWay + abandoned.size < limit - (isHeld ? reserveOf(limit) : 0)
  );
}

function take(pooled: Pooled, deadlines: Deadlines): Lease {
  const { session, abandoned } = pooled;
  pooled.underWay += 1;
  return {
    session,
    end: (busyMs) => {
      pooled.underWay -= 1;
      if (busyMs <= 0 || session.http2.destroyed) return;
      const stop = deadlines.start(busyMs, () => abandoned.delete(stop));
      abandoned.add(stop);
      // It has hardly any room left. What is still under way may end in peace.
      if (abandoned.size > (session.limit() - reserveOf(session.limit())) / 2) pooled.isLeaving = true;
      // Nothing is lost with a connection that carries nothing else.
      if (pooled.underWay > 0) return;
      pooled.isLeaving = true;
      session.destroy();
    },
  };
}
