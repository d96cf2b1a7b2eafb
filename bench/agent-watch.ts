import { setTimeout as sleep } from 'node:timers/promises';
import { agentServices } from './consul.ts';
import type { HttpClient } from './http.ts';
import { nowMs } from './measure.ts';

/** Looks at the services of an agent, again and again, and notes when which port came and went. */
export interface AgentWatch {
  /** When it was first seen, or last came back. */
  readonly seenMs: ReadonlyMap<number, number>;
  readonly goneMs: ReadonlyMap<number, number>;
  /**
   * Waits until all of them are there, or gone. Ends early when nothing has changed for `quietMs`. Resolves to how many
   * are not as wanted.
   */
  missing(ports: readonly number[], wanted: 'there' | 'gone', quietMs?: number): Promise<number>;
  stop(): Promise<void>;
}

/** Looking may cost the agent a quarter of a core; it is part of every latency. */
const PAUSE_FACTOR = 3;
const MIN_PAUSE_MS = 2;
const LOOK_MS = 5;

export function watchAgent(http: HttpClient): AgentWatch {
  const seenMs = new Map<number, number>();
  const goneMs = new Map<number, number>();
  let present: ReadonlySet<number> = new Set();
  let changedMs = nowMs();
  let isOver = false;

  const look = async (): Promise<void> => {
    const startMs = nowMs();
    const ports = new Set((await agentServices(http)).map(({ Port }) => Port));
    const endMs = nowMs();
    for (const port of ports) if (!present.has(port)) seenMs.set(port, endMs);
    for (const port of present) if (!ports.has(port)) goneMs.set(port, endMs);
    if (ports.symmetricDifference(present).size > 0) changedMs = endMs;
    present = ports;
    await sleep(Math.max(MIN_PAUSE_MS, (endMs - startMs) * PAUSE_FACTOR));
  };
  const watching = (async () => {
    while (!isOver) await look();
  })();

  return {
    seenMs,
    goneMs,
    missing: async (ports, wanted, quietMs = 10_000) => {
      const startMs = nowMs();
      for (;;) {
        const wrong = ports.filter((port) => present.has(port) !== (wanted === 'there')).length;
        const isQuiet = nowMs() - Math.max(changedMs, startMs) > quietMs;
        if (wrong === 0 || isQuiet) return wrong;
        await sleep(LOOK_MS);
      }
    },
    stop: async () => {
      isOver = true;
      await watching;
    },
  };
}
