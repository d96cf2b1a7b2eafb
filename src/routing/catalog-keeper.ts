import type { CatalogSnapshot } from '../domain/catalog.ts';
import type { Clock } from '../lib/clock.ts';
import { errorFacts, type Log } from '../lib/log.ts';
import { createTrigger } from '../lib/trigger.ts';
import type { CatalogStore } from './contracts.ts';

/** Keeps the last good catalog over restarts, at a pace of its own. */
export interface CatalogKeeper {
  /** The catalog of the last time. Never rejects: one that cannot be used is said and left alone. */
  load(): Promise<CatalogSnapshot | undefined>;
  /** This is the newest one. Nothing is kept of one that is doubtful. */
  keep(catalog: CatalogSnapshot): void;
  /** Saves what is to be kept until aborted, and once more then; never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** A busy catalog is not written more often. */
const REST_MS = 5_000;
/** A large one takes its time; most of it is to be left for others. */
const REST_PER_WRITE = 20;
const RETRY_MS = 30_000;

export interface CatalogKeeperOptions {
  readonly store: CatalogStore;
  readonly clock: Clock;
  readonly log: Log;
}

export function createCatalogKeeper({ store, clock, log }: CatalogKeeperOptions): CatalogKeeper {
  const changed = createTrigger();
  let newest: CatalogSnapshot | undefined;
  let isFailing = false;

  /** Resolves to how long to rest. */
  const save = async (): Promise<number> => {
    if (!changed.isPending() || newest === undefined) return 0;
    changed.take();
    const startMs = clock.monotonicMs();
    try {
      await store.save(newest);
      if (isFailing) log.info('the catalog can be saved again');
      isFailing = false;
      return Math.max(REST_MS, (clock.monotonicMs() - startMs) * REST_PER_WRITE);
    } catch (error) {
      if (!isFailing)
        log.warn('the catalog cannot be saved; a restart without Consul would know an older one', errorFacts(error));
      isFailing = true;
      changed.wake('it could not be saved');
      return RETRY_MS;
    }
  };

  return {
    load: async () => {
      try {
        return await store.load();
      } catch (error) {
        log.warn('the saved catalog cannot be used; routes wait for Consul', errorFacts(error));
        return undefined;
      }
    },
    keep: (catalog) => {
      if (catalog.trust === 'doubtful' || catalog.services === newest?.services) return;
      newest = catalog;
      changed.wake('it changed');
    },
    run: async (signal) => {
      while (!signal.aborted) {
        await changed.pending(signal).catch(() => undefined);
        const restMs = await save();
        await clock.sleep(restMs, signal).catch(() => undefined);
      }
      await save();
    },
  };
}
