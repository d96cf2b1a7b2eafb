import PQueue from 'p-queue';
import type { ServiceReads } from './service-reads.ts';

/** Reads at once what is known to have changed, beside whatever else is read. */
export interface Refetch {
  /** Each is read once more from its beginning, however often it is named before that. */
  hurry(names: Iterable<string>): void;
}

export interface RefetchOptions {
  readonly reads: ServiceReads;
  readonly onFailure: (error: unknown) => void;
  readonly signal: AbortSignal;
}

/** The bells and the sweep hold the other connections. */
const WIDTH = 3;

export function createRefetch({ reads, onFailure, signal }: RefetchOptions): Refetch {
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
    hurry: (names) => {
      for (const name of names) {
        if (waiting.has(name)) continue;
        waiting.add(name);
        void queue.add(() => read(name));
      }
    },
  };
}
