import type { Clock } from './clock.ts';
import { createDeadlines, type Deadlines } from './deadlines.ts';
import { PortolanError } from './errors.ts';

interface Deadline {
  readonly clock: Clock;
  readonly ms: number;
  /** Names the work in the message: "Docker's answer to GET /info". */
  readonly what: string;
  readonly signal: AbortSignal;
}

/**
 * Runs `work` with a signal of its own, aborted when the caller's is, when the time is over and when `work` fails.
 *
 * Throws `TIMED_OUT` after `ms` milliseconds even if `work` ignores its signal, and the signal's reason when aborted.
 */
export async function withDeadline<T>(
  { clock, ms, what, signal }: Deadline,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  return await withSharedDeadline({ deadlines: createDeadlines(clock), ms, what, signal }, work);
}

/**
 * As `withDeadline`, for what is done thousands of times: all share one timer. The signal of work that has succeeded is
 * not aborted, which would cost as much as a small request (measured).
 */
export async function withSharedDeadline<T>(
  { deadlines, ms, what, signal }: Omit<Deadline, 'clock'> & { readonly deadlines: Deadlines },
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const { promise: end, reject } = Promise.withResolvers<never>();
  const cut = (reason: unknown): void => {
    reject(reason);
    controller.abort(reason);
  };
  const follow = () => cut(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  const stop = deadlines.start(ms, () => cut(new PortolanError('TIMED_OUT', `${what}: nothing within ${ms} ms`)));
  try {
    return await firstOf(work(controller.signal), end);
  } catch (error) {
    controller.abort(error);
    throw error;
  } finally {
    stop();
    signal.removeEventListener('abort', follow);
  }
}

/**
 * Runs `work` with a signal that follows `signal` and is aborted at the latest when `work` has ended.
 * Unlike `AbortSignal.any` it leaves nothing behind on a signal that lives as long as the process.
 */
export async function withLinkedSignal<T>(
  signal: AbortSignal,
  work: (signal: AbortSignal, abort: (reason: unknown) => void) => Promise<T>,
): Promise<T> {
  signal.throwIfAborted();
  const controller = new AbortController();
  const follow = () => controller.abort(signal.reason);
  signal.addEventListener('abort', follow, { once: true });
  try {
    return await work(controller.signal, (reason) => controller.abort(reason));
  } finally {
    signal.removeEventListener('abort', follow);
    controller.abort();
  }
}

/** The first of several promises to settle; the others may reject later without anyone listening. */
export async function firstOf<T>(...promises: readonly Promise<T>[]): Promise<T> {
  for (const promise of promises) promise.catch(() => undefined);
  return await Promise.race(promises);
}
