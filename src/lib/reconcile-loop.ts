import { type BackoffOptions, backoffMs } from './backoff.ts';
import type { Clock } from './clock.ts';
import { firstOf, withLinkedSignal } from './deadline.ts';
import type { Trigger } from './trigger.ts';

/** Why a pass runs. What to do is never decided from this, only from what the pass observes. */
export interface PassCause {
  /** Everything is to be read again: the first pass, the periodic one, and those after a failure. */
  readonly resync: boolean;
  readonly reasons: readonly string[];
}

/** The four steps of a controller. `derive` and `plan` are pure; the other two do I/O within deadlines of their own. */
export interface ReconcileSteps<Observed, Desired, Plan> {
  /** Reads the whole truth. Throws when any part cannot be read: then the pass changes nothing. */
  observe(cause: PassCause, signal: AbortSignal): Promise<Observed>;
  derive(observed: Observed): Desired;
  plan(observed: Observed, desired: Desired): Plan;
  /**
   * Carries out the plan. Throws when a part of it failed; the parts that can be done are done first.
   * Resolves to the milliseconds after which a further pass is wanted, if any.
   */
  apply(plan: Plan, signal: AbortSignal): Promise<number | undefined>;
}

export interface PassReport extends PassCause {
  readonly durationMs: number;
  /** Failed passes in a row, this one included. */
  readonly failures: number;
  readonly error?: unknown;
}

export interface ReconcileLoop<Observed, Desired, Plan> {
  readonly clock: Clock;
  readonly trigger: Trigger;
  readonly steps: ReconcileSteps<Observed, Desired, Plan>;
  /** A pass that re-reads everything runs this long after the last such pass. */
  readonly resyncMs: number;
  readonly backoff: BackoffOptions;
  /** In [0, 1): jitter of the backoff. */
  readonly random: () => number;
  readonly onPass: (report: PassReport) => void;
}

/** After a failure a wake brings the next pass forward, but never closer than this. */
const MIN_GAP_AFTER_FAILURE_MS = 100;

/**
 * Runs passes one at a time until aborted: at once, on every wake, at every resync, and after a failure with backoff.
 * Wakes during a pass make one more. Never throws; a failure is reported and retried for ever.
 */
export async function runReconcileLoop<Observed, Desired, Plan>(
  loop: ReconcileLoop<Observed, Desired, Plan>,
  signal: AbortSignal,
): Promise<void> {
  const { clock, trigger } = loop;
  let failures = 0;
  let dueMs = clock.monotonicMs();
  let resyncDueMs = dueMs;
  while (!signal.aborted) {
    const startMs = clock.monotonicMs();
    const cause = { resync: startMs >= resyncDueMs || failures > 0, reasons: trigger.take() };
    const outcome = await runPass(loop.steps, cause, signal);
    if (signal.aborted) return;

    const endMs = clock.monotonicMs();
    failures = outcome.kind === 'failed' ? failures + 1 : 0;
    loop.onPass({ ...cause, durationMs: endMs - startMs, failures, ...errorOf(outcome) });

    if (outcome.kind === 'failed') {
      dueMs = endMs + backoffMs(failures, loop.backoff, loop.random());
    } else {
      if (cause.resync) resyncDueMs = endMs + loop.resyncMs;
      dueMs = Math.min(resyncDueMs, endMs + (outcome.nextPassMs ?? Number.POSITIVE_INFINITY));
    }
    const notBeforeMs = outcome.kind === 'failed' ? endMs + MIN_GAP_AFTER_FAILURE_MS : endMs;
    await waitForWork(loop, { dueMs, notBeforeMs }, signal).catch(() => undefined);
  }
}

type Outcome =
  | { readonly kind: 'done'; readonly nextPassMs: number | undefined }
  | { readonly kind: 'failed'; readonly error: unknown };

async function runPass<Observed, Desired, Plan>(
  steps: ReconcileSteps<Observed, Desired, Plan>,
  cause: PassCause,
  signal: AbortSignal,
): Promise<Outcome> {
  try {
    const observed = await steps.observe(cause, signal);
    const desired = steps.derive(observed);
    const nextPassMs = await steps.apply(steps.plan(observed, desired), signal);
    return { kind: 'done', nextPassMs };
  } catch (error) {
    return { kind: 'failed', error };
  }
}

function errorOf(outcome: Outcome): { error?: unknown } {
  return outcome.kind === 'failed' ? { error: outcome.error } : {};
}

async function waitForWork(
  { clock, trigger }: { readonly clock: Clock; readonly trigger: Trigger },
  { dueMs, notBeforeMs }: { readonly dueMs: number; readonly notBeforeMs: number },
  signal: AbortSignal,
): Promise<void> {
  const untilAllowedMs = Math.min(notBeforeMs, dueMs) - clock.monotonicMs();
  if (untilAllowedMs > 0) await clock.sleep(untilAllowedMs, signal);
  const untilDueMs = dueMs - clock.monotonicMs();
  if (untilDueMs <= 0 || trigger.isPending()) return;
  await withLinkedSignal(signal, async (own) => {
    await firstOf(trigger.pending(own), clock.sleep(untilDueMs, own));
  });
}
