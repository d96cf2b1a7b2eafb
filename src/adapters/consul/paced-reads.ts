import { type BackoffOptions, backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Trigger } from '../../lib/trigger.ts';

/** How often something may be read. */
export interface Pace {
  /** From the first ring on, so that one read answers those that follow. */
  readonly gatherMs: number;
  /** Between the end of a read and the next, at least. */
  readonly minGapMs: number;
  /** Of the time that a read takes: the agent is to have the rest for others, however large the catalog. */
  readonly restPerRead: number;
  /** So much rest may be owed: only who reads again and again has to wait. */
  readonly maxDebtMs: number;
  /** No rest is longer, but for reads that are longer themselves. */
  readonly maxRestMs: number;
  readonly backoff: BackoffOptions;
}

export interface PacedReads {
  readonly rung: Trigger;
  readonly pace: Pace;
  readonly clock: Clock;
  readonly random: () => number;
  /** What is to be done about these rings. */
  readonly read: (rings: readonly string[], signal: AbortSignal) => Promise<void>;
  /** Told what a read has thrown; there is another after the backoff if it rings. */
  readonly onFailure: (error: unknown) => void;
}

/** Reads whenever rung, one read at a time, until aborted; never rejects. */
export async function runPacedReads(
  { rung, pace, clock, random, read, onFailure }: PacedReads,
  signal: AbortSignal,
): Promise<void> {
  const sleep = async (ms: number): Promise<void> => {
    if (ms > 0) await clock.sleep(ms, signal).catch(() => undefined);
  };
  let failures = 0;
  /** When all reads so far have had their rest. */
  let restedMs = 0;
  while (!signal.aborted) {
    let gapMs = pace.minGapMs;
    try {
      await rung.pending(signal);
      await sleep(pace.gatherMs);
      signal.throwIfAborted();
      const startMs = clock.monotonicMs();
      await read(rung.take(), signal);
      const endMs = clock.monotonicMs();
      restedMs = Math.max(restedMs, startMs) + (endMs - startMs) * (1 + pace.restPerRead);
      const restMs = Math.min(restedMs - pace.maxDebtMs - endMs, Math.max(pace.maxRestMs, endMs - startMs));
      gapMs = Math.max(gapMs, restMs);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      onFailure(error);
      gapMs = backoffMs(failures, pace.backoff, random());
    }
    await sleep(gapMs);
  }
}
