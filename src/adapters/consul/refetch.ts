import PQueue from 'p-queue';
import type { Clock } from '../../lib/clock.ts';
import type { CatalogState } from './catalog-state.ts';
import type { ServiceReads } from './service-reads.ts';

/** Reads at once what is known to have changed, beside whatever else is read. */
export interface Refetch {
  /**
   * Each is read once more from its beginning, however often it is named before that. What is named together is told
   * together, unless that takes long. Resolves then; never rejects.
   */
  hurry(names: readonly string[]): Promise<void>;
}

export interface RefetchOptions {
  readonly state: Pick<CatalogState, 'gather'>;
  readonly clock: Clock;
  readonly reads: ServiceReads;
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** The three bells and the four reads of the sweep hold the other connections. */
const WIDTH = 4;
/** What belongs together in such numbers is not waited for by what comes later. */
const MANY = 16;
/** Whoever is told derives everything anew. */
const GATHER_MS = 50;

export function createRefetch({ state, clock, reads, onFailure, signal }: RefetchOptions): Refetch {
  const queue = new PQueue({ concurrency: WIDTH });
  const waiting = new Set<string>();
  const read = async (name: string): Promise<void> => {
    waiting.delete(name);
    if (signal.aborted) return;
    try {
      await reads.read(name, 'default', signal);
    } catch (error) {
      if (!signal.aborted) onFailure(error);
    }
  };
  return {
    hurry: async (names) => {
      if (names.length === 0) return;
      const wanted = names.filter((name) => !waiting.has(name));
      const priority = wanted.length < MANY ? 1 : 0;
      for (const name of wanted) waiting.add(name);
      const done = Promise.all(wanted.map((name) => queue.add(() => read(name), { priority })));
      state.gather(true);
      await Promise.race([done, clock.sleep(GATHER_MS, signal).catch(() => undefined)]);
      state.gather(false);
    },
  };
}
