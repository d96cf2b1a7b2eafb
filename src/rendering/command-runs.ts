import { backoffMs } from '../lib/backoff.ts';
import { errorFacts } from '../lib/log.ts';
import type { RunnerTools, TimedCommand } from './runner-contracts.ts';

/** The commands that follow changed files. */
export interface CommandRuns {
  /** Forgets what is not among these: a new configuration may have taken a command away. */
  keepOnly(commands: readonly TimedCommand[]): void;
  /** Wants a command to run; the same one before it has run is wanted once. */
  want(command: TimedCommand): void;
  /** When there is one to run again; `Infinity` for never. */
  dueMs(): number;
  /**
   * Runs what is wanted and what is due again, in order. The failures, which are reported and tried again.
   * One that is aborted is still wanted.
   */
  run(signal: AbortSignal): Promise<readonly unknown[]>;
}

interface Wanted {
  readonly command: TimedCommand;
  readonly failures: number;
  readonly dueMs: number;
}

const BACKOFF = { minMs: 1_000, maxMs: 60_000 };

export function createCommandRuns({ commands, clock, log, random }: RunnerTools): CommandRuns {
  const wanted = new Map<string, Wanted>();

  const runOne = async (
    key: string,
    { command, failures }: Wanted,
    signal: AbortSignal,
  ): Promise<readonly unknown[]> => {
    const startMs = clock.monotonicMs();
    const facts = { command: command.command.join(' ') };
    try {
      await commands.run(command, { captures: false }, signal);
      wanted.delete(key);
      log.info('ran a command', { ...facts, ms: Math.round(clock.monotonicMs() - startMs) });
      return [];
    } catch (error) {
      signal.throwIfAborted();
      const againMs = backoffMs(failures + 1, BACKOFF, random());
      wanted.set(key, { command, failures: failures + 1, dueMs: clock.monotonicMs() + againMs });
      log.warn('a command failed; it is run again', { ...facts, attempt: failures + 1, againMs, ...errorFacts(error) });
      return [error];
    }
  };

  return {
    keepOnly: (commands) => {
      const kept = new Set(commands.map(keyOf));
      for (const key of wanted.keys()) if (!kept.has(key)) wanted.delete(key);
    },
    want: (command) => {
      const key = keyOf(command);
      // A file has changed: that is a reason of its own, so a pause of the failed one is over.
      wanted.set(key, { command, failures: wanted.get(key)?.failures ?? 0, dueMs: clock.monotonicMs() });
    },
    dueMs: () => Math.min(...[...wanted.values()].map(({ dueMs }) => dueMs)),
    run: async (signal) => {
      const nowMs = clock.monotonicMs();
      const failed: unknown[] = [];
      for (const [key, run] of [...wanted]) {
        if (run.dueMs <= nowMs) failed.push(...(await runOne(key, run, signal)));
      }
      return failed;
    },
  };
}

function keyOf({ command, environment }: TimedCommand): string {
  return JSON.stringify([command, environment]);
}
