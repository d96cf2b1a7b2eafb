import type { CatalogObserver, CatalogSnapshot, CatalogSource } from '../domain/catalog.ts';
import type { Clock } from '../lib/clock.ts';
import { firstOf, withLinkedSignal } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import { createTrigger, type Trigger } from '../lib/trigger.ts';
import { untilAborted } from '../lib/until-aborted.ts';
import { beginGuard, type GuardedCatalog, guardCatalog, releaseHeld } from './catalog-guard.ts';
import { createCatalogKeeper } from './catalog-keeper.ts';
import type { CatalogStore } from './contracts.ts';
import { createGuardReporter } from './guard-reporter.ts';
import type { HeldInstance } from './held-catalog.ts';

/** A catalog that can be acted upon: what goes missing in doubtful ways stays in it. Followed by one at a time. */
export interface GuardedSource extends CatalogSource {
  /** What it has beyond the newest reading, and why. */
  held(): readonly HeldInstance[];
  /** Lets go what is held of one service, or of all; tells which. */
  release(service?: string): readonly HeldInstance[];
}

export interface GuardedSourceOptions {
  readonly source: CatalogSource;
  readonly clock: Clock;
  readonly log: Log;
  /** See `GuardMoment`. */
  readonly believesSingles: boolean;
  /** Where the last good catalog is kept over restarts. */
  readonly store?: CatalogStore;
}

/** With something held, time alone may decide as well. */
const REVIEW_MS = 30_000;
/** Without any word of the source for so long the catalog of the last time is told. */
const PATIENCE_MS = 1_000;

export function createGuardedSource(options: GuardedSourceOptions): GuardedSource {
  const { source, clock, log, store } = options;
  let guard: Guard | undefined;
  return {
    follow: async (observer, signal) => {
      const keeper = store && createCatalogKeeper({ store, clock, log });
      const saved = await keeper?.load();
      const current = createGuard(saved, options, (catalog, confirm) => {
        observer.onSnapshot(catalog, confirm);
        keeper?.keep(catalog);
      });
      guard = current;
      const tellSaved = (): void => {
        if (saved === undefined || current.hasRead()) return;
        log.warn('Consul does not answer yet; routes are made of the saved catalog', { ageS: ageS(saved) });
        observer.onSnapshot(saved, () => undefined);
      };
      const tellSavedOnce = once(tellSaved);
      const onOutage = (error: Error): void => {
        current.noteOutage();
        tellSavedOnce();
        observer.onOutage(error);
      };
      await Promise.all([
        source.follow({ onSnapshot: current.onSnapshot, onOutage }, signal),
        clock.sleep(PATIENCE_MS, signal).then(tellSavedOnce, () => undefined),
        reviewWhenDue(current, clock, signal),
        keeper?.run(signal) ?? untilAborted(signal),
      ]);
    },
    held: () => guard?.guarded()?.held ?? [],
    release: (service) => guard?.release(service) ?? [],
  };
}

/** The guard with its state. */
interface Guard {
  readonly onSnapshot: CatalogObserver['onSnapshot'];
  guarded(): GuardedCatalog | undefined;
  /** Whether the source has told anything. */
  hasRead(): boolean;
  noteOutage(): void;
  /** Judges again what is held. */
  review(): void;
  release(service: string | undefined): readonly HeldInstance[];
  /** Wakes when something is held. */
  readonly held: Trigger;
}

function createGuard(
  saved: CatalogSnapshot | undefined,
  { clock, log, believesSingles }: GuardedSourceOptions,
  tell: CatalogObserver['onSnapshot'],
): Guard {
  const reporter = createGuardReporter(log);
  const held = createTrigger();
  let guarded = saved && beginGuard(saved);
  let reading: CatalogSnapshot | undefined;
  let confirm: (sinceMs: number) => void = () => undefined;
  let lastOutageMs = Number.NEGATIVE_INFINITY;

  const become = (next: GuardedCatalog): void => {
    const isNews = next.catalog !== guarded?.catalog;
    guarded = next;
    reporter.held(next.held);
    if (next.held.length > 0) held.wake('something is held');
    if (next.unprovenMs !== undefined) confirm(next.unprovenMs);
    if (isNews) tell(next.catalog, confirm);
  };
  const judge = (now: CatalogSnapshot): GuardedCatalog =>
    guarded === undefined
      ? beginGuard(now)
      : guardCatalog(guarded, now, { nowMs: clock.monotonicMs(), lastOutageMs, believesSingles });

  return {
    held,
    guarded: () => guarded,
    hasRead: () => reading !== undefined,
    noteOutage: () => {
      lastOutageMs = clock.monotonicMs();
    },
    onSnapshot: (now, ask) => {
      reading = now;
      confirm = ask;
      become(judge(now));
    },
    review: () => {
      if (guarded === undefined || reading === undefined) return;
      const next = judge(reading);
      const isSame = next.held.length === guarded.held.length;
      become(isSame ? { ...next, catalog: guarded.catalog } : next);
    },
    release: (service) => {
      if (guarded === undefined || reading === undefined) return [];
      const next = releaseHeld(guarded, reading, service);
      const stay = new Set(next.held);
      const released = guarded.held.filter((one) => !stay.has(one));
      reporter.released(released);
      become(next);
      return released;
    },
  };
}

/** Looks at what is held whenever time may have decided about it. Runs until aborted, never rejects. */
async function reviewWhenDue({ guarded, review, held }: Guard, clock: Clock, signal: AbortSignal): Promise<void> {
  const lookAgain = async (): Promise<void> => {
    await held.pending(signal);
    held.take();
    const current = guarded();
    if (current === undefined || current.held.length === 0) return;
    const dueMs = current.reviewMs ?? clock.monotonicMs() + REVIEW_MS;
    // What is held meanwhile may have to be looked at earlier.
    await withLinkedSignal(signal, (linked) =>
      firstOf(clock.sleep(Math.max(1, dueMs - clock.monotonicMs()), linked), held.pending(linked)),
    );
    if (!held.isPending()) review();
  };
  while (!signal.aborted) {
    await lookAgain().catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}

function once(work: () => void): () => void {
  let isDone = false;
  return () => {
    if (isDone) return;
    isDone = true;
    work();
  };
}

function ageS({ staleMs }: CatalogSnapshot): number {
  return Math.round(staleMs / 1_000);
}
