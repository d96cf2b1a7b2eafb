import type { Clock } from '../lib/clock.ts';
import type { ServiceRegistration } from './contracts.ts';
import { HASH_KEY } from './registration.ts';

/**
 * Notices that somebody else writes our services as well, and ends the quarrel by giving way. It is about a service in
 * one definition: a container that was replaced since is registered whatever was before.
 */
export interface Contention {
  /** This is what we have written, and somebody else has changed it. */
  found(registration: ServiceRegistration): void;
  /** Until when (monotonic) we leave the service as it is; `undefined` when it is ours to write. */
  yieldedUntilMs(registration: ServiceRegistration): number | undefined;
}

/** Changed by others so often within the window, we give way. */
const MAX_LOSSES = 3;
/** Then we look again: whoever it was may be gone. */
const YIELD_MS = 600_000;

/** @param windowMs time within which losses count, at least a minute; longer where the registry is seldom read. */
export function createContention(clock: Clock, windowMs: number): Contention {
  const losses = new Map<string, readonly number[]>();
  const yielded = new Map<string, number>();
  return {
    found: (registration) => {
      const key = keyOf(registration);
      const nowMs = clock.monotonicMs();
      const recent = [...(losses.get(key) ?? []).filter((ms) => nowMs - ms <= windowMs), nowMs];
      losses.set(key, recent);
      if (recent.length < MAX_LOSSES) return;
      yielded.set(key, nowMs + YIELD_MS);
      losses.delete(key);
    },
    yieldedUntilMs: (registration) => {
      const key = keyOf(registration);
      const untilMs = yielded.get(key);
      if (untilMs === undefined || clock.monotonicMs() < untilMs) return untilMs;
      yielded.delete(key);
      return undefined;
    },
  };
}

/** The fingerprint covers the ID. */
function keyOf({ meta }: ServiceRegistration): string {
  return meta[HASH_KEY] ?? '';
}
