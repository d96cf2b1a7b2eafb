import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { endWithUs } from './processes.ts';

/** A container, and when the event that tells of it was written. */
export interface StampedContainer {
  readonly index: number;
  /** By `nowMs`. */
  readonly atMs: number;
}

export interface FakeDockerCounts {
  readonly lists: number;
  readonly inspects: number;
  /** Of events, open now. */
  readonly streams: number;
}

export interface FakeDockerCall {
  readonly number: number;
  readonly operation: 'add' | 'start' | 'die' | 'counts';
  readonly from: number;
  readonly count: number;
  readonly perSecond: number;
}

/** A made-up engine. Containers have numbers; the i-th publishes port 20000 + i. */
export interface FakeDocker {
  readonly socketPath: string;
  /** They run from now on, and no event told of it. */
  add(from: number, count: number): Promise<void>;
  /** Starts them, so many in a second, 0 for at once. */
  start(from: number, count: number, perSecond?: number): Promise<readonly StampedContainer[]>;
  die(from: number, count: number, perSecond?: number): Promise<readonly StampedContainer[]>;
  counts(): Promise<FakeDockerCounts>;
}

export function portOf(index: number): number {
  return 20_000 + index;
}

export async function startFakeDocker(folder: string): Promise<FakeDocker> {
  const socketPath = join(folder, 'docker.sock');
  const child = endWithUs(fork(join(import.meta.dirname, 'fake-docker-process.ts'), [socketPath]));
  await once(child, 'message');
  const waiting = new Map<number, (value: unknown) => void>();
  child.on('message', ({ number, value }: { readonly number: number; readonly value: unknown }) => {
    waiting.get(number)?.(value);
    waiting.delete(number);
  });
  let calls = 0;
  const call = async (operation: FakeDockerCall['operation'], from = 0, count = 0, perSecond = 0): Promise<unknown> => {
    const number = ++calls;
    const { promise, resolve } = Promise.withResolvers<unknown>();
    waiting.set(number, resolve);
    child.send({ number, operation, from, count, perSecond } satisfies FakeDockerCall);
    return await promise;
  };
  return {
    socketPath,
    add: async (from, count) => void (await call('add', from, count)),
    start: async (from, count, perSecond) =>
      (await call('start', from, count, perSecond)) as readonly StampedContainer[],
    die: async (from, count, perSecond) => (await call('die', from, count, perSecond)) as readonly StampedContainer[],
    counts: async () => (await call('counts')) as FakeDockerCounts,
  };
}
