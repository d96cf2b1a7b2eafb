import { type Consistency, consistencyQuery, type QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { parseHealth } from './health-schema.ts';
import { parseAnswer } from './parse-answer.ts';

/** Reads what one service has, and puts it into the state. */
export interface ServiceReads {
  /**
   * Begins after any other read of the same service has ended, so that the answer that comes last is the newest.
   * Rejects when there is no answer or a wrong one.
   */
  read(name: string, consistency: Consistency, signal: AbortSignal): Promise<void>;
}

/** Puts an answer about one service into the state. Throws `RESPONSE_INVALID` for a wrong one. */
export function takeHealth(state: Pick<CatalogState, 'update'>, name: string, body: unknown): void {
  state.update(
    name,
    parseAnswer(`/health/service/${name}`, () => parseHealth(body)),
  );
}

export function createServiceReads(
  state: Pick<CatalogState, 'update'>,
  { client }: Pick<QueryTools, 'client'>,
): ServiceReads {
  const lanes = new Map<string, Promise<void>>();

  const readNow = async (name: string, consistency: Consistency, signal: AbortSignal): Promise<void> => {
    const query = consistencyQuery(consistency);
    const request = { method: 'GET', path: '/health/service/{name}', params: { name }, query } as const;
    const { body } = await client.request(request, signal);
    takeHealth(state, name, body);
  };

  return {
    read: async (name, consistency, signal) => {
      const before = lanes.get(name);
      const turn =
        before === undefined
          ? readNow(name, consistency, signal)
          : before.then(() => readNow(name, consistency, signal));
      const lane = turn.catch(() => undefined);
      lanes.set(name, lane);
      try {
        await turn;
      } finally {
        if (lanes.get(name) === lane) lanes.delete(name);
      }
    },
  };
}
