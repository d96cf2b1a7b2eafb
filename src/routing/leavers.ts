import { deleteCommand, type LeavingServer, type RuntimeCommand, shutdownCommand } from '../haproxy/runtime-plan.ts';
import type { Clock } from '../lib/clock.ts';

/** Remembers since when servers have been out of rotation, to end the patience with their last requests. */
export interface Leavers {
  /** What to try now for the servers that leave, in their order. Those that are not named any more are forgotten. */
  commands(leaving: readonly LeavingServer[]): readonly RuntimeCommand[];
}

/** A server that leaves has this long to finish its requests. */
const DRAIN_MS = 30_000;
/** One that HAProxy will not delete even then stays as it is, out of rotation, and is tried only this often. */
const STUCK_AFTER_MS = DRAIN_MS + 10_000;
const STUCK_AGAIN_MS = 30_000;

interface Leaver {
  readonly sinceMs: number;
  readonly triedMs: number;
}

export function createLeavers(clock: Clock): Leavers {
  let leavers: ReadonlyMap<string, Leaver> = new Map();
  return {
    commands: (leaving) => {
      const nowMs = clock.monotonicMs();
      const next = new Map<string, Leaver>();
      const commands = leaving.flatMap((server) => {
        const known = leavers.get(keyOf(server));
        const sinceMs = known?.sinceMs ?? nowMs;
        const isTooEarly = nowMs - sinceMs >= STUCK_AFTER_MS && nowMs - (known?.triedMs ?? 0) < STUCK_AGAIN_MS;
        next.set(keyOf(server), { sinceMs, triedMs: isTooEarly ? (known?.triedMs ?? nowMs) : nowMs });
        if (isTooEarly) return [];
        const isOver = nowMs - sinceMs >= DRAIN_MS;
        return isOver ? [shutdownCommand(server), deleteCommand(server)] : [deleteCommand(server)];
      });
      leavers = next;
      return commands;
    },
  };
}

function keyOf({ backend, name }: LeavingServer): string {
  return `${backend}/${name}`;
}
