import { deleteCommand, type LeavingServer, type RuntimeCommand, shutdownCommand } from '../haproxy/runtime-plan.ts';
import type { Clock } from '../lib/clock.ts';

/** Remembers since when servers have been out of rotation, to end the patience with their last requests. */
export interface Leavers {
  /** What to try now for the servers that leave, in order; the others are forgotten. */
  commands(leaving: readonly LeavingServer[]): readonly RuntimeCommand[];
}

/** A server that leaves has this long to finish its requests. */
const DRAIN_MS = 30_000;

export function createLeavers(clock: Clock): Leavers {
  let sinceMs: ReadonlyMap<string, number> = new Map();
  return {
    commands: (leaving) => {
      const nowMs = clock.monotonicMs();
      const next = new Map(leaving.map((server) => [keyOf(server), sinceMs.get(keyOf(server)) ?? nowMs]));
      sinceMs = next;
      return leaving.flatMap((server) => {
        const isOver = nowMs - (next.get(keyOf(server)) ?? nowMs) >= DRAIN_MS;
        return isOver ? [shutdownCommand(server), deleteCommand(server)] : [deleteCommand(server)];
      });
    },
  };
}

function keyOf({ backend, name }: LeavingServer): string {
  return `${backend}/${name}`;
}
