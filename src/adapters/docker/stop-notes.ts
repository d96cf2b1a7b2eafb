import { constants } from 'node:os';
import type { Stopping } from '../../domain/container.ts';
import type { Clock } from '../../lib/clock.ts';
import type { InspectedContainer } from './inspect-schema.ts';

/**
 * Remembers which containers were sent a signal. It is the one fact that only an event tells: Docker's `inspect` does
 * not know that a container has been asked to end.
 */
export interface StopNotes {
  /** `timeMs` is by Docker's clock, milliseconds since 1970. */
  note(containerId: string, signal: string, timeMs: number): void;
  /** Whether the container is ending, and until when that is believed. */
  stopping(container: InspectedContainer): Stopping | undefined;
  forgetAllBut(isKnown: (containerId: string) => boolean): void;
}

interface Note {
  readonly signal: string;
  readonly timeMs: number;
  readonly notedMs: number;
}

/** Docker's own grace time, and what we add before we conclude that the signal was ignored. */
const DEFAULT_STOP_TIMEOUT_MS = 10_000;
const PATIENCE_MS = 10_000;

const ALWAYS_MEANS_STOP = new Set(['TERM', 'INT', 'QUIT', 'KILL']);

/** The real-time signals by Docker's own count, which leaves the first two to the C library. */
const RTMIN = 34;
const RTMAX = 64;

/** Nobody sends a container more signals than this before they are looked at; the latest are kept. */
const MAX_NOTES = 16;

export function createStopNotes(clock: Clock): StopNotes {
  const notes = new Map<string, readonly Note[]>();
  return {
    note: (containerId, signal, timeMs) => {
      const note = { signal, timeMs, notedMs: clock.monotonicMs() };
      notes.set(containerId, [...(notes.get(containerId) ?? []), note].slice(-MAX_NOTES));
    },
    stopping: ({ snapshot, stopSignal, stopTimeoutMs = DEFAULT_STOP_TIMEOUT_MS }) => {
      const noted = notes.get(snapshot.id);
      if (noted === undefined) return undefined;
      const untilMs = ({ notedMs }: Note) => notedMs + stopTimeoutMs + PATIENCE_MS;
      const valid = noted.filter(
        (note) =>
          clock.monotonicMs() < untilMs(note) &&
          snapshot.startedMs <= note.timeMs &&
          meansStop(note.signal, stopSignal),
      );
      notes.set(snapshot.id, valid);
      const [first] = valid;
      return first === undefined ? undefined : { signal: first.signal, untilMs: untilMs(first) };
    },
    forgetAllBut: (isKnown) => {
      for (const [id, left] of notes) if (!isKnown(id) || left.length === 0) notes.delete(id);
    },
  };
}

/** Other signals (HUP, USR1, …) mean something to the application, not its end. */
function meansStop(signal: string, stopSignal: string | undefined): boolean {
  const name = signalName(signal);
  return ALWAYS_MEANS_STOP.has(name) || (stopSignal !== undefined && name === signalName(stopSignal));
}

/** `15`, `TERM` and `SIGTERM` are `TERM`; real-time signals (systemd ends by `RTMIN+3`) are their number, `37`. */
function signalName(text: string): string {
  const byNumber = Object.entries(constants.signals).find(([, number]) => String(number) === text)?.[0];
  const name = (byNumber ?? text).toUpperCase().replace(/^SIG/, '');
  const realTime = /^RT(?:MIN(?:\+(\d+))?|MAX(?:-(\d+))?)$/.exec(name);
  if (realTime === null) return name;
  return String(name.startsWith('RTMIN') ? RTMIN + Number(realTime[1] ?? 0) : RTMAX - Number(realTime[2] ?? 0));
}
