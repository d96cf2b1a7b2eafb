import type { Clock } from '../lib/clock.ts';

/** Decides when a wanted reload may happen: many changes become one, and there is never a storm. */
export interface ReloadGate {
  /** Milliseconds until a reload to this configuration may happen; 0 for now. */
  waitMs(shapeHash: string): number;
  /** No reload is wanted any more: the next one that is waits for calm anew. */
  unwanted(): void;
  /** A reload was tried. If it is still wanted afterwards it waits for the time between two, not for calm again. */
  tried(): void;
}

/** Calm that a reload waits for, how long it waits for calm at most, and the time between two reloads. */
const QUIET_MS = 250;
const MAX_WAIT_MS = 2_000;
const MIN_INTERVAL_MS = 2_000;

export function createReloadGate(clock: Clock): ReloadGate {
  let wanted: { readonly shapeHash: string; readonly sinceMs: number; readonly changedMs: number } | undefined;
  let lastMs = Number.NEGATIVE_INFINITY;
  return {
    waitMs: (shapeHash) => {
      const nowMs = clock.monotonicMs();
      if (wanted === undefined) wanted = { shapeHash, sinceMs: nowMs, changedMs: nowMs };
      else if (wanted.shapeHash !== shapeHash) wanted = { ...wanted, shapeHash, changedMs: nowMs };
      const calmMs = Math.min(wanted.changedMs + QUIET_MS, wanted.sinceMs + MAX_WAIT_MS);
      return Math.max(0, calmMs - nowMs, lastMs + MIN_INTERVAL_MS - nowMs);
    },
    unwanted: () => {
      wanted = undefined;
    },
    tried: () => {
      lastMs = clock.monotonicMs();
    },
  };
}
