import type { CheckResult, HealthStatus, ServiceInstance } from '../domain/catalog.ts';

/**
 * The status of an instance as templates see it: none where one of its checks has a status that Consul does not know.
 * Source: consul/api v1.34, `HealthChecks.AggregatedStatus`.
 */
export function instanceStatus({ status, checks }: Pick<ServiceInstance, 'checks' | 'status'>): HealthStatus | '' {
  return checks.some(isUnknown) ? '' : status;
}

/** What Consul says of a check. It has no maintenance: its maintenance modes are checks of certain names, critical ones. */
export function checkStatus({ status, reportedStatus }: CheckResult): string {
  return reportedStatus ?? (status === 'maintenance' ? 'critical' : status);
}

/** For checks of maintenance only their names count. */
function isUnknown({ status, reportedStatus }: CheckResult): boolean {
  return reportedStatus !== undefined && status !== 'maintenance';
}
