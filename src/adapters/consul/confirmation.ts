import type { CatalogSnapshot } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { createTrigger } from '../../lib/trigger.ts';

/** How far the catalog can be relied upon, and the reading of everything that mends it. */
export interface Confirmation {
  /** Of the present, for snapshots. */
  current(): Pick<CatalogSnapshot, 'confirmedMs' | 'trust'>;
  /** From now on answers may lack what is still there. */
  doubt(): void;
  /** A reading of everything is wanted for what is missing since then. Nothing new while one is awaited already. */
  ask(sinceMs: number): void;
  /**
   * Reads everything `CONFIRM_AFTER_MS` after what somebody asked about, or after the last reason of a doubt, which ends by
   * that.
   * Runs until aborted, never rejects.
   */
  run(readAll: () => Promise<void>, onFailure: (error: unknown) => void, signal: AbortSignal): Promise<void>;
}

/** How long what is missing may still come back. */
const CONFIRM_AFTER_MS = 10_000;

/** @param onConfirmed is called when everything was read and there was no doubt meanwhile. */
export function createConfirmation(clock: Clock, onConfirmed: () => void): Confirmation {
  const due = createTrigger();
  let trust: CatalogSnapshot['trust'] = 'confirmed';
  let confirmedMs = clock.monotonicMs();
  let dueFromMs = 0;

  const confirmOnce = async (readAll: () => Promise<void>, signal: AbortSignal): Promise<void> => {
    await due.pending(signal);
    const leftMs = (): number => dueFromMs + CONFIRM_AFTER_MS - clock.monotonicMs();
    for (let waitMs = leftMs(); waitMs > 0; waitMs = leftMs()) await clock.sleep(waitMs, signal);
    const readSinceMs = clock.monotonicMs();
    await readAll();
    if (dueFromMs >= readSinceMs) return;
    due.take();
    trust = 'confirmed';
    confirmedMs = readSinceMs;
    onConfirmed();
  };

  return {
    current: () => ({ trust, confirmedMs }),
    doubt: () => {
      trust = 'doubtful';
      dueFromMs = clock.monotonicMs();
      due.wake('doubt');
    },
    ask: (sinceMs) => {
      if (due.isPending()) return;
      dueFromMs = sinceMs;
      due.wake('asked for');
    },
    run: async (readAll, onFailure, signal) => {
      while (!signal.aborted) {
        await confirmOnce(readAll, signal).catch((error: unknown) => {
          // The next attempt comes as late as the first.
          dueFromMs = clock.monotonicMs();
          if (!signal.aborted) onFailure(error);
        });
      }
    },
  };
}
