import { createRegistration, type RegistrationController } from '../../src/registration/controller.ts';
import type { Identity } from '../../src/registration/identity.ts';
import type { RegistrationDeps, RegistrationOptions } from '../../src/registration/pass-context.ts';
import { createFakeClock, type FakeClock, settle } from './fake-clock.ts';
import { createFakeContainerSource, type FakeContainerSource } from './fake-container-source.ts';
import { createRecordingLog, type RecordingLog } from './recording-log.ts';
import { createRecordingRegistry, type RecordingRegistry } from './recording-registry.ts';
import { desiredOptions } from './registration-options.ts';

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
  ...desiredOptions,
  adopt: false,
  resyncMs: 30_000,
  onExit: 'stay',
  selfPort: undefined,
};

export const IDENTITY: Identity = {
  hostname: 'node-a',
  owner: 'owner-a',
  hostAddress: '192.0.2.10',
  hostAddressRule: '--host-address',
};

/** Of what it stands on, this is shared with others or not as usual. */
export interface Surroundings extends Partial<Pick<RegistrationDeps, 'documents' | 'identity' | 'instance'>> {
  readonly clock?: FakeClock;
  readonly registry?: RecordingRegistry;
}

export function createRegistrationWorld(
  options: Partial<RegistrationOptions> = {},
  {
    clock = createFakeClock(),
    registry = createRecordingRegistry(),
    identity = async () => IDENTITY,
    instance = 'this-one',
    documents,
  }: Surroundings = {},
): RegistrationWorld {
  const source = createFakeContainerSource(clock);
  const log = createRecordingLog();
  const deps = { clock, source, registry, documents, log, identity, instance, random: () => 0.5 };
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
