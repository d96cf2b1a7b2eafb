import type { ContainerSnapshot } from '../domain/container.ts';
import type { Clock } from '../lib/clock.ts';
import { withDeadline } from '../lib/deadline.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { type PassReport, type ReconcileSteps, runReconcileLoop } from '../lib/reconcile-loop.ts';
import { createTrigger } from '../lib/trigger.ts';
import { applyPlan } from './apply-plan.ts';
import type { ContainerSource, ServiceRegistry } from './contracts.ts';
import { type Desired, type DesiredOptions, desiredRegistrations } from './desired.ts';
import { type ExplainAnswer, explainRunning } from './explain-running.ts';
import { createHeartbeats } from './heartbeats.ts';
import type { Identity } from './identity.ts';
import { planRegistration, type RegistrationPlan, type RegistryState } from './plan.ts';
import { createProbation, PROBATION_MS } from './probation.ts';
import { OWNER_KEY } from './registration.ts';
import { containerVerdicts, createRegistryView } from './registry-view.ts';
import { createReporter } from './reporter.ts';
import { selfService } from './self-service.ts';
import { type RegistrationState, type RegistrationStatus, registrationStatus } from './status.ts';

export interface RegistrationOptions extends Omit<DesiredOptions, 'hostname' | 'owner' | 'hostAddress' | 'self'> {
  readonly resyncMs: number;
  readonly heartbeatMs: number;
  /** What becomes of the services when Portolan ends. */
  readonly onExit: 'stay' | 'leave';
  /** Port of Portolan's own service; `undefined` registers none. */
  readonly selfPort: number | undefined;
}

export interface RegistrationDeps {
  readonly source: ContainerSource;
  readonly registry: ServiceRegistry;
  /** Found out once, when Docker and the registry answer. */
  readonly identity: (signal: AbortSignal) => Promise<Identity>;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1). */
  readonly random: () => number;
}

export interface RegistrationController {
  /** Keeps the registry true until aborted; then leaves or says a last word, as `onExit` says. Never rejects. */
  run(signal: AbortSignal): Promise<void>;
  status(): RegistrationStatus;
  /** What becomes of a container and why, by the last pass; asked by its name, its ID or the beginning of its ID. */
  explain(container: string): ExplainAnswer;
}

interface Observed {
  readonly containers: readonly ContainerSnapshot[];
  readonly registry: RegistryState;
  readonly identity: Identity;
}

/** How long a stop may take at most to say the last words. */
const LAST_WORDS_MS = 2_500;
const BACKOFF = { minMs: 250, maxMs: 1_000 };

/** The registration half: observe containers, derive definitions, plan, apply. */
export function createRegistration(deps: RegistrationDeps, options: RegistrationOptions): RegistrationController {
  const context = createContext(deps, options);
  const { trigger, view, state, reporter } = context;
  const { source, registry, clock, random } = deps;
  const onPass = (pass: PassReport): void => {
    reporter.outcome(pass);
    state.report = pass;
    if (pass.error === undefined) state.hasSucceeded = true;
    else view.distrust();
  };
  const loop = { clock, trigger, random, resyncMs: options.resyncMs, backoff: BACKOFF, onPass };
  return {
    run: async (signal) => {
      registry.watchConnection(() => doubt(context, 'the connection to the registry ended'), signal);
      await Promise.all([
        source.watch(trigger.wake, signal),
        context.heartbeats.run(signal),
        runReconcileLoop({ ...loop, steps: registrationSteps(context, deps, options) }, signal),
      ]);
      if (state.identity !== undefined) await sayLastWords(context, deps, options, state.identity);
    },
    status: () => registrationStatus(state),
    explain: (container) => explainRunning(state, container),
  };
}

type Context = ReturnType<typeof createContext>;

function createContext({ registry, clock, random, log }: RegistrationDeps, { heartbeatMs }: RegistrationOptions) {
  const state: RegistrationState = { identity: undefined, last: undefined, report: undefined, hasSucceeded: false };
  const trigger = createTrigger();
  const view = createRegistryView(registry);
  const heartbeats = createHeartbeats({
    registry,
    clock,
    random,
    periodMs: heartbeatMs,
    onUnknown: (checkId) => doubt({ view, trigger }, `the registry has lost ${checkId}`),
    onTurn: (error) => {
      if (error === undefined) log.info('heartbeats come through again');
      else log.warn('heartbeats fail; trying again', errorFacts(error));
      doubt({ view, trigger }, error === undefined ? 'heartbeats recovered' : 'heartbeats fail');
    },
  });
  return { state, trigger, view, heartbeats, probation: createProbation(clock), reporter: createReporter(log) };
}

function doubt({ view, trigger }: Pick<Context, 'view' | 'trigger'>, reason: string): void {
  view.distrust();
  trigger.wake(reason);
}

function registrationSteps(
  { state, view, heartbeats, probation, reporter }: Context,
  { source, registry, clock, log, identity }: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan> {
  return {
    observe: async (cause, signal) => {
      state.identity ??= await identity(signal);
      // What is on probation waits for a second whole list, not for a second look at what is remembered.
      const resync = cause.resync || (state.last?.plan.onProbation.length ?? 0) > 0;
      const [containers, current] = await Promise.all([source.observe({ resync }, signal), view.read(cause, signal)]);
      return { containers, registry: current, identity: state.identity };
    },
    derive: ({ containers, identity: { hostname, owner, hostAddress } }) => {
      const self = selfService({ hostname, hostAddress, port: options.selfPort });
      return desiredRegistrations(containers, { ...options, hostname, owner, hostAddress, self });
    },
    plan: (observed, desired) => {
      probation.alive(desired.registrations.keys());
      const { isRemovable } = probation;
      const plan = planRegistration(desired.registrations, observed.registry, {
        owner: observed.identity.owner,
        isRemovable,
      });
      state.last = { ...observed, desired, plan };
      return plan;
    },
    apply: async (plan, signal) => {
      const { last } = state;
      if (last === undefined) return undefined;
      reporter.pass(last);
      try {
        await applyPlan(plan, { registry, view, heartbeats, log }, signal);
      } finally {
        heartbeats.keep(containerVerdicts(last.desired.registrations, view.state()));
      }
      for (const { serviceId } of plan.deregister) probation.removed(serviceId);
      return nextPassMs(plan, last.containers, clock.monotonicMs());
    },
  };
}

async function sayLastWords(
  { heartbeats, view }: Context,
  { registry, clock, log }: RegistrationDeps,
  { onExit }: RegistrationOptions,
  { owner }: Identity,
): Promise<void> {
  const deadline = {
    clock,
    ms: LAST_WORDS_MS,
    what: 'the last words to the registry',
    signal: new AbortController().signal,
  };
  const own = [...view.state().services.values()].filter(({ meta }) => meta[OWNER_KEY] === owner);
  const services = own.length;
  try {
    await withDeadline(deadline, async (limit) => {
      if (onExit === 'stay') return await heartbeats.tellAll(limit);
      await Promise.all(own.map(({ id }) => registry.deregister(id, limit)));
    });
    log.info(onExit === 'leave' ? 'left: the services are deregistered' : 'the services stay registered', { services });
  } catch (error) {
    log.warn('the registry did not hear the last words', { services, onExit, ...errorFacts(error) });
  }
}

/** When the plan or a stopping container wants a further look, in milliseconds. */
function nextPassMs(
  { onProbation }: RegistrationPlan,
  containers: readonly ContainerSnapshot[],
  nowMs: number,
): number | undefined {
  const waits = containers.flatMap(({ stopping }) =>
    stopping === undefined ? [] : [Math.max(0, stopping.untilMs - nowMs)],
  );
  if (onProbation.length > 0) waits.push(PROBATION_MS);
  return waits.length === 0 ? undefined : Math.min(...waits);
}
