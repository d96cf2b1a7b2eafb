import type { Clock } from '../lib/clock.ts';
import { withDeadline } from '../lib/deadline.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { containerCheckId } from './container-check.ts';
import type { ServiceRegistry } from './contracts.ts';
import type { Heartbeats } from './heartbeats.ts';
import type { Identity } from './identity.ts';
import { FAREWELL } from './lease-words.ts';
import { OWNER_KEY } from './registration.ts';
import type { RegistryView } from './registry-view.ts';
import { selfServiceId } from './self-service.ts';

/** How long a stop may take at most to say the last words. */
const LAST_WORDS_MS = 2_500;

/** At the end: deregisters all that is ours, or says once more that it lives, so that a successor has a whole TTL. */
export async function sayLastWords(
  { heartbeats, view }: { readonly heartbeats: Heartbeats; readonly view: RegistryView },
  { registry, clock, log }: { readonly registry: ServiceRegistry; readonly clock: Clock; readonly log: Log },
  { onExit, identity }: { readonly onExit: 'stay' | 'leave'; readonly identity: Identity },
): Promise<void> {
  const { signal } = new AbortController();
  const deadline = { clock, ms: LAST_WORDS_MS, what: 'the last words to the registry', signal };
  const own = [...view.state().services.values()].filter(({ meta }) => meta[OWNER_KEY] === identity.owner);
  const services = own.length;
  const selfId = selfServiceId(identity.hostname);
  const farewell = own.filter(({ id }) => id === selfId).map(({ id }) => [containerCheckId(id), FAREWELL] as const);
  try {
    await withDeadline(deadline, async (limit) => {
      if (onExit === 'stay') return await heartbeats.tellAll(new Map(farewell), limit);
      await Promise.all(own.map(({ id }) => registry.deregister(id, limit)));
    });
    log.info(onExit === 'leave' ? 'left: the services are deregistered' : 'the services stay registered', { services });
  } catch (error) {
    log.warn('the registry did not hear the last words', { services, onExit, ...errorFacts(error) });
  }
}
