import { containerCheckId, ttlOfNotes } from './container-check.ts';
import type { RegistryState } from './contracts.ts';
import type { Desired } from './desired.ts';
import { type HeartbeatOptions, heartbeatPeriodMs } from './heartbeat-pace.ts';
import type { KeptBeat } from './heartbeats.ts';
import { OWNER_KEY } from './registration.ts';

/**
 * The container checks that the registry holds for us, what they say, and how often they must say it. Those of services
 * with another mark, or with none, are not ours to beat.
 */
export function keptBeats(
  { registrations, kept }: Pick<Desired, 'registrations' | 'kept'>,
  { services, checks }: RegistryState,
  options: HeartbeatOptions & { readonly owner: string },
): ReadonlyMap<string, KeptBeat> {
  const verdicts = new Map(kept);
  for (const [serviceId, { containerCheck }] of registrations) {
    if (containerCheck !== undefined) verdicts.set(serviceId, containerCheck.verdict);
  }
  const beats = new Map<string, KeptBeat>();
  for (const [serviceId, verdict] of verdicts) {
    const check = checks.get(containerCheckId(serviceId));
    if (check === undefined || services.get(serviceId)?.meta[OWNER_KEY] !== options.owner) continue;
    const periodMs = heartbeatPeriodMs(ttlOfNotes(check.notes) ?? options.ttlMs, options);
    beats.set(check.id, { verdict, periodMs });
  }
  return beats;
}
