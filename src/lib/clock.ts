import { setTimeout as delay } from 'node:timers/promises';

/** Time as an argument, so that specs never wait. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. All logic uses this; it never jumps. */
  monotonicMs(): number;
  /** Milliseconds since 1970, for people and for comparing with times that Docker gives. It may jump. */
  wallMs(): number;
  /** Resolves after `ms`. Rejects with the signal's reason when it is aborted first. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The machine's clock. */
export const systemClock: Clock = {
  monotonicMs: () => performance.now(),
  wallMs: () => Date.now(),
  sleep: async (ms, signal) => {
    signal?.throwIfAborted();
    // Node's timers are 32 bit: anything longer would fire at once.
    const capped = Math.min(Math.max(ms, 0), 2 ** 31 - 1);
    await delay(capped, undefined, signal === undefined ? {} : { signal }).catch((error: unknown) => {
      signal?.throwIfAborted();
      throw error;
    });
  },
};
