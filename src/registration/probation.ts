import type { Clock } from '../lib/clock.ts';

/** Decides when a service of ours without a container may be removed. */
export interface Probation {
  /** These have a container now. */
  alive(serviceIds: Iterable<string>): void;
  /** Whether the service may go: this process knew its container, or has missed it in two lists far enough apart. */
  isRemovable(serviceId: string): boolean;
  /** It is gone: forget it. */
  removed(serviceId: string): void;
}

/** Between the two lists that must both lack a container which this process never saw. */
export const PROBATION_MS = 2_000;

/**
 * After our own start a list of containers may be incomplete in ways that we cannot see (a Docker that is starting
 * too), so what we did not see ourselves is looked at twice before it is removed.
 */
export function createProbation(clock: Clock): Probation {
  const seenAlive = new Set<string>();
  const firstMissedMs = new Map<string, number>();
  return {
    alive: (serviceIds) => {
      for (const id of serviceIds) {
        seenAlive.add(id);
        firstMissedMs.delete(id);
      }
    },
    isRemovable: (serviceId) => {
      if (seenAlive.has(serviceId)) return true;
      const missedMs = firstMissedMs.get(serviceId);
      if (missedMs === undefined) firstMissedMs.set(serviceId, clock.monotonicMs());
      return missedMs !== undefined && clock.monotonicMs() - missedMs >= PROBATION_MS;
    },
    removed: (serviceId) => {
      seenAlive.delete(serviceId);
      firstMissedMs.delete(serviceId);
    },
  };
}
