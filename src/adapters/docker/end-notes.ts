import type { ContainerSnapshot } from '../../domain/container.ts';

/** The end of one run of a container. */
export interface EndNote {
  /** By Docker's clock, milliseconds since 1970. */
  readonly timeMs: number;
  /** `undefined` where the event did not say. */
  readonly exitCode: number | undefined;
}

/**
 * Remembers which containers were told to have ended. Docker tells it at once, but while it cleans up, for seconds on a
 * busy host, its list still says that the container runs, and `inspect` waits.
 */
export interface EndNotes {
  note(containerId: string, end: EndNote): void;
  current(containerId: string): EndNote | undefined;
  /** An inspection that was begun when `end` was noted is over: what it says counts, unless another end came since. */
  settle(containerId: string, end: EndNote | undefined): void;
  /** The end of the run that the snapshot shows, if it is known to be over. */
  endOf(snapshot: Pick<ContainerSnapshot, 'id' | 'startedMs'>): EndNote | undefined;
  forgetAllBut(isKnown: (containerId: string) => boolean): void;
}

export function createEndNotes(): EndNotes {
  const notes = new Map<string, EndNote>();
  return {
    note: (containerId, end) => {
      const before = notes.get(containerId);
      // Events may come twice, or out of order.
      if (before === undefined || before.timeMs < end.timeMs) notes.set(containerId, end);
    },
    current: (containerId) => notes.get(containerId),
    settle: (containerId, end) => {
      if (end !== undefined && notes.get(containerId) === end) notes.delete(containerId);
    },
    endOf: ({ id, startedMs }) => {
      const end = notes.get(id);
      return end !== undefined && startedMs <= end.timeMs ? end : undefined;
    },
    forgetAllBut: (isKnown) => {
      for (const id of notes.keys()) if (!isKnown(id)) notes.delete(id);
    },
  };
}
