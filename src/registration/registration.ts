import type { ServiceDefinition, ServiceWeights } from '../domain/service.ts';
import { formatDuration } from '../lib/durations.ts';
import { sha256 } from '../lib/hash.ts';
import { containerCheckId } from './container-check.ts';
import type { CheckVerdict, RegisteredService, ServiceRegistration } from './contracts.ts';

/** Meta keys of our own: whose registration it is, and a fingerprint of it. */
export const OWNER_KEY = 'portolan-owner';
export const HASH_KEY = 'portolan-hash';

/** What Consul takes for a service that says nothing. */
const EVEN_WEIGHTS: ServiceWeights = { passing: 1, warning: 1 };

export interface RegistrationOptions {
  readonly owner: string;
  /** `--ttl`; 0 leaves the container check out. */
  readonly ttlMs: number;
}

/**
 * What to send for a service. The fingerprint covers everything but statuses, which are no reason to register again,
 * and the TTL, which the notes of the container check tell.
 */
export function serviceRegistration(
  service: ServiceDefinition,
  verdict: CheckVerdict,
  { owner, ttlMs }: RegistrationOptions,
): ServiceRegistration {
  const hasContainerCheck = service.containerCheck.kind === 'on' && ttlMs > 0;
  const { origin: _, ...described } = service;
  const checks = service.checks.map(({ initialStatus: _status, ...check }) => check);
  const hash = sha256(canonicalJson({ ...described, checks, containerCheck: hasContainerCheck })).slice(0, 16);
  const meta = { ...service.meta, [OWNER_KEY]: owner, [HASH_KEY]: hash };
  if (!hasContainerCheck) return { service, meta };
  const ttl = formatDuration(ttlMs);
  const containerCheck = {
    id: containerCheckId(service.id),
    name: `Container of service '${service.name}'`,
    notes: `What Docker says of the container; Portolan repeats it within ${ttl}`,
    ttl,
    ttlMs,
    verdict,
  };
  return { service, meta, containerCheck };
}

/** The service as the registry gives it back after this registration. */
export function registeredService({ service, meta }: ServiceRegistration): RegisteredService {
  const { id, name, address, port, tags, enableTagOverride = false, weights = EVEN_WEIGHTS } = service;
  return { id, name, address, port, tags, meta, enableTagOverride, weights };
}

/** IDs of the checks that the registration brings. */
export function checkIds({ service, containerCheck }: ServiceRegistration): readonly string[] {
  return [...(containerCheck === undefined ? [] : [containerCheck.id]), ...service.checks.map(({ id }) => id)];
}

/** JSON with sorted keys, so that equal values give equal text. */
function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
