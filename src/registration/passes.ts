import type { ContainerSnapshot } from '../domain/container.ts';
import type { ReconcileSteps } from '../lib/reconcile-loop.ts';
import { applyPlan } from './apply-plan.ts';
import { type Desired, type DesiredOptions, desiredRegistrations } from './desired.ts';
import type { Identity } from './identity.ts';
import { keptBeats } from './kept-beats.ts';
import type { Standing } from './lease.ts';
import { isLeftover } from './leftovers.ts';
import type { PassContext, RegistrationDeps, RegistrationOptions } from './pass-context.ts';
import { EMPTY_PLAN, planRegistration, type RegistrationPlan } from './plan.ts';
import { PROBATION_MS } from './probation.ts';
import type { ReadState } from './registry-view.ts';
import { selfService } from './self-service.ts';
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

/** So often a passive process looks whether the newer one still lives. */
const RIVAL_CHECK_MS = 5_000;
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
      return desiredRegistrations(containers, all, { held, define: context.define, ...(self && { self }) });
    },
    plan: (observed, desired) => planPass(context, options, observed, desired),
    apply: applier(context, deps, options),
  };
}

function observer(
  { state, view, lease, holdDown }: PassContext,
  { source, identity: find, clock }: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan>['observe'] {
  // One object for all passes, by which the cache knows that nothing has changed.
  let all: DesiredOptions | undefined;
  return async (cause, signal) => {
    state.identity ??= await find(signal);
    const identity = state.identity;
    all ??= { ...options, ...identity };
    // What is on probation waits for a second whole list, not for a second look at what is remembered.
    const resync = cause.resync || (state.last?.plan.onProbation.length ?? 0) > 0;
    const { standing: last } = state.last ?? {};
    const dueMs = last?.kind === 'writing' ? (last.checkAgainAtMs ?? Number.POSITIVE_INFINITY) : 0;
    if (last !== undefined && clock.monotonicMs() >= dueMs) view.distrust();
    const [containers, registry] = await Promise.all([source.observe({ resync }, signal), view.read(cause, signal)]);
    const standing: Standing =
      options.selfPort === undefined ? { kind: 'writing' } : lease.look(registry, identity.hostname);
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
  const isContested = (serviceId: string): boolean => {
    if (registry.surprises.has(serviceId)) contention.found(serviceId);
    return contention.yieldedUntilMs(serviceId) !== undefined;
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
  { state, view, heartbeats, probation, reporter }: PassContext,
  { registry, clock, log }: RegistrationDeps,
  options: RegistrationOptions,
): ReconcileSteps<Observed, Desired, RegistrationPlan>['apply'] {
  return async (plan, signal) => {
    const { last } = state;
    if (last === undefined) return undefined;
    reporter.pass(last, options);
    if (last.standing.kind === 'passive') {
      heartbeats.keep(new Map());
      return RIVAL_CHECK_MS;
    }
    try {
      await applyPlan(plan, { registry, view, heartbeats, log }, signal);
    } finally {
      heartbeats.keep(keptBeats(last.desired, view.state(), { ...options, owner: last.identity.owner }));
    }
    for (const { serviceId } of plan.deregister) probation.removed(serviceId);
    return nextPassMs(last, clock.monotonicMs());
  };
}

/** When the plan, or a container that is stopping or held, wants a further look, in milliseconds. */
function nextPassMs({ plan, containers, held, standing }: LastPass, nowMs: number): number | undefined {
  const waits = containers.flatMap(({ stopping }) => (stopping === undefined ? [] : [stopping.untilMs - nowMs]));
  for (const untilMs of held.values()) waits.push(untilMs - nowMs);
  if (standing.kind === 'writing' && standing.checkAgainAtMs !== undefined) waits.push(standing.checkAgainAtMs - nowMs);
  if (plan.onProbation.length > 0) waits.push(PROBATION_MS);
  if (plan.renewalsLeft > 0) waits.push(RENEWAL_MS);
  return waits.length === 0 ? undefined : Math.max(0, Math.min(...waits));
}
