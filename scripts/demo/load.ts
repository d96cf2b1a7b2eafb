// A steady load: clients that keep their connections, and clients that make a new one for each request.
import { Agent, request } from 'node:http';

export interface LoadResult {
  readonly requests: number;
  readonly failed: number;
  /** What the failed ones met, and how often. */
  readonly failures: ReadonlyMap<string, number>;
}

export interface Load {
  /** Resolves when every client has had the answer to its last request. */
  stop(): Promise<LoadResult>;
}

export interface LoadOptions {
  readonly clients?: number;
  /** Between the answer to a client and its next request. */
  readonly pauseMs?: number;
  readonly onFailure?: (what: string) => void;
}

const DEADLINE_MS = 10_000;

/** Sends requests for `host` to 127.0.0.1 until stopped, half of the clients with keep-alive. */
export function startLoad(
  host: string,
  port: number,
  { clients: count = 8, pauseMs = 20, onFailure }: LoadOptions = {},
): Load {
  const failures = new Map<string, number>();
  let requests = 0;
  let isRunning = true;
  const client = async (agent: Agent | false): Promise<void> => {
    while (isRunning) {
      requests += 1;
      const failure = await ask(host, port, agent);
      if (failure !== undefined) {
        failures.set(failure, (failures.get(failure) ?? 0) + 1);
        onFailure?.(failure);
      }
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
    }
    if (agent !== false) agent.destroy();
  };
  const clients = Array.from({ length: count }, (_, i) =>
    client(i % 2 === 0 ? new Agent({ keepAlive: true, maxSockets: 1 }) : false),
  );
  return {
    stop: async () => {
      isRunning = false;
      await Promise.all(clients);
      const failed = [...failures.values()].reduce((sum, count) => sum + count, 0);
      return { requests, failed, failures };
    },
  };
}

/** `undefined` for a good answer, else what was wrong with it. */
async function ask(host: string, port: number, agent: Agent | false): Promise<string | undefined> {
  const { promise, resolve } = Promise.withResolvers<string | undefined>();
  const asking = request({ host: '127.0.0.1', port, headers: { host }, agent, timeout: DEADLINE_MS }, (response) => {
    response.resume();
    response.once('end', () => resolve(response.statusCode === 200 ? undefined : `status ${response.statusCode}`));
    response.once('error', (error) => resolve(error.message));
  });
  asking.once('timeout', () => asking.destroy(new Error('no answer in time')));
  asking.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
  asking.end();
  return await promise;
}
