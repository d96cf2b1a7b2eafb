import { containerCheckId, ttlOfNotes } from './container-check.ts';
import type { CheckVerdict, RegistryState } from './contracts.ts';
import type { Desired } from './desired.ts';
import { type HeartbeatOptions, heartbeatPeriodMs } from './heartbeat-pace.ts';
import type { KeptBeat } from './heartbeats.ts';
import { OWNER_KEY } from './registration.ts';

/**
 * The container checks that the registry holds for us, what they say, and how often they must say it. Those of services
 * with another mark are not ours to beat; those without any are: whoever writes over a service of ours, as registrator
 * does, leaves its check behind, and would see the service die with it.
 */
export function keptBeats(
  { registrations, kept }: Pick<Desired, 'registrations' | 'kept'>,
  { services, checks }: RegistryState,
  options: HeartbeatOptions & { readonly owner: string },
): ReadonlyMap<string, KeptBeat> {
  const verdicts = new Map<string, CheckVerdict>([...kept].map(([serviceId, { verdict }]) => [serviceId, verdict]));
  for (const [serviceId, { containerCheck }] of registrations) {
    if (containerCheck !== undefined) verdicts.set(serviceId, containerCheck.verdict);
  }
  const ttls = new Map<string, number | undefined>();
  const beats = new Map<string, KeptBeat>();
  for (const [serviceId, verdict] of verdicts) {
    const service = services.get(serviceId);
    const checkId = containerCheckId(serviceId);
    const notes = checks.get(checkId)?.notes ?? '';
    // Thousands of checks share a few notes.
    const ttlMs = ttls.has(notes) ? ttls.get(notes) : ttlOfNotes(notes);
    ttls.set(notes, ttlMs);
    const isOurs = service !== undefined && (service.meta[OWNER_KEY] ?? options.owner) === options.owner;
    if (ttlMs !== undefined && isOurs) beats.set(checkId, { verdict, periodMs: heartbeatPeriodMs(ttlMs, options) });
  }
  return beats;
}
