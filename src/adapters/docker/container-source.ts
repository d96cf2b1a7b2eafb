import type { ContainerSnapshot, ContainerState } from '../../domain/container.ts';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import type { ContainerSource } from '../../registration/contracts.ts';
import type { DockerClient } from './client.ts';
import { createEndNotes, type EndNote, type EndNotes } from './end-notes.ts';
import type { DockerEvent } from './event-lines.ts';
import { followEvents } from './event-stream.ts';
import { createInspections, type Inspections, type Known } from './inspections.ts';
import type { ListedContainer } from './listed-container.ts';
import { inParallel } from './parallel.ts';
import { createStopNotes, type StopNotes } from './stop-notes.ts';
import { createUnreadable, type Unreadable } from './unreadable.ts';

export interface ContainerSourceDeps {
  readonly client: DockerClient;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1): jitter of delays. */
  readonly random: () => number;
  /** Whether containers that have ended are given as well, until they are removed. */
  readonly keepsEnded: boolean;
}

/** Up to so many containers are inspected at once; more are listed before, to leave out those that are gone. */
const FEW = 8;
/** So many containers in one filter: with 64 digits each they stay far below the longest address that proxies take. */
const MAX_IDS = 50;
const MAX_LISTS = 4;

const ALIVE: ReadonlySet<string> = new Set<ContainerState>(['running', 'paused']);
/** Those whose last run is over; `restarting` is one that waits for its next. */
const ENDED: ReadonlySet<string> = new Set<ContainerState>(['exited', 'dead', 'restarting']);

interface State {
  /** Containers of which something was told since they were last looked at. */
  touched: Set<string>;
  /** Events may have been missed. */
  mustList: boolean;
  /** All containers were seen once, so that one that is missing is new or gone. */
  hasSeenAll: boolean;
  readonly wakers: Set<(reason: string) => void>;
  readonly stopNotes: StopNotes;
  readonly endNotes: EndNotes;
  readonly unreadable: Unreadable;
  readonly inspections: Inspections;
  readonly isWanted: (state: string) => boolean;
}

/**
 * Docker as a source of containers. Events only say where to look: a container of which an event tells is inspected
 * again, and whenever events may have been missed everything is listed again.
 */
export function createContainerSource(deps: ContainerSourceDeps): ContainerSource {
  const { client, keepsEnded } = deps;
  const state = createState(deps);
  return {
    host: (signal) => client.info(signal),
    observe: async ({ resync }, signal) => {
      const { touched } = state;
      const ids = resync || state.mustList ? undefined : [...touched];
      state.touched = new Set();
      state.mustList = false;
      try {
        await lookUp({ ids, touched }, deps, state, signal);
      } catch (error) {
        for (const id of touched) state.touched.add(id);
        state.mustList = true;
        throw error;
      }
      requireMostReadable(state);
      return snapshots(state, keepsEnded);
    },
    watch: async (onWake, signal) => {
      const onEvent = (event: DockerEvent | undefined): void => {
        if (noteEvent(state, event)) onWake(`docker: ${event?.action ?? 'an event that is not understood'}`);
      };
      const onOpen = (): void => {
        state.mustList = true;
        onWake('docker: event stream opened');
      };
      state.wakers.add(onWake);
      try {
        await followEvents(deps, { onEvent, onOpen }, signal);
      } finally {
        state.wakers.delete(onWake);
      }
    },
  };
}

function createState({ client, clock, log, random, keepsEnded }: ContainerSourceDeps): State {
  const wakers = new Set<(reason: string) => void>();
  const endNotes = createEndNotes();
  const unreadable = createUnreadable({ clock, log, random });
  const isWanted = (it: string): boolean => ALIVE.has(it) || (keepsEnded && ENDED.has(it));
  const touch = (containerId: string): void => void state.touched.add(containerId);
  const wake = (reason: string): void => {
    for (const waker of wakers) waker(reason);
  };
  const state: State = {
    touched: new Set(),
    mustList: true,
    hasSeenAll: false,
    wakers,
    stopNotes: createStopNotes(clock),
    endNotes,
    unreadable,
    inspections: createInspections({ client, clock, unreadable, endNotes, isWanted, touch, wake }),
    isWanted,
  };
  return state;
}

interface Wish {
  /** Those to list; `undefined` for all. */
  readonly ids: readonly string[] | undefined;
  /** Those to inspect whatever the list says. */
  readonly touched: ReadonlySet<string>;
}

/** Inspects what may be new. Lists before where that saves an inspection, or is the faster way to know what is gone. */
async function lookUp(wish: Wish, deps: ContainerSourceDeps, state: State, signal: AbortSignal): Promise<void> {
  const { inspections } = state;
  const { ids, touched } = wish;
  const others = ids && (await inspections.inspectEnded(ids, signal));
  const isFew = others !== undefined && others.length <= FEW;
  const toList = isFew ? others.filter((id) => inspections.isAwaited(id)) : others;
  const unlisted = isFew ? others.filter((id) => !inspections.isAwaited(id)).map((id) => ({ id })) : [];
  const listed = await listWanted(toList, deps, state, signal);
  for (const id of toList ?? inspections.ids()) if (!listed.has(id)) inspections.forget(id);
  const due = [...listed.values()].filter((one) => touched.has(one.id) || inspections.isNews(one));
  // At first nothing may be missing: it would be taken for gone.
  await inspections.refresh([...unlisted, ...due], state.hasSeenAll ? 'in-time' : 'for-all', signal);
  if (ids === undefined) state.hasSeenAll = true;
}

async function listWanted(
  ids: readonly string[] | undefined,
  { client, keepsEnded }: ContainerSourceDeps,
  { isWanted }: State,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, ListedContainer>> {
  const listed = await list(client, { all: keepsEnded, ids }, signal);
  // An engine that does not say the state leaves it to the inspection.
  return new Map(listed.filter(({ state }) => state === '' || isWanted(state)).map((one) => [one.id, one]));
}

async function list(
  client: DockerClient,
  { all, ids }: { readonly all: boolean; readonly ids: readonly string[] | undefined },
  signal: AbortSignal,
): Promise<readonly ListedContainer[]> {
  if (ids === undefined) return await client.list({ all }, signal);
  const chunks = Array.from({ length: Math.ceil(ids.length / MAX_IDS) }, (_, i) =>
    ids.slice(i * MAX_IDS, (i + 1) * MAX_IDS),
  );
  const lists: (readonly ListedContainer[])[] = [];
  await inParallel(chunks, MAX_LISTS, async (chunk) => {
    lists.push(await client.list({ all, ids: chunk }, signal));
  });
  return lists.flat();
}

/** Gives whether there is something to look at. */
function noteEvent(state: State, event: DockerEvent | undefined): boolean {
  const { stopNotes, endNotes, touched, inspections } = state;
  if (event?.containerId === undefined) {
    state.mustList = true;
    return true;
  }
  const { action, containerId, timeMs, exitCode, signal = '' } = event;
  // A container is connected before it starts, and Docker says nothing of it until then.
  const isOfNetwork = action === 'connect' || action === 'disconnect';
  if (isOfNetwork && !touched.has(containerId) && !inspections.has(containerId)) return false;
  if (action === 'die') endNotes.note(containerId, { timeMs, exitCode });
  // A signal changes nothing that could be looked up.
  if (action === 'kill') stopNotes.note(containerId, signal, timeMs);
  else touched.add(containerId);
  return true;
}

/** Where as many containers cannot be read as can, it is not the containers that are broken. */
function requireMostReadable({ unreadable, inspections }: State): void {
  const errors = unreadable.errors();
  const broken = new Set(unreadable.ids());
  const readable = [...inspections.known.keys()].filter((id) => !broken.has(id));
  const [first] = errors;
  if (first !== undefined && errors.length > readable.length) throw first;
}

/** Until Docker has cleaned up after it, what it was is shown with its end; without an exit code it is too early for that. */
function ended(snapshot: Known['snapshot'], { exitCode }: EndNote): ContainerSnapshot {
  return exitCode === undefined ? snapshot : { ...snapshot, state: 'exited', exitCode };
}

function snapshots(
  { inspections, stopNotes, endNotes, touched }: State,
  keepsEnded: boolean,
): readonly ContainerSnapshot[] {
  const isKnown = (id: string): boolean => inspections.has(id) || touched.has(id);
  stopNotes.forgetAllBut(isKnown);
  endNotes.forgetAllBut(isKnown);
  return [...inspections.known.values()]
    .flatMap((container): readonly ContainerSnapshot[] => {
      const { snapshot } = container;
      const end = endNotes.endOf(snapshot);
      if (end !== undefined && ALIVE.has(snapshot.state)) return keepsEnded ? [ended(snapshot, end)] : [];
      const stopping = stopNotes.stopping(container);
      return [stopping === undefined ? snapshot : { ...snapshot, stopping }];
    })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
}
