import type { ServiceInstance } from '../../domain/catalog.ts';
import { errorMessage } from '../../lib/errors.ts';
import { type Consistency, consistencyQuery, indexOf, type QueryTools } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import type { ConsulAnswer } from './client.ts';
import { parseHealthList, parseHealthNoting } from './health-schema.ts';
import { parseAnswer } from './parse-answer.ts';
import { isOfOneRequest } from './request-error.ts';

/**
 * Reads what one service has, and puts it into the state. History is not put there: what is read in the default way must
 * have an index that is not smaller than that of the read before, or it is read again consistently. The first read, and
 * the first after one that failed, are consistent.
 */
export interface ServiceReads {
  /**
   * Begins after any other read of the same service has ended, so that the answer that comes last is the newest.
   * Rejects when there is no answer or a wrong one, but not for what this service alone is to blame for.
   */
  read(name: string, consistency: Consistency, signal: AbortSignal): Promise<void>;
}

type ServiceState = Pick<CatalogState, 'borrowers' | 'setAside' | 'update'>;

/**
 * Puts an answer about one service into the state. An entry of it that cannot be understood sets the service aside: it
 * would be the same the next time, and is no outage. Throws `RESPONSE_INVALID` for what is no list at all.
 */
export function takeHealth(state: ServiceState, name: string, body: unknown): void {
  const path = `/health/service/${name}`;
  const list = parseAnswer(path, () => parseHealthList(body));
  let instances: readonly ServiceInstance[];
  try {
    instances = parseAnswer(path, () => parseHealthNoting(list, state.borrowers));
  } catch (error) {
    state.setAside(name, errorMessage(error));
    return;
  }
  state.update(name, instances);
}

export function createServiceReads(
  state: Pick<CatalogState, 'doubt'> & ServiceState,
  { client }: Pick<QueryTools, 'client'>,
): ServiceReads {
  const lanes = new Map<string, Promise<void>>();
  /** Of the last answers that had something. */
  const indexes = new Map<string, number>();

  const ask = async (name: string, consistency: Consistency, signal: AbortSignal): Promise<ConsulAnswer> => {
    const query = consistencyQuery(consistency);
    return await client.request({ method: 'GET', path: '/health/service/{name}', params: { name }, query }, signal);
  };

  const askForTruth = async (name: string, consistency: Consistency, signal: AbortSignal): Promise<ConsulAnswer> => {
    const known = indexes.get(name);
    indexes.delete(name);
    if (consistency !== 'default') return await ask(name, consistency, signal);
    const answer = known === undefined ? undefined : await ask(name, 'default', signal);
    if (answer !== undefined && (indexOf(answer) ?? 0) >= (known ?? 0)) return answer;
    // A server that starts again serves its past as the present.
    if (answer !== undefined) state.doubt();
    return await ask(name, 'consistent', signal);
  };

  const readNow = async (name: string, consistency: Consistency, signal: AbortSignal): Promise<void> => {
    try {
      const answer = await askForTruth(name, consistency, signal);
      takeHealth(state, name, answer.body);
      const index = indexOf(answer);
      const isEmpty = Array.isArray(answer.body) && answer.body.length === 0;
      if (index !== undefined && !isEmpty) indexes.set(name, index);
    } catch (error) {
      if (!isOfOneRequest(error)) throw error;
      state.setAside(name, errorMessage(error));
    }
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
