// A steady load on every service from inside of a host.
import { spawn } from 'node:child_process';
import { onHost, type Place } from './places.ts';

/** By service. */
export type LoadReport = Readonly<Record<string, ServiceLoad>>;

export interface ServiceLoad {
  readonly requests: number;
  readonly failed: number;
  /** The first failed ones: when, as in the logs, and what they met. */
  readonly failures: readonly string[];
}

export interface HostLoad {
  /** Resolves when every client has had the answer to its last request. */
  stop(): Promise<LoadReport>;
}

/** Resolves when the load has begun. It ends at the latest with this process. */
export async function startHostLoad(place: Place, services: readonly string[]): Promise<HostLoad> {
  const [enter, network] = onHost(place);
  const child = spawn(enter, [network, process.execPath, `${import.meta.dirname}/load-process.ts`, ...services], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const begun = Promise.withResolvers<void>();
  const ended = Promise.withResolvers<string>();
  // Whoever waits for it may do so late.
  ended.promise.catch(() => undefined);
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
    begun.resolve();
  });
  const fail = (cause: unknown): void => {
    const error = new Error(`the load on ${place.hostname} breaks`, { cause });
    begun.reject(error);
    ended.reject(error);
  };
  child.once('error', fail);
  child.once('close', (code) => (code === 0 ? ended.resolve(text) : fail(`exit code ${code}`)));
  await begun.promise;
  return {
    stop: async () => {
      child.stdin.end();
      const [, report = ''] = (await ended.promise).split('\n');
      return JSON.parse(report) as LoadReport;
    },
  };
}
