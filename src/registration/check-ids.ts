import { lineProblem } from './check-values.ts';

/** The ID of the nth check of a service, from 1. Source: Consul's own IDs for checks without one. */
export function defaultCheckId(serviceId: string, n: number): string {
  return n === 1 ? `service:${serviceId}` : `service:${serviceId}:${n}`;
}

export function isDefaultCheckId(id: string): boolean {
  return /^service:/i.test(id);
}

/**
 * Why a check cannot have this ID; `undefined` when it can. Case does not count: agents tell IDs apart by it, but in
 * Consul's catalog the later check takes the place of the earlier (1.8.7, measured).
 */
export function checkIdProblem(id: string, taken: readonly string[]): string | undefined {
  // Routers take such a check for what Docker says.
  if (/:container$/i.test(id)) return "ends in :container, as the IDs of Portolan's own checks do";
  // Checks are unique on an agent, so it would take the place of another service's.
  if (isDefaultCheckId(id)) return 'begins with service:, as the default IDs of all services do';
  if (/^(serfhealth$|_node_maintenance$|_service_maintenance(:|$))/i.test(id)) return "is one of Consul's own";
  // Consul cleans paths, so nobody could report such a check.
  if (/(^|\/)\.{0,2}(\/|$)/.test(id)) return 'cannot be part of a URL path';
  if (taken.some((other) => other.toLowerCase() === id.toLowerCase())) return 'is the ID of a check before it';
  return lineProblem(id);
}
