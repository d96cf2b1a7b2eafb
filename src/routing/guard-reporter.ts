import type { Log } from '../lib/log.ts';
import { cut } from '../lib/untrusted-text.ts';
import type { HeldInstance, HoldCause } from './held-catalog.ts';

/** Why something is held, in words for people; the subject is the missing instance. */
export const HOLD_REASONS: Readonly<Record<HoldCause, string>> = {
  settling: 'it went this moment',
  doubtful: 'Consul was away or has started anew, and may not know everything yet',
  blind: 'Consul shows less than every cluster has; its ACL token may have lost its rights',
  unconfirmed: 'it went while Consul was doubtful, and is looked for once more',
  unreadable: 'what Consul says of its service cannot be understood',
  contradicted: 'Consul shows no instance of its service, but still lists the service',
  'node-gone': 'its node has gone as well, and it was the last one of its service',
  'node-emptied': 'its node lost half of what it had, or more, at once',
  'catalog-emptied': 'the catalog lost more than half within seconds',
};

/** What is held for one reason, for people. */
export interface HoldSummary {
  readonly because: string;
  readonly instances: number;
  /** Sorted. */
  readonly services: readonly string[];
}

/** By reason, without what is decided within the second. */
export function summarizeHeld(held: readonly HeldInstance[]): readonly HoldSummary[] {
  const lasting = held.filter(({ cause }) => cause !== 'settling');
  return [...Map.groupBy(lasting, ({ cause }) => cause)].map(([cause, all]) => ({
    because: HOLD_REASONS[cause],
    instances: all.length,
    services: [...new Set(all.map(({ instance }) => instance.service))].toSorted(),
  }));
}

/** Says in the log what the guard holds, and what becomes of it: a line for each reason, not for each instance. */
export interface GuardReporter {
  held(held: readonly HeldInstance[]): void;
  /** Somebody let these go. */
  released(held: readonly HeldInstance[]): void;
}

const MAX_NAMES = 10;

export function createGuardReporter(log: Log): GuardReporter {
  let known: ReadonlySet<string> = new Set();
  return {
    held: (held) => {
      const lasting = held.filter(({ cause }) => cause !== 'settling');
      const fresh = lasting.filter((one) => !known.has(keyOf(one)));
      for (const { because, instances, services } of summarizeHeld(fresh)) {
        log.warn('instances are missing from the catalog and kept for now', {
          instances,
          services: named(services),
          because,
        });
      }
      const now = new Set(lasting.map(keyOf));
      const over = [...known].filter((key) => !now.has(key)).length;
      if (over > 0)
        log.info('instances are no longer kept: they are back, or gone for good', { instances: over, left: now.size });
      known = now;
    },
    released: (held) => {
      if (held.length === 0) return;
      const services = [...new Set(held.map(({ instance }) => instance.service))].toSorted();
      log.info('instances that were kept are let go by command', { instances: held.length, services: named(services) });
    },
  };
}

function named(services: readonly string[]): readonly string[] {
  const shown = services.slice(0, MAX_NAMES).map((name) => cut(name, 100));
  return services.length > MAX_NAMES ? [...shown, `and ${services.length - MAX_NAMES} more`] : shown;
}

function keyOf({ instance: { service, node, id } }: HeldInstance): string {
  return `${service}\n${node}\n${id}`;
}
