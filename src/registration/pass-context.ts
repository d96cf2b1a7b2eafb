import type { Clock } from '../lib/clock.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { createTrigger } from '../lib/trigger.ts';
import { createContention } from './contention.ts';
import type { ContainerSource, Documents, ServiceRegistry } from './contracts.ts';
import { createDefinitionsCache, createFingerprintCache } from './definitions-cache.ts';
import type { DesiredOptions } from './desired.ts';
import { createRenewalPacer } from './heartbeat-pace.ts';
import { createHeartbeats } from './heartbeats.ts';
import { createHoldDown } from './hold-down.ts';
import type { Identity } from './identity.ts';
import { createLease } from './lease.ts';
import { createProbation } from './probation.ts';
import { createRegistryView } from './registry-view.ts';
import { createReporter } from './reporter.ts';
import type { RegistrationState } from './status.ts';

export interface RegistrationOptions extends Omit<DesiredOptions, 'hostname' | 'owner' | 'hostAddress'> {
  readonly resyncMs: number;
  /** What becomes of the services when Portolan ends. */
  readonly onExit: 'stay' | 'leave';
  /** Port of Portolan's own service; `undefined` registers none. */
  readonly selfPort: number | undefined;
  /** `--adopt`: registrator's leftovers on this host are removed as ours are. */
  readonly adopt: boolean;
}

export interface RegistrationDeps {
  readonly source: ContainerSource;
  readonly registry: ServiceRegistry;
  /** What a `--tags` template reads. Missing where there is none. */
  readonly documents?: Documents | undefined;
  /** Found out once, when Docker and the registry answer. */
  readonly identity: (signal: AbortSignal) => Promise<Identity>;
  /** Unique to this process. */
  readonly instance: string;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

/** What is kept from pass to pass. */
export type PassContext = ReturnType<typeof createPassContext>;

/** Changes by others count within a minute, or three resyncs where those are rarer. */
const MIN_CONTENTION_MS = 60_000;
const CONTENTION_RESYNCS = 3;

export function createPassContext(deps: RegistrationDeps, { resyncMs }: RegistrationOptions) {
  const { registry, clock, random, log, instance } = deps;
  const state: RegistrationState = {
    identity: undefined,
    last: undefined,
    report: undefined,
    hasSucceeded: false,
    areScriptsRefused: false,
  };
  const trigger = createTrigger();
  const view = createRegistryView(registry);
  const doubt = (reason: string): void => {
    // An agent that was started anew may have been given other rights.
    state.areScriptsRefused = false;
    view.distrust();
    trigger.wake(reason);
  };
  const refuseScripts = (): void => {
    if (!state.areScriptsRefused) log.warn('the agent takes no checks that run programs; services go without them');
    state.areScriptsRefused = true;
  };
  const heartbeats = createHeartbeats({
    registry,
    clock,
    random,
    onUnknown: (checkId) => doubt(`the registry has lost ${checkId}`),
    onTurn: (error) => {
      if (error === undefined) log.info('heartbeats come through again');
      else log.warn('heartbeats fail; trying again', errorFacts(error));
      doubt(error === undefined ? 'heartbeats recovered' : 'heartbeats fail');
    },
  });
  const resyncsMs = Number.isFinite(resyncMs) ? resyncMs * CONTENTION_RESYNCS : 0;
  return {
    ...{ state, trigger, view, doubt, refuseScripts, heartbeats },
    probation: createProbation(clock),
    reporter: createReporter(log),
    holdDown: createHoldDown(clock),
    contention: createContention(clock, Math.max(MIN_CONTENTION_MS, resyncsMs)),
    lease: createLease(clock, instance),
    pacer: createRenewalPacer(clock),
    memory: { define: createDefinitionsCache(), fingerprint: createFingerprintCache() },
  };
}
