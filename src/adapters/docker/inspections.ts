import type { ContainerSnapshot } from '../../domain/container.ts';
import type { Clock } from '../../lib/clock.ts';
import { firstOf, withLinkedSignal } from '../../lib/deadline.ts';
import type { DockerClient, Inspection } from './client.ts';
import type { EndNote, EndNotes } from './end-notes.ts';
import type { InspectedContainer } from './inspect-schema.ts';
import type { ListedContainer } from './listed-container.ts';
import { inParallel } from './parallel.ts';
import type { Unreadable } from './unreadable.ts';

export interface InspectionsDeps {
  readonly client: Pick<DockerClient, 'inspect'>;
  readonly clock: Clock;
  readonly unreadable: Unreadable;
  readonly endNotes: EndNotes;
  /** Whether a container in this state is to be known. */
  readonly isWanted: (state: ContainerSnapshot['state']) => boolean;
  /** The next pass shall look at it again. */
  readonly touch: (containerId: string) => void;
  /** There shall be a next pass: an answer has come that none waited for. */
  readonly wake: (reason: string) => void;
}

/**
 * What inspecting the containers gave, and the inspections that are on their way. Docker answers late of a container
 * that is busy starting or ending; nobody waits long for that.
 */
export interface Inspections {
  readonly known: ReadonlyMap<string, Known>;
  /** Those that are known, and those that will be when Docker answers. */
  ids(): Iterable<string>;
  has(containerId: string): boolean;
  /** Whether Docker has been asked about it and has not answered yet. */
  isAwaited(containerId: string): boolean;
  /** It is gone; what Docker still says of it does not count. */
  forget(containerId: string): void;
  /**
   * Begins to inspect those that were told to have ended, as many as may be on their way, without waiting: they are
   * shown as ended until Docker, which is busy with them, answers. Gives the others.
   */
  inspectEnded(containerIds: readonly string[], signal: AbortSignal): Promise<readonly string[]>;
  /** Whether the list says something new of it. */
  isNews(container: ListedContainer): boolean;
  /** Inspects them; waits for all answers, or for those that come in time. Throws what the client throws. */
  refresh(containers: readonly ToInspect[], waits: 'for-all' | 'in-time', signal: AbortSignal): Promise<void>;
}

/** A container to inspect; with the fingerprint of a list that was read before. */
export type ToInspect = Pick<ListedContainer, 'id'> & Partial<Pick<ListedContainer, 'name' | 'fingerprint'>>;

export interface Known extends InspectedContainer {
  /** As listed before it was inspected, if it was. */
  readonly fingerprint: string | undefined;
}

interface Look {
  readonly container: ToInspect;
  /** What was noted of its end when it began. */
  readonly end: EndNote | undefined;
  done: Promise<void>;
  /** Its pass no longer waits for it. */
  isLate: boolean;
  /** Something happened since it began, so it may give what is old. */
  isOutdated: boolean;
}

interface Context extends InspectionsDeps {
  readonly known: Map<string, Known>;
  /** Those on their way, by container. One that is no longer here does not count. */
  readonly looks: Map<string, Look>;
}

/** So many at a time; late ones do not count. */
const WIDTH = 8;
/** Beyond so many on their way, the rest waits for a later pass. */
const MAX_LOOKS = 64;
/** How long a pass waits for one answer, and after one that was late. */
const PATIENCE_MS = 100;
const SHORT_PATIENCE_MS = 20;

export function createInspections(deps: InspectionsDeps): Inspections {
  const known = new Map<string, Known>();
  const looks = new Map<string, Look>();
  const context = { ...deps, known, looks };
  return {
    known,
    ids: () => new Set([...known.keys(), ...looks.keys(), ...deps.unreadable.ids()]),
    has: (id) => known.has(id) || looks.has(id),
    isAwaited: (id) => looks.has(id),
    forget: (id) => {
      known.delete(id);
      looks.delete(id);
      deps.unreadable.forget(id);
    },
    inspectEnded: async (ids, signal) => {
      const room = Math.max(0, MAX_LOOKS - looks.size);
      const ended = new Set(ids.filter((id) => hasEnded(context, id)).slice(0, room));
      const containers = [...ended].map((id) => ({ id }));
      await refresh(context, containers, 'in-time', signal);
      return ids.filter((id) => !ended.has(id));
    },
    isNews: (container) =>
      known.get(container.id)?.fingerprint !== container.fingerprint && !deps.unreadable.isResting(container),
    refresh: (containers, waits, signal) => refresh(context, containers, waits, signal),
  };
}

async function refresh(
  context: Context,
  containers: readonly ToInspect[],
  waits: 'for-all' | 'in-time',
  signal: AbortSignal,
): Promise<void> {
  const { looks, touch, clock } = context;
  let patienceMs = PATIENCE_MS;
  await inParallel(containers, WIDTH, async (container) => {
    const { id } = container;
    const running = looks.get(id);
    if (running !== undefined) running.isOutdated = true;
    else if (waits === 'in-time' && looks.size >= MAX_LOOKS) {
      // Some of those will come, and wake.
      touch(id);
      return;
    }
    const look = running ?? begin(context, container, signal);
    if (waits === 'for-all') return await look.done;
    if (look.isLate) return;
    const ms = hasEnded(context, id) ? 0 : patienceMs;
    const isDone = await isDoneWithin(look.done, { clock, ms, signal });
    // Done in the same moment: nobody but this pass will hear of a failure.
    if (isDone || looks.get(id) !== look) return await look.done;
    look.isLate = true;
    if (ms > 0) patienceMs = SHORT_PATIENCE_MS;
  });
}

/** Whether what is known of it was told to have ended. */
function hasEnded({ known, endNotes }: Context, id: string): boolean {
  const container = known.get(id);
  return container !== undefined && endNotes.endOf(container.snapshot) !== undefined;
}

function begin(context: Context, container: ToInspect, signal: AbortSignal): Look {
  const end = context.endNotes.current(container.id);
  const look: Look = { container, end, done: Promise.resolve(), isLate: false, isOutdated: false };
  context.looks.set(container.id, look);
  look.done = carryOut(context, look, signal);
  // Of a late one nobody awaits the failure.
  look.done.catch(() => undefined);
  return look;
}

async function carryOut(context: Context, look: Look, signal: AbortSignal): Promise<void> {
  const { client, looks, touch, wake } = context;
  const { id } = look.container;
  const isCurrent = (): boolean => looks.get(id) === look;
  try {
    const inspection = await client.inspect(id, signal);
    if (isCurrent()) take(context, look, inspection, signal);
  } catch (error) {
    // Otherwise the pass that waits for it fails, and looks again.
    if (look.isLate) look.isOutdated = true;
    throw error;
  } finally {
    if (isCurrent()) {
      looks.delete(id);
      if (look.isOutdated) touch(id);
      if (look.isLate || look.isOutdated) wake('docker: a late answer');
    }
  }
}

function take(context: Context, { container, end }: Look, inspection: Inspection, signal: AbortSignal): void {
  const { known, unreadable, endNotes, isWanted, clock, touch, wake } = context;
  const { id, fingerprint } = container;
  switch (inspection.kind) {
    case 'gone':
      known.delete(id);
      unreadable.forget(id);
      return;
    case 'found':
      unreadable.readable(id);
      endNotes.settle(id, end);
      if (isWanted(inspection.container.snapshot.state)) known.set(id, { ...inspection.container, fingerprint });
      else known.delete(id);
      return;
    case 'unreadable':
    case 'too-long': {
      const { error, kind } = inspection;
      const name = container.name ?? known.get(id)?.snapshot.name ?? id.slice(0, 12);
      const failure = { error, isOwnFault: kind === 'too-long', isKnown: known.has(id) };
      const restMs = unreadable.failed({ id, name, fingerprint }, failure);
      if (restMs === 0) throw error;
      const tryAgain = () => {
        touch(id);
        wake('docker: a container is tried again');
      };
      clock.sleep(restMs, signal).then(tryAgain, () => undefined);
    }
  }
}

async function isDoneWithin(
  done: Promise<void>,
  { clock, ms, signal }: { readonly clock: Clock; readonly ms: number; readonly signal: AbortSignal },
): Promise<boolean> {
  if (ms === 0) return false;
  return await withLinkedSignal(signal, async (own) => {
    const tooLate = clock.sleep(ms, own).then(() => false);
    return await firstOf(
      done.then(() => true),
      tooLate,
    );
  });
}
