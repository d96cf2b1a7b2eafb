import type { CatalogSnapshot } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { createTrigger } from '../../lib/trigger.ts';

/** How far the catalog can be relied upon, and the reading of everything that mends it. */
export interface Confirmation {
  /** Of the present, for snapshots. */
  current(): Pick<CatalogSnapshot, 'confirmedMs' | 'trust'>;
  /** From now on answers may lack what is still there. */
  doubt(): void;
  /** A reading of everything is wanted. Nothing new while one is awaited already. */
  ask(): void;
  /**
   * Reads everything `CONFIRM_AFTER_MS` after somebody asked, or after the last reason of a doubt, which ends by that.
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
    for (let leftMs = CONFIRM_AFTER_MS; leftMs > 0; leftMs = dueFromMs + CONFIRM_AFTER_MS - clock.monotonicMs()) {
      await clock.sleep(leftMs, signal);
    }
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
    ask: () => {
      if (due.isPending()) return;
      dueFromMs = clock.monotonicMs();
      due.wake('asked for');
    },
    run: async (readAll, onFailure, signal) => {
      while (!signal.aborted) {
        await confirmOnce(readAll, signal).catch((error: unknown) => {
          if (!signal.aborted) onFailure(error);
        });
      }
    },
  };
}
