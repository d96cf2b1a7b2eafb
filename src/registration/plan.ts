import { containerCheckId } from './container-check.ts';
import type { CheckVerdict, RegistryState, ServiceRegistration } from './contracts.ts';
import { type Difference, difference } from './difference.ts';
import type { KeptService } from './ended-containers.ts';
import { keepingTags, keepingTtl, OWNER_KEY } from './registration.ts';

export interface RegistrationPlan {
  readonly register: readonly PlannedRegistration[];
  readonly deregister: readonly PlannedRemoval[];
  /** Verdicts of container checks that differ from what the registry says. */
  readonly report: readonly News[];
  /** Services that we would register, but that others hold. Left alone. */
  readonly conflicts: readonly PlanConflict[];
  /** IDs of services that look like leftovers of ours and wait for a second look. */
  readonly onProbation: readonly string[];
  /** How many services will be registered anew for a longer TTL, but not all at once. */
  readonly renewalsLeft: number;
}

interface News {
  readonly checkId: string;
  readonly verdict: CheckVerdict;
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
  /** The mark that the service carries; `undefined` for a program that leaves none. */
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
  /** Asked where something else is registered: whether to leave it to whoever has written it. */
  readonly isContested: (registration: ServiceRegistration) => boolean;
  /** Whether one more service may be registered anew for its TTL. */
  readonly mayRenew: () => boolean;
  /** Whether the operator chose the TTL: then it is also shortened. */
  readonly isTtlGiven: boolean;
  /** Services that stay as they are though nothing registers them now, by ID. */
  readonly kept: ReadonlyMap<string, KeptService>;
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
  const steps = [...desired.values()].map((registration) => planService(registration, registry, context));
  const removals = plannedRemovals(desired, registry, context);
  const isNow = new Map(removals.map(({ serviceId }) => [serviceId, context.isRemovable(serviceId)]));
  return {
    register: steps.flatMap(({ register }) => register ?? []),
    deregister: removals.filter(({ serviceId }) => isNow.get(serviceId)),
    report: [...steps, ...keptNews(registry, context)].flatMap(({ report }) => report ?? []),
    conflicts: steps.flatMap(({ conflict }) => conflict ?? []),
    onProbation: removals.flatMap(({ serviceId }) => (isNow.get(serviceId) ? [] : [serviceId])),
    renewalsLeft: steps.filter(({ isLater }) => isLater).length,
  };
}

function plannedRemovals(
  desired: ReadonlyMap<string, ServiceRegistration>,
  { services }: RegistryState,
  { owner, isAdopted, kept }: PlanContext,
): readonly PlannedRemoval[] {
  return [...services.values()].flatMap(({ id, meta }): PlannedRemoval[] => {
    if (desired.has(id) || kept.has(id)) return [];
    const mark = meta[OWNER_KEY];
    if (mark === owner) return [{ serviceId: id, reason: 'has no container' }];
    const isLeftover = mark === undefined && isAdopted(id);
    return isLeftover ? [{ serviceId: id, reason: 'is a leftover of registrator without a container' }] : [];
  });
}

/** What is to be done for one service. */
interface Step {
  readonly register?: PlannedRegistration;
  readonly report?: News;
  readonly conflict?: PlanConflict;
  /** It is to be registered anew, but has time. */
  readonly isLater?: true;
}

function planService(registration: ServiceRegistration, registry: RegistryState, context: PlanContext): Step {
  const { id } = registration.service;
  const mark = registry.services.get(id)?.meta[OWNER_KEY];
  if (mark !== undefined && mark !== context.owner) {
    return { conflict: { serviceId: id, owner: mark, kind: 'held' } };
  }
  const found = difference(registration, registry, context);
  const { containerCheck } = registration;
  const news = containerCheck === undefined ? {} : newsOf(containerCheck.id, containerCheck.verdict, registry);
  if (found === undefined) return news;
  if (found.mayBeByOthers === true && context.isContested(registration)) {
    return { ...news, conflict: { serviceId: id, owner: mark, kind: 'contested' } };
  }
  if (found.isRenewal === true && !context.mayRenew()) return { ...news, isLater: true };
  return { register: planned(registration, found, registry, context) };
}

function planned(
  registration: ServiceRegistration,
  { reason }: Difference,
  { services, checks }: RegistryState,
  { isTtlGiven }: PlanContext,
): PlannedRegistration {
  const registered = services.get(registration.service.id);
  const withTtl = isTtlGiven ? registration : keepingTtl(registration, checks);
  return { registration: keepingTags(withTtl, registered), reason, isReplacement: registered !== undefined };
}

/** What a container check has to say beyond what the registry says. */
function newsOf(checkId: string, verdict: CheckVerdict, { checks }: RegistryState): Pick<Step, 'report'> {
  const check = checks.get(checkId);
  const isTold = check?.status === verdict.status && check.output === verdict.output;
  return check === undefined || isTold ? {} : { report: { checkId, verdict } };
}

function keptNews(registry: RegistryState, { kept, owner }: PlanContext): readonly Step[] {
  const ours = [...kept].filter(([serviceId]) => registry.services.get(serviceId)?.meta[OWNER_KEY] === owner);
  return ours.map(([serviceId, { verdict }]) => newsOf(containerCheckId(serviceId), verdict, registry));
}
