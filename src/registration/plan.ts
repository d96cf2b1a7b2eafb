import type { CheckVerdict, RegisteredCheck, RegisteredService, ServiceRegistration } from './contracts.ts';
import { checkIds, HASH_KEY, OWNER_KEY, registeredService } from './registration.ts';

/** What the registry is known to hold. */
export interface RegistryState {
  readonly services: ReadonlyMap<string, RegisteredService>;
  readonly checks: ReadonlyMap<string, RegisteredCheck>;
}

export interface RegistrationPlan {
  readonly register: readonly PlannedRegistration[];
  readonly deregister: readonly PlannedRemoval[];
  /** Verdicts of container checks that differ from what the registry says. */
  readonly report: readonly { readonly checkId: string; readonly verdict: CheckVerdict }[];
  /** Services that we would register, but that carry another owner's mark. Left alone. */
  readonly conflicts: readonly { readonly serviceId: string; readonly owner: string }[];
  /** IDs of services that look like leftovers of ours and wait for a second look. */
  readonly onProbation: readonly string[];
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

export interface PlanContext {
  readonly owner: string;
  /** Whether a leftover of ours may be removed now: it had a container in this process, or was seen twice. */
  readonly isRemovable: (serviceId: string) => boolean;
}

/**
 * The difference between what should be registered and what is. Equal means no call at all. Only services with our
 * owner mark are ever removed.
 */
export function planRegistration(
  desired: ReadonlyMap<string, ServiceRegistration>,
  registry: RegistryState,
  { owner, isRemovable }: PlanContext,
): RegistrationPlan {
  const register: PlannedRegistration[] = [];
  const report: { checkId: string; verdict: CheckVerdict }[] = [];
  const conflicts: { serviceId: string; owner: string }[] = [];
  for (const [id, registration] of desired) {
    const registered = registry.services.get(id);
    const mark = registered?.meta[OWNER_KEY];
    if (mark !== undefined && mark !== owner) {
      conflicts.push({ serviceId: id, owner: mark });
      continue;
    }
    const reason = registered === undefined ? 'is not registered' : difference(registration, registered, registry);
    if (reason !== undefined) {
      register.push({ registration, reason, isReplacement: registered !== undefined });
    } else if (registration.containerCheck !== undefined) {
      const { id: checkId, verdict } = registration.containerCheck;
      const known = registry.checks.get(checkId);
      if (known?.status !== verdict.status || known.output !== verdict.output) report.push({ checkId, verdict });
    }
  }
  const leftovers = [...registry.services.values()].filter(
    ({ id, meta }) => meta[OWNER_KEY] === owner && !desired.has(id),
  );
  const deregister = leftovers.filter(({ id }) => isRemovable(id));
  const onProbation = leftovers.filter(({ id }) => !isRemovable(id));
  return {
    register,
    report,
    conflicts,
    deregister: deregister.map(({ id }) => ({ serviceId: id, reason: 'has no container' })),
    onProbation: onProbation.map(({ id }) => id),
  };
}

/** Why a registered service is not as it should be; `undefined` when it is. */
function difference(
  registration: ServiceRegistration,
  registered: RegisteredService,
  registry: RegistryState,
): string | undefined {
  const { meta } = registration;
  if (registered.meta[OWNER_KEY] === undefined) return 'was registered by somebody else without a mark';
  if (registered.meta[HASH_KEY] !== meta[HASH_KEY]) return 'has changed';
  if (!isSameService(registeredService(registration), registered)) return 'was changed by somebody else';
  if (checkIds(registration).some((id) => !registry.checks.has(id))) return 'has lost a check';
  const { containerCheck } = registration;
  const isOldTtl = containerCheck && registry.checks.get(containerCheck.id)?.notes !== containerCheck.notes;
  return isOldTtl ? 'has another TTL' : undefined;
}

/** With the tag override on, tags belong to those who change them in the catalog. */
function isSameService(a: RegisteredService, b: RegisteredService): boolean {
  return (
    a.name === b.name &&
    a.address === b.address &&
    a.port === b.port &&
    a.enableTagOverride === b.enableTagOverride &&
    a.weights.passing === b.weights.passing &&
    a.weights.warning === b.weights.warning &&
    (a.enableTagOverride || isEqualList(a.tags, b.tags)) &&
    isEqualRecord(a.meta, b.meta)
  );
}

function isEqualList(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item, i) => item === b[i]);
}

function isEqualRecord(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const keys = Object.keys(a);
  return keys.length === Object.keys(b).length && keys.every((key) => a[key] === b[key]);
}
