import type { Clock } from '../lib/clock.ts';

/** Notices that somebody else writes our services as well, and ends the quarrel by giving way. */
export interface Contention {
  /** A service that we have written was found changed by somebody else. */
  found(serviceId: string): void;
  /** Until when (monotonic) we leave this service as it is; `undefined` when it is ours to write. */
  yieldedUntilMs(serviceId: string): number | undefined;
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
    found: (serviceId) => {
      const nowMs = clock.monotonicMs();
      const recent = [...(losses.get(serviceId) ?? []).filter((ms) => nowMs - ms <= windowMs), nowMs];
      losses.set(serviceId, recent);
      if (recent.length < MAX_LOSSES) return;
      yielded.set(serviceId, nowMs + YIELD_MS);
      losses.delete(serviceId);
    },
    yieldedUntilMs: (serviceId) => {
      const untilMs = yielded.get(serviceId);
      if (untilMs === undefined || clock.monotonicMs() < untilMs) return untilMs;
      yielded.delete(serviceId);
      return undefined;
    },
  };
}
