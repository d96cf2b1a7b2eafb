import type { ServiceDefinition, ServiceWeights } from '../domain/service.ts';
import { sha256 } from '../lib/hash.ts';
import { containerCheck, containerCheckId, ttlOfNotes } from './container-check.ts';
import type { CheckVerdict, RegisteredCheck, RegisteredService, ServiceRegistration } from './contracts.ts';

/** Meta keys of our own: whose registration it is, and a fingerprint of it. */
export const OWNER_KEY = 'portolan-owner';
export const HASH_KEY = 'portolan-hash';

/** What Consul takes for a service that says nothing. */
const EVEN_WEIGHTS: ServiceWeights = { passing: 1, warning: 1 };

export interface RegistrationOptions {
  readonly owner: string;
  /** Life of the container check without a heartbeat; 0 leaves the check out. */
  readonly ttlMs: number;
  /** With a memory where it is called again and again. */
  readonly fingerprint?: typeof fingerprintOf;
}

/**
 * What to send for a service. The fingerprint covers everything but statuses, which are no reason to register again,
 * and the TTL, which the notes of the container check tell.
 */
export function serviceRegistration(
  service: ServiceDefinition,
  verdict: CheckVerdict,
  { owner, ttlMs, fingerprint = fingerprintOf }: RegistrationOptions,
): ServiceRegistration {
  const hasContainerCheck = service.containerCheck.kind === 'on' && ttlMs > 0;
  const meta = { ...service.meta, [OWNER_KEY]: owner, [HASH_KEY]: fingerprint(service, hasContainerCheck) };
  return hasContainerCheck
    ? { service, meta, containerCheck: containerCheck(service, ttlMs, verdict) }
    : { service, meta };
}

/** The registration with the TTL that its container check has already, if that is longer. */
export function keepingTtl(
  registration: ServiceRegistration,
  checks: ReadonlyMap<string, RegisteredCheck>,
): ServiceRegistration {
  const { service, containerCheck: check } = registration;
  const registeredMs = ttlOfNotes(checks.get(containerCheckId(service.id))?.notes ?? '');
  if (check === undefined || registeredMs === undefined || registeredMs <= check.ttlMs) return registration;
  return { ...registration, containerCheck: containerCheck(service, registeredMs, check.verdict) };
}

/**
 * The registration with the tags that it has already, where they belong to those who change them in the catalog. Tags
 * that we ourselves have changed go out.
 */
export function keepingTags(
  registration: ServiceRegistration,
  registered: RegisteredService | undefined,
): ServiceRegistration {
  const { service, meta } = registration;
  if (registered === undefined || service.enableTagOverride !== true) return registration;
  if (registered.meta[HASH_KEY] !== meta[HASH_KEY]) return registration;
  return { ...registration, service: { ...service, tags: registered.tags } };
}

/** The service as the registry gives it back after this registration. */
export function registeredService({ service, meta }: ServiceRegistration): RegisteredService {
  const { id, name, address, port, tags, enableTagOverride = false, weights = EVEN_WEIGHTS } = service;
  return { id, name, address, port, tags, meta, enableTagOverride, weights };
}

/** IDs of the checks that the registration brings. */
export function checkIds({ service, containerCheck: check }: ServiceRegistration): readonly string[] {
  return [...(check === undefined ? [] : [check.id]), ...service.checks.map(({ id }) => id)];
}

/** Covers all that is sent, but for what `serviceRegistration` says. */
export function fingerprintOf({ origin: _, ...service }: ServiceDefinition, hasContainerCheck: boolean): string {
  const checks = service.checks.map(({ initialStatus: _status, ...check }) => check);
  return sha256(canonicalJson({ ...service, checks, containerCheck: hasContainerCheck })).slice(0, 16);
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
