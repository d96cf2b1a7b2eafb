import { createDockerClient, type DockerClient } from '../../src/adapters/docker/client.ts';
import { createContainerSource } from '../../src/adapters/docker/container-source.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createTrigger } from '../../src/lib/trigger.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import { until } from './until.ts';

/** A source of containers that somebody looks at whenever it wakes, as the registration half does. */
export interface FollowedSource {
  readonly log: RecordingLog;
  /** What the last look gave that did not fail; empty before the first. */
  seen(): readonly ContainerSnapshot[];
  find(containerId: string): ContainerSnapshot | undefined;
  readonly failures: readonly unknown[];
  resync(): void;
  /** How often a stream of events was opened. */
  opened(): number;
  stop(): Promise<void>;
}

export interface FollowOptions {
  /** As `--docker-host` takes it. */
  readonly host: string;
  readonly keepsEnded?: boolean;
  readonly clock?: Clock;
  /** Is told what each look gives. */
  readonly onLook?: (seen: readonly ContainerSnapshot[]) => void;
  /** Stands between the source and its client. */
  readonly through?: (client: DockerClient) => DockerClient;
}

/** Gap after a look that failed, as the loop of the daemon has. */
const RETRY_MS = 50;

/** Resolves when it follows events and has looked once. */
export async function followSource({
  host,
  keepsEnded = false,
  clock = systemClock,
  onLook,
  through,
}: FollowOptions): Promise<FollowedSource> {
  const log = createRecordingLog();
  const trigger = createTrigger();
  const ending = new AbortController();
  const { signal } = ending;
  const client = createDockerClient({ host, tls: undefined, clock });
  const deps = { client: through?.(client) ?? client, clock, log, random: Math.random, keepsEnded };
  const source = createContainerSource(deps);
  const failures: unknown[] = [];
  let seen: readonly ContainerSnapshot[] = [];
  let opened = 0;
  let looks = 0;
  let mustResync = false;

  const look = async (): Promise<void> => {
    const resync = mustResync;
    mustResync = false;
    try {
      seen = await source.observe({ resync }, signal);
      looks += 1;
      onLook?.(seen);
    } catch (error) {
      if (signal.aborted) return;
      failures.push(error);
      mustResync = true;
      await systemClock.sleep(RETRY_MS, signal);
      trigger.wake('a look failed');
    }
  };
  const run = async (): Promise<void> => {
    for (;;) {
      await trigger.pending(signal);
      trigger.take();
      await look();
    }
  };
  const watching = source.watch((reason) => {
    if (reason === 'docker: event stream opened') opened += 1;
    trigger.wake(reason);
  }, signal);
  const running = run().catch(() => undefined);
  await until('the source has looked', () => opened > 0 && looks > 0);
  return {
    log,
    seen: () => seen,
    find: (containerId) => seen.find(({ id }) => id === containerId),
    failures,
    resync: () => {
      mustResync = true;
      trigger.wake('resync');
    },
    opened: () => opened,
    stop: async () => {
      ending.abort(new Error('the end'));
      await Promise.all([watching, running]);
    },
  };
}
