import type { CheckVerdict, RegisteredCheck, RegistryState, ServiceRegistration } from './contracts.ts';
import { type Difference, difference } from './difference.ts';
import { keepingTtl, OWNER_KEY } from './registration.ts';

export interface RegistrationPlan {
  readonly register: readonly PlannedRegistration[];
  readonly deregister: readonly PlannedRemoval[];
  /** Verdicts of container checks that differ from what the registry says. */
  readonly report: readonly { readonly checkId: string; readonly verdict: CheckVerdict }[];
  /** Services that we would register, but that others hold. Left alone. */
  readonly conflicts: readonly PlanConflict[];
  /** IDs of services that look like leftovers of ours and wait for a second look. */
  readonly onProbation: readonly string[];
  /** How many services will be registered anew for a longer TTL, but not all at once. */
  readonly renewalsLeft: number;
}

export interface PlannedRegistration {
  readonly registration: ServiceRegistration;
  readonly reason: string;
  /** The registry holds a service of this ID, so its checks keep their status and must be told. */
  readonly isReplacement: boolean;
}

export interface PlannedRemoval {
  readonly serviceId: string;
  readonly reason: string;
}

export interface PlanConflict {
  readonly serviceId: string;
  /** The other owner's mark; `undefined` for a program that leaves none, and `us` for another process with our mark. */
  readonly owner: string | undefined;
  /** The other one was there first; or it has taken the service from us again and again. */
  readonly kind: 'held' | 'contested';
}

export interface PlanContext {
  readonly owner: string;
  /** Whether a leftover may be removed now: it had a container in this process, or was seen twice. */
  readonly isRemovable: (serviceId: string) => boolean;
  /** Whether a service without a mark is a leftover of registrator on this host (`--adopt`). */
  readonly isAdopted: (serviceId: string) => boolean;
  /** Asked for a service that somebody else has changed: whether to leave it to them. */
  readonly isContested: (serviceId: string) => boolean;
  /** Whether one more service may be registered anew for its TTL. */
  readonly mayRenew: () => boolean;
  /** Whether the operator chose the TTL: then it is also shortened. */
  readonly isTtlGiven: boolean;
  /** Services that stay as they are though their containers have ended, and what their checks say. */
  readonly kept: ReadonlyMap<string, CheckVerdict>;
}

export const EMPTY_PLAN: RegistrationPlan = {
  register: [],
  deregister: [],
  report: [],
  conflicts: [],
  onProbation: [],
  renewalsLeft: 0,
};

/**
 * The difference between what should be registered and what is. Equal means no call at all. Only services with our
 * owner mark are ever removed, and with `--adopt` registrator's.
 */
export function planRegistration(
  desired: ReadonlyMap<string, ServiceRegistration>,
  registry: RegistryState,
  context: PlanContext,
): RegistrationPlan {
  const steps = [...desired].map(([id, registration]) => planService(id, registration, registry, context));
  const { owner, isRemovable, isAdopted, kept } = context;
  const removals = [...registry.services.values()].flatMap(({ id, meta }): PlannedRemoval[] => {
    if (desired.has(id) || kept.has(id)) return [];
    const mark = meta[OWNER_KEY];
    if (mark === owner) return [{ serviceId: id, reason: 'has no container' }];
    const isLeftover = mark === undefined && isAdopted(id);
    return isLeftover ? [{ serviceId: id, reason: 'is a leftover of registrator without a container' }] : [];
  });
  const isNow = new Map(removals.map(({ serviceId }) => [serviceId, isRemovable(serviceId)]));
  return {
    register: steps.flatMap((step) => (step.kind === 'register' ? [step.planned] : [])),
    deregister: removals.filter(({ serviceId }) => isNow.get(serviceId)),
    report: [
      ...steps.flatMap((step) => (step.kind === 'report' ? [step.news] : [])),
      ...keptReports(registry, context),
    ],
    conflicts: steps.flatMap((step) => (step.kind === 'conflict' ? [step.conflict] : [])),
    onProbation: removals.flatMap(({ serviceId }) => (isNow.get(serviceId) ? [] : [serviceId])),
    renewalsLeft: steps.filter(({ kind }) => kind === 'later').length,
  };
}

type Step =
  | { readonly kind: 'nothing' }
  | { readonly kind: 'later' }
  | { readonly kind: 'register'; readonly planned: PlannedRegistration }
  | { readonly kind: 'report'; readonly news: RegistrationPlan['report'][number] }
  | { readonly kind: 'conflict'; readonly conflict: PlanConflict };

function planService(
  id: string,
  registration: ServiceRegistration,
  registry: RegistryState,
  context: PlanContext,
): Step {
  const registered = registry.services.get(id);
  const mark = registered?.meta[OWNER_KEY];
  if (mark !== undefined && mark !== context.owner) {
    return { kind: 'conflict', conflict: { serviceId: id, owner: mark, kind: 'held' } };
  }
  const found = difference(registration, registry, context);
  if (found?.isByOthers === true && context.isContested(id)) {
    return { kind: 'conflict', conflict: { serviceId: id, owner: mark, kind: 'contested' } };
  }
  if (found?.isRenewal === true && !context.mayRenew()) return { kind: 'later' };
  return found === undefined ? news(registration, registry) : register(registration, found, registry, context);
}

function register(
  registration: ServiceRegistration,
  { reason }: Difference,
  registry: RegistryState,
  { isTtlGiven }: PlanContext,
): Step {
  const isReplacement = registry.services.has(registration.service.id);
  const whole = isTtlGiven ? registration : keepingTtl(registration, registry.checks);
  return { kind: 'register', planned: { registration: whole, reason, isReplacement } };
}

/** What the container check has to say beyond what the registry says. */
function news({ containerCheck }: ServiceRegistration, { checks }: RegistryState): Step {
  if (containerCheck === undefined) return { kind: 'nothing' };
  const { id: checkId, verdict } = containerCheck;
  return isTold(checks.get(checkId), verdict) ? { kind: 'nothing' } : { kind: 'report', news: { checkId, verdict } };
}

function keptReports({ services, checks }: RegistryState, { kept, owner }: PlanContext): RegistrationPlan['report'] {
  return [...checks.values()].flatMap((check) => {
    const verdict = kept.get(check.serviceId);
    if (verdict === undefined || check.id !== `${check.serviceId}:container`) return [];
    const isOurs = services.get(check.serviceId)?.meta[OWNER_KEY] === owner;
    return isOurs && !isTold(check, verdict) ? [{ checkId: check.id, verdict }] : [];
  });
}

function isTold(check: RegisteredCheck | undefined, { status, output }: CheckVerdict): boolean {
  return check?.status === status && check.output === output;
}
