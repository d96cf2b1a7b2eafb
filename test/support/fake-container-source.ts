import type { ContainerSnapshot } from '../../src/domain/container.ts';
import type { Clock } from '../../src/lib/clock.ts';
import type { ContainerSource } from '../../src/registration/contracts.ts';

/** A Docker of which a spec says what it runs. */
export interface FakeContainerSource extends ContainerSource {
  /** What runs from now on; whoever watches is woken. As in Docker's source, a stop that takes too long is forgotten. */
  run(...containers: readonly ContainerSnapshot[]): void;
  /** The next looks fail with `error`, or no longer do; nobody is woken. */
  fail(error?: Error): void;
  /** The causes of all looks so far. */
  readonly looks: readonly { readonly resync: boolean }[];
}

export function createFakeContainerSource(clock: Clock): FakeContainerSource {
  let running: readonly ContainerSnapshot[] = [];
  let failure: Error | undefined;
  const looks: { readonly resync: boolean }[] = [];
  const watchers = new Set<(reason: string) => void>();
  return {
    looks,
    run: (...containers) => {
      running = containers;
      for (const wake of watchers) wake('docker: changed');
    },
    fail: (error) => {
      failure = error;
    },
    observe: async ({ resync }) => {
      looks.push({ resync });
      if (failure !== undefined) throw failure;
      return running.map(({ stopping, ...container }) =>
        stopping === undefined || stopping.untilMs <= clock.monotonicMs() ? container : { ...container, stopping },
      );
    },
    watch: async (wake, signal) => {
      watchers.add(wake);
      const { promise, resolve } = Promise.withResolvers<void>();
      signal.addEventListener('abort', () => resolve(), { once: true });
      await promise;
      watchers.delete(wake);
    },
    host: async () => ({ id: 'engine-1', name: 'docker-host' }),
  };
}
