import type { ContainerSnapshot } from '../domain/container.ts';
import type { ReconcileSteps } from '../lib/reconcile-loop.ts';
import { applyPlan } from './apply-plan.ts';
import { containerCheckId } from './container-check.ts';
import type { ServiceRegistration } from './contracts.ts';
import { type Desired, type DesiredOptions, desiredRegistrations } from './desired.ts';
import type { KeptBeat } from './heartbeats.ts';
import type { Identity } from './identity.ts';
import { keptBeats } from './kept-beats.ts';
import type { Standing } from './lease.ts';
import { isLeftover } from './leftovers.ts';
import type { PassContext, RegistrationDeps, RegistrationOptions } from './pass-context.ts';
import { EMPTY_PLAN, planRegistration, type RegistrationPlan } from './plan.ts';
import { PROBATION_MS } from './probation.ts';
import type { ReadState } from './registry-view.ts';
import { selfService, selfServiceId } from './self-service.ts';
import type { LastPass } from './status.ts';

/** What one pass has seen. */
interface Observed {
  readonly containers: readonly ContainerSnapshot[];
  readonly registry: ReadState;
  readonly identity: Identity;
  readonly options: DesiredOptions;
  readonly held: ReadonlyMap<string, number>;
  readonly standing: Standing;
}

/** Between two passes that register some services anew for their TTL. */
const RENEWAL_MS = 1_000;

export function registrationSteps(
  context: PassContext,
  deps: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan> {
  return {
    observe: observer(context, deps, options),
    derive: ({ containers, identity, options: all, held }) => {
      const { hostname, hostAddress } = identity;
      const claim = context.lease.claim();
      const service = selfService({ hostname, hostAddress, port: options.selfPort, claim });
      const self = service && { service, verdict: context.lease.verdict() };
      return desiredRegistrations(containers, all, { held, ...context.memory, ...(self && { self }) });
    },
    plan: (observed, desired) => planPass(context, options, observed, desired),
    apply: applier(context, deps, options),
  };
}

function observer(
  { state, view, lease, holdDown, trigger }: PassContext,
  { source, documents, identity: find, clock }: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan>['observe'] {
  // The same object pass after pass, by which the cache knows that nothing has changed.
  let all: DesiredOptions | undefined;
  return async (cause, signal) => {
    state.identity ??= await find(signal);
    const identity = state.identity;
    if (cause.resync) documents?.retry({ wake: trigger.wake, signal });
    const enableScriptChecks = options.enableScriptChecks && !state.areScriptsRefused;
    if (all?.enableScriptChecks !== enableScriptChecks) all = { ...options, ...identity, enableScriptChecks };
    // What is on probation waits for a second whole list, not for a second look at what is remembered.
    const resync = cause.resync || (state.last?.plan.onProbation.length ?? 0) > 0;
    if (clock.monotonicMs() >= (lease.lookAgainAtMs() ?? Number.POSITIVE_INFINITY)) view.distrust();
    const [containers, registry] = await Promise.all([source.observe({ resync }, signal), view.read(cause, signal)]);
    const standing = lease.look(registry, identity.hostname);
    return { containers, registry, identity, options: all, held: holdDown.look(containers), standing };
  };
}

function planPass(
  { state, probation, contention, pacer }: PassContext,
  { adopt, isTtlGiven }: RegistrationOptions,
  observed: Observed,
  desired: Desired,
): RegistrationPlan {
  const { containers, registry, identity, standing, held } = observed;
  const { owner, hostname } = identity;
  if (standing.kind === 'passive') {
    state.last = { containers, registry, identity, standing, desired, held, plan: EMPTY_PLAN };
    return EMPTY_PLAN;
  }
  probation.alive(desired.registrations.keys());
  const isContested = (registration: ServiceRegistration): boolean => {
    if (registry.surprises.has(registration.service.id)) contention.found(registration);
    return contention.yieldedUntilMs(registration) !== undefined;
  };
  const plan = planRegistration(desired.registrations, registry, {
    owner,
    isRemovable: probation.isRemovable,
    isAdopted: (serviceId) => adopt && isLeftover(serviceId, hostname, containers),
    isContested,
    mayRenew: pacer.mayRenew,
    isTtlGiven,
    kept: desired.kept,
  });
  state.last = { containers, registry, identity, standing, desired, held, plan };
  return plan;
}

function applier(
  context: PassContext,
  { registry, documents, clock, log }: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan>['apply'] {
  const { state, view, heartbeats, lease, probation, reporter } = context;
  return async (plan, signal) => {
    const { last } = state;
    if (last === undefined) return undefined;
    documents?.want(wantedDocuments(last), { wake: context.trigger.wake, signal });
    reporter.pass(last, options);
    // Before as well: what is registered already must not wait for a registry that is slow to take the rest.
    heartbeats.keep(beatsOf(last, context, options));
    try {
      await applyPlan(plan, { registry, view, heartbeats, log, onScriptsRefused: context.refuseScripts }, signal);
    } finally {
      lease.wrote(view.state(), last.identity.hostname);
      heartbeats.keep(beatsOf(last, context, options));
    }
    for (const { serviceId } of plan.deregister) probation.removed(serviceId);
    return nextPassMs(last, lease.lookAgainAtMs(), clock.monotonicMs());
  };
}

/** What the `--tags` template has asked for, of all containers. */
function wantedDocuments({ desired }: LastPass): ReadonlySet<string> {
  return new Set(desired.containers.flatMap(({ tags }) => tags?.urls ?? []));
}

/** The checks that we keep alive; none where another process does. */
function beatsOf(
  { standing, desired, identity }: LastPass,
  { view, lease }: PassContext,
  options: RegistrationOptions,
): ReadonlyMap<string, KeptBeat> {
  if (standing.kind === 'passive') return new Map();
  const beats = keptBeats(desired, view.state(), { ...options, owner: identity.owner });
  const silent = lease.isListening() ? containerCheckId(selfServiceId(identity.hostname)) : undefined;
  return new Map([...beats].filter(([checkId]) => checkId !== silent));
}

/** When the plan, a container that is stopping or held, or another Portolan wants a further look, in milliseconds. */
function nextPassMs(
  { plan, containers, held }: LastPass,
  lookAgainAtMs: number | undefined,
  nowMs: number,
): number | undefined {
  const times = containers.flatMap(({ stopping }) => stopping?.untilMs ?? []);
  times.push(...held.values());
  if (lookAgainAtMs !== undefined) times.push(lookAgainAtMs);
  if (plan.onProbation.length > 0) times.push(nowMs + PROBATION_MS);
  if (plan.renewalsLeft > 0) times.push(nowMs + RENEWAL_MS);
  return times.length === 0 ? undefined : Math.max(0, Math.min(...times) - nowMs);
}
