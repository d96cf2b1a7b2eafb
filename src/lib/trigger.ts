/** One slot: any number of wakes before the next `take` make one. */
export interface Trigger {
  /** Fills the slot. Never blocks and never fails; `reason` is for the log. */
  wake(reason: string): void;
  /** Whether the slot is filled. */
  isPending(): boolean;
  /** Resolves as soon as the slot is filled, without emptying it. Rejects with the signal's reason. */
  pending(signal: AbortSignal): Promise<void>;
  /** Empties the slot: the distinct reasons since the last time, in order. */
  take(): readonly string[];
}

export function createTrigger(): Trigger {
  const reasons = new Set<string>();
  const waiters = new Set<() => void>();
  return {
    wake: (reason) => {
      reasons.add(reason);
      for (const resolve of waiters) resolve();
      waiters.clear();
    },
    isPending: () => reasons.size > 0,
    pending: async (signal) => {
      signal.throwIfAborted();
      if (reasons.size > 0) return;
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      const abort = () => reject(signal.reason);
      waiters.add(resolve);
      signal.addEventListener('abort', abort, { once: true });
      try {
        await promise;
      } finally {
        waiters.delete(resolve);
        signal.removeEventListener('abort', abort);
      }
    },
    take: () => {
      const taken = [...reasons];
      reasons.clear();
      return taken;
    },
  };
}
