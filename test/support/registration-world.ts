import {
  createRegistration,
  type RegistrationController,
  type RegistrationOptions,
} from '../../src/registration/controller.ts';
import type { Identity } from '../../src/registration/identity.ts';
import { createFakeClock, type FakeClock, settle } from './fake-clock.ts';
import { createFakeContainerSource, type FakeContainerSource } from './fake-container-source.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import { createRecordingRegistry, type RecordingRegistry } from './recording-registry.ts';

/** The registration half of `owner-a` on `node-a`, with everything around it under control. */
export interface RegistrationWorld {
  readonly clock: FakeClock;
  readonly source: FakeContainerSource;
  readonly registry: RecordingRegistry;
  readonly log: RecordingLog;
  readonly controller: RegistrationController;
  /** Starts it; resolves when its first pass is over. */
  start(): Promise<void>;
  /** Ends it, and waits for its end. */
  stop(): Promise<void>;
  /** Lets time pass; resolves to the calls of the registry since the last time. */
  after(ms: number): Promise<readonly string[]>;
}

export const OPTIONS: RegistrationOptions = {
  ip: undefined,
  internal: false,
  useIpFromLabel: undefined,
  explicit: false,
  tags: '',
  network: undefined,
  enableScriptChecks: false,
  ttlMs: 60_000,
  heartbeatMs: 15_000,
  resyncMs: 30_000,
  onStop: 'drain',
  onExit: 'stay',
  selfPort: undefined,
};

export const IDENTITY: Identity = {
  hostname: 'node-a',
  owner: 'owner-a',
  hostAddress: '192.0.2.10',
  hostAddressRule: '--host-address',
};

export function createRegistrationWorld(
  options: Partial<RegistrationOptions> = {},
  identity: () => Promise<Identity> = async () => IDENTITY,
): RegistrationWorld {
  const clock = createFakeClock();
  const source = createFakeContainerSource(clock);
  const registry = createRecordingRegistry();
  const log = createRecordingLog();
  const deps = { clock, source, registry, log, identity, random: () => 0.5 };
  const controller = createRegistration(deps, { ...OPTIONS, ...options });
  const ending = new AbortController();
  let running = Promise.resolve();
  return {
    clock,
    source,
    registry,
    log,
    controller,
    start: async () => {
      running = controller.run(ending.signal);
      await clock.advance(0);
    },
    stop: async () => {
      ending.abort();
      await settle();
      await running;
    },
    after: async (ms) => {
      await clock.advance(ms);
      return registry.takeCalls();
    },
  };
}
