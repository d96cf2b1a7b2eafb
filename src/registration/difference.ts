import { ttlOfNotes } from './container-check.ts';
import type { RegisteredService, RegistryState, ServiceRegistration } from './contracts.ts';
import { checkIds, HASH_KEY, OWNER_KEY, registeredService } from './registration.ts';

/** Why a service must be registered. */
export interface Difference {
  readonly reason: string;
  /** What is registered is not what we want: somebody else may have written it. */
  readonly mayBeByOthers?: true;
  /** All is well but the TTL of the container check, so it may wait. */
  readonly isRenewal?: true;
}

/** How what is registered differs from what should be; `undefined` when it does not. */
export function difference(
  registration: ServiceRegistration,
  registry: RegistryState,
  { isTtlGiven }: { readonly isTtlGiven: boolean },
): Difference | undefined {
  const registered = registry.services.get(registration.service.id);
  if (registered === undefined) return { reason: 'is not registered' };
  if (registered.meta[OWNER_KEY] === undefined)
    return { reason: 'was registered by somebody else without a mark', mayBeByOthers: true };
  if (registered.meta[HASH_KEY] !== registration.meta[HASH_KEY]) return { reason: 'has changed', mayBeByOthers: true };
  if (!isSameService(registeredService(registration), registered))
    return { reason: 'was changed by somebody else', mayBeByOthers: true };
  const { id: serviceId } = registration.service;
  if (checkIds(registration).some((id) => registry.checks.get(id)?.serviceId !== serviceId))
    return { reason: 'has lost a check' };
  return ttlDifference(registration, registry, isTtlGiven);
}

/** A TTL that grew with the number of services is never shortened: that would only cost writes. */
function ttlDifference(
  { containerCheck }: ServiceRegistration,
  { checks }: RegistryState,
  isTtlGiven: boolean,
): Difference | undefined {
  const notes = containerCheck && checks.get(containerCheck.id)?.notes;
  if (containerCheck === undefined || notes === containerCheck.notes) return undefined;
  const registeredMs = ttlOfNotes(notes ?? '');
  if (registeredMs === undefined) return { reason: 'has a container check of unknown TTL' };
  const isGood = isTtlGiven ? registeredMs === containerCheck.ttlMs : registeredMs >= containerCheck.ttlMs;
  return isGood ? undefined : { reason: 'has another TTL', isRenewal: true };
}

/** With the tag override on, tags belong to those who change them in the catalog. */
export function isSameService(a: RegisteredService, b: RegisteredService): boolean {
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
