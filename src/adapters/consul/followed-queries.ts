import { type BlockingQuery, followQuery, type QueryTools } from './blocking-query.ts';

/** Blocking queries that come and go while they are followed. */
export interface FollowedQueries {
  /** Follows exactly these from now on: starts those that are new, ends those that are missing. */
  want(queries: readonly BlockingQuery[]): void;
  /**
   * Begins each of them anew, by a consistent read, and resolves when all have been answered, also those that are wanted
   * only since one of these answers. Rejects at the first that fails, unless that is its own fault; it goes on all the
   * same.
   */
  readAgain(): Promise<void>;
}

interface Followed {
  readonly query: BlockingQuery;
  readonly stop: AbortController;
}

export function createFollowedQueries(tools: QueryTools, signal: AbortSignal): FollowedQueries {
  const followed = new Map<string, Followed>();
  // One that joins the two signals for each of thousands of queries would cost more than the queries.
  const stopAll = (): void => {
    for (const { stop } of followed.values()) stop.abort(signal.reason);
  };
  signal.addEventListener('abort', stopAll, { once: true });

  /** @param asked the query, or one that also tells of its first answer. */
  const start = (key: string, query: BlockingQuery, asked = query): AbortSignal => {
    const stop = new AbortController();
    if (signal.aborted) stop.abort(signal.reason);
    followed.set(key, { query, stop });
    void followQuery(asked, tools, stop.signal);
    return stop.signal;
  };

  const again = async (key: string, { query, stop }: Followed): Promise<void> => {
    stop.abort();
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const asked: BlockingQuery = {
      ...query,
      beginsConsistent: true,
      onAnswer: (answer) => {
        query.onAnswer(answer);
        resolve();
      },
      onFailure: (error) => {
        query.onFailure(error);
        if (query.isHopeless?.(error) === true) resolve();
        else reject(error);
      },
    };
    // Who is not wanted any more needs no answer.
    start(key, query, asked).addEventListener('abort', () => resolve(), { once: true });
    await promise;
  };

  return {
    want: (queries) => {
      const wanted = new Map(queries.map((query) => [JSON.stringify([query.path, query.params]), query]));
      for (const [key, { stop }] of followed) {
        if (wanted.has(key)) continue;
        stop.abort();
        followed.delete(key);
      }
      for (const [key, query] of wanted) if (!followed.has(key)) start(key, query);
    },
    readAgain: async () => {
      const begun = new Set<string>();
      for (;;) {
        const others = [...followed].filter(([key]) => !begun.has(key));
        if (others.length === 0) return;
        for (const [key] of others) begun.add(key);
        await Promise.all(others.map(([key, one]) => again(key, one)));
      }
    },
  };
}
