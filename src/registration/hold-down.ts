import type { ContainerSnapshot } from '../domain/container.ts';
import type { Clock } from '../lib/clock.ts';

/** Keeps a container that starts and ends all the time out of the registry until it has run for a while. */
export interface HoldDown {
  /** Notes what runs now. By container ID those that are held, and the monotonic time at which they may be registered. */
  look(containers: readonly ContainerSnapshot[]): ReadonlyMap<string, number>;
}

/** So many starts within this time are too many. */
const MAX_STARTS = 5;
const WINDOW_MS = 60_000;
/** What it must run before it counts as started. */
const PROVEN_MS = 5_000;

interface History {
  startedMs: number;
  restartCount: number;
  /** Since when this run of it is known. */
  sinceMs: number;
  /** When it was started, as far as that is within the window. */
  starts: readonly number[];
  lastSeenMs: number;
}

/**
 * Counts starts by what Docker says of a container (when it was started, how often its restart policy did it) and not
 * by events, so none is missed. All times but Docker's own are monotonic.
 */
export function createHoldDown(clock: Clock): HoldDown {
  const histories = new Map<string, History>();
  return {
    look: (containers) => {
      const nowMs = clock.monotonicMs();
      const held = new Map<string, number>();
      for (const container of containers) {
        const history = noted(histories.get(container.id), container, nowMs);
        histories.set(container.id, history);
        const provenMs = history.sinceMs + PROVEN_MS;
        if (history.starts.length >= MAX_STARTS && nowMs < provenMs) held.set(container.id, provenMs);
      }
      for (const [id, { lastSeenMs }] of histories) if (nowMs - lastSeenMs > WINDOW_MS) histories.delete(id);
      return held;
    },
  };
}

function noted(before: History | undefined, { startedMs, restartCount }: ContainerSnapshot, nowMs: number): History {
  const now = { startedMs, restartCount, lastSeenMs: nowMs };
  if (before === undefined) return { ...now, sinceMs: nowMs, starts: [nowMs] };
  const recent = before.starts.filter((ms) => nowMs - ms < WINDOW_MS);
  if (before.startedMs === startedMs) return { ...now, sinceMs: before.sinceMs, starts: recent };
  // Between two looks it may have been started more than once.
  const missed = Math.min(MAX_STARTS, Math.max(1, restartCount - before.restartCount));
  return { ...now, sinceMs: nowMs, starts: [...recent, ...Array.from({ length: missed }, () => nowMs)] };
}
