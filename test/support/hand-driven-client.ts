import type { ConsulClient, ConsulRequest } from '../../src/adapters/consul/client.ts';

/** A request that waits for its answer. */
export interface PendingRequest extends ConsulRequest {
  answer(body: unknown, headers?: Readonly<Record<string, string>>): void;
  fail(error: unknown): void;
}

/** A client of Consul whose requests are answered by hand. */
export interface HandDrivenClient extends Pick<ConsulClient, 'request'> {
  /** The requests since the last time, in order. */
  take(): readonly PendingRequest[];
}

export function createHandDrivenClient(): HandDrivenClient {
  let waiting: PendingRequest[] = [];
  return {
    request: async (request, signal) => {
      const { promise, resolve, reject } = Promise.withResolvers<Awaited<ReturnType<ConsulClient['request']>>>();
      waiting.push({ ...request, answer: (body, headers = {}) => resolve({ body, headers }), fail: reject });
      signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      return await promise;
    },
    take: () => {
      const taken = waiting;
      waiting = [];
      return taken;
    },
  };
}

/** What was asked, without the means to answer. */
export function asked({ answer: _answer, fail: _fail, ...request }: PendingRequest): ConsulRequest {
  return request;
}
