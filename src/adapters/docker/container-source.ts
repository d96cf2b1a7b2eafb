import type { ContainerSnapshot } from '../../domain/container.ts';
import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { withLinkedSignal } from '../../lib/deadline.ts';
import { errorFacts, type Log } from '../../lib/log.ts';
import type { ContainerSource } from '../../registration/contracts.ts';
import type { DockerClient } from './client.ts';
import { createLineSplitter, type DockerEvent, parseEventLine } from './event-lines.ts';
import type { InspectedContainer } from './inspect-schema.ts';
import { createStopNotes, type StopNotes } from './stop-notes.ts';

export interface ContainerSourceDeps {
  readonly client: DockerClient;
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}

interface Known extends InspectedContainer {
  /** As listed before it was inspected; `undefined` when it was inspected because of an event. */
  readonly fingerprint: string | undefined;
}

/** So many inspections at a time. */
const MAX_INSPECTS = 8;
const RECONNECT = { minMs: 50, maxMs: 1_000 };
/** A stream that has lived this long was a good one. */
const STABLE_MS = 5_000;
/** A stream that was silent for this long may be dead without our knowing (a half-open connection): open a new one. */
const MAX_SILENCE_MS = 300_000;

/**
 * Docker as a source of containers. Events only say where to look: a container of which an event tells is inspected
 * again, and whenever events may have been missed everything is listed again.
 */
export function createContainerSource(deps: ContainerSourceDeps): ContainerSource {
  const { client, clock } = deps;
  const known = new Map<string, Known>();
  const stopNotes = createStopNotes(clock);
  let touched = new Set<string>();
  let mustList = true;

  const refresh = async (ids: readonly string[], fingerprints: ReadonlyMap<string, string>, signal: AbortSignal) => {
    await inParallel(ids, MAX_INSPECTS, async (id) => {
      const inspected = await client.inspect(id, signal);
      if (inspected === undefined || !isAlive(inspected)) known.delete(id);
      else known.set(id, { ...inspected, fingerprint: fingerprints.get(id) });
    });
  };

  return {
    host: (signal) => client.info(signal),
    observe: async ({ resync }, signal) => {
      const ids = touched;
      const lists = resync || mustList;
      touched = new Set();
      mustList = false;
      try {
        const fingerprints = new Map<string, string>();
        if (lists) {
          for (const { id, fingerprint } of await client.list(signal)) fingerprints.set(id, fingerprint);
          for (const id of known.keys()) if (!fingerprints.has(id)) known.delete(id);
          for (const [id, print] of fingerprints) if (known.get(id)?.fingerprint !== print) ids.add(id);
        }
        await refresh([...ids], fingerprints, signal);
      } catch (error) {
        for (const id of ids) touched.add(id);
        mustList = true;
        throw error;
      }
      return snapshots(known, stopNotes);
    },
    watch: async (wake, signal) => {
      const onEvent = (event: DockerEvent | undefined): void => {
        if (event?.containerId === undefined) mustList = true;
        else if (event.action === 'kill') stopNotes.note(event.containerId, event.signal ?? '', event.timeMs);
        else touched.add(event.containerId);
        wake(`docker: ${event?.action ?? 'an event that is not understood'}`);
      };
      const onOpen = (): void => {
        mustList = true;
        wake('docker: event stream opened');
      };
      await followEvents(deps, { onEvent, onOpen }, signal);
    },
  };
}

function isAlive({ snapshot: { state } }: InspectedContainer): boolean {
  return state === 'running' || state === 'paused';
}

function snapshots(known: ReadonlyMap<string, Known>, stopNotes: StopNotes): readonly ContainerSnapshot[] {
  stopNotes.forgetAllBut(known);
  return [...known.values()]
    .map((container) => {
      const stopping = stopNotes.stopping(container);
      return stopping === undefined ? container.snapshot : { ...container.snapshot, stopping };
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

interface EventHandlers {
  readonly onEvent: (event: DockerEvent | undefined) => void;
  /** A stream is open: what happened before must be looked up. */
  readonly onOpen: () => void;
}

async function followEvents(
  { client, clock, log, random }: ContainerSourceDeps,
  { onEvent, onOpen }: EventHandlers,
  signal: AbortSignal,
): Promise<void> {
  let failures = 0;
  let isSaid = false;
  while (!signal.aborted) {
    let openedMs = Number.POSITIVE_INFINITY;
    try {
      const isRenewal = await withLinkedSignal(signal, async (own, abort) => {
        const events = await client.events(own);
        if (isSaid) log.info('docker: listening to events again');
        isSaid = false;
        openedMs = clock.monotonicMs();
        onOpen();
        const silence = watchSilence(clock, abort, own);
        const split = createLineSplitter((line) => onEvent(parseEventLine(line)));
        try {
          for await (const chunk of events) {
            silence.broken();
            split(chunk);
          }
        } catch (error) {
          if (!silence.isOver()) throw error;
        }
        return silence.isOver();
      });
      // Nothing failed: on a quiet host this happens all day.
      if (isRenewal) continue;
    } catch (error) {
      if (signal.aborted) return;
      if (!isSaid) log.warn('docker: the event stream failed; opening it again', errorFacts(error));
      isSaid = true;
    }
    // A stream that is closed as soon as it is open must not be opened ever faster.
    failures = clock.monotonicMs() - openedMs >= STABLE_MS ? 1 : failures + 1;
    await clock.sleep(backoffMs(failures, RECONNECT, random()), signal).catch(() => undefined);
  }
}

function watchSilence(
  clock: Clock,
  abort: (reason: unknown) => void,
  signal: AbortSignal,
): { readonly broken: () => void; readonly isOver: () => boolean } {
  let lastMs = clock.monotonicMs();
  let isOver = false;
  const watch = async (): Promise<void> => {
    for (let quietMs = 0; quietMs < MAX_SILENCE_MS; quietMs = clock.monotonicMs() - lastMs) {
      await clock.sleep(MAX_SILENCE_MS - quietMs, signal);
    }
    isOver = true;
    abort(new Error(`no event for ${MAX_SILENCE_MS / 1_000} s`));
  };
  watch().catch(() => undefined);
  return {
    broken: () => {
      lastMs = clock.monotonicMs();
    },
    isOver: () => isOver,
  };
}

async function inParallel<T>(items: readonly T[], width: number, work: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const worker = async (): Promise<void> => {
    for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}
