import type { CatalogObserver, CatalogSnapshot, ServiceInstance } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { createTrigger } from '../../lib/trigger.ts';
import { isAskable } from './health-schema.ts';

/** Puts the answers about single services together to snapshots of the whole catalog. */
export interface CatalogState {
  /** What the catalog lists, for the snapshot that follows the next `retain`. */
  list(names: CatalogSnapshot['names']): void;
  /** The names that the catalog has now and that can be read; the others are dropped. */
  retain(names: ReadonlySet<string>): void;
  /** The names that were retained last. */
  names(): readonly string[];
  /** Whether this was one of them. */
  has(name: string): boolean;
  /** What was listed last. */
  listed(): CatalogSnapshot['names'];
  /** The services that have an instance on one of these nodes, as far as is known. */
  servicesOn(nodes: readonly string[]): readonly string[];
  /** What one service has now; means nothing for a name that the catalog no longer has. */
  update(name: string, instances: readonly ServiceInstance[]): void;
  /** One service cannot be read: what was known of it stays, and nobody waits for it. */
  setAside(name: string, because: string): void;
  /** From now on answers may lack what is still there. */
  doubt(): void;
  /**
   * Ends a doubt `DOUBT_MS` after its last reason, by reading everything once more. Runs until aborted, never rejects.
   */
  confirmWhenDue(readAll: () => Promise<void>, onFailure: (error: unknown) => void, signal: AbortSignal): Promise<void>;
}

/** How long what is missing after an outage may still come back. */
const DOUBT_MS = 10_000;
const NOT_ASKABLE = 'Consul answers no request about this name';

export function createCatalogState(observer: CatalogObserver, clock: Clock): CatalogState {
  const services = createServiceMap();
  const listing = createListing();
  let known: ReadonlySet<string> = new Set();
  let unread: Set<string> | undefined;
  const doubt = createDoubt(clock);
  const asides = createAsides();
  const emit = (): void => {
    if (unread?.size !== 0) return;
    observer.onSnapshot({
      services: services.shared(),
      names: listing.names,
      ...asides.and(listing.unaskable),
      trust: doubt.trust,
    });
  };

  return {
    list: listing.list,
    retain: (names) => {
      const isFirst = unread === undefined;
      const isWaiting = unread === undefined || unread.size > 0;
      const hasLost = services.retain(names);
      unread = new Set([...names].filter((name) => services.get(name) === undefined && (isFirst || unread?.has(name))));
      known = names;
      asides.retain(names);
      // The service that was waited for may be the one that has gone.
      if (listing.takeChange() || hasLost || isWaiting) emit();
    },
    names: () => [...known],
    has: (name) => known.has(name),
    listed: () => listing.names,
    servicesOn: (nodes) => servicesOn(services.shared(), new Set(nodes)),
    update: (name, instances) => {
      // An answer that was on its way when the service went.
      if (!known.has(name)) return;
      const before = services.get(name);
      unread?.delete(name);
      const isBack = asides.drop(name);
      if (!isBack && before !== undefined && areEqual(before, instances)) return;
      services.set(name, instances);
      emit();
    },
    setAside: (name, because) => {
      if (!known.has(name)) return;
      const wasAwaited = unread?.delete(name);
      if (asides.add(name, because) || wasAwaited) emit();
    },
    doubt: doubt.arise,
    confirmWhenDue: async (readAll, onFailure, signal) => {
      while (!signal.aborted) {
        try {
          if (await doubt.resolve(readAll, signal)) emit();
        } catch (error) {
          if (!signal.aborted) onFailure(error);
        }
      }
    },
  };
}

/** Whether what is read may be believed. */
function createDoubt(clock: Clock) {
  let trust: CatalogSnapshot['trust'] = 'confirmed';
  let lastDoubtMs = 0;
  const doubted = createTrigger();
  return {
    get trust() {
      return trust;
    },
    arise: (): void => {
      trust = 'doubtful';
      lastDoubtMs = clock.monotonicMs();
      doubted.wake('doubt');
    },
    /** Waits for a doubt, and until it may be put to the test; whether it is over then. */
    resolve: async (readAll: () => Promise<void>, signal: AbortSignal): Promise<boolean> => {
      await doubted.pending(signal);
      for (let leftMs = DOUBT_MS; leftMs > 0; leftMs = lastDoubtMs + DOUBT_MS - clock.monotonicMs()) {
        await clock.sleep(leftMs, signal);
      }
      const readSinceMs = clock.monotonicMs();
      await readAll();
      if (lastDoubtMs >= readSinceMs) return false;
      doubted.take();
      trust = 'confirmed';
      return true;
    },
  };
}

/** What each service has. It is copied only when it changes after somebody was given it. */
function createServiceMap() {
  let services = new Map<string, readonly ServiceInstance[]>();
  let isShared = false;
  const own = (): Map<string, readonly ServiceInstance[]> => {
    if (isShared) services = new Map(services);
    isShared = false;
    return services;
  };
  return {
    get: (name: string) => services.get(name),
    set: (name: string, instances: readonly ServiceInstance[]): void => {
      own().set(name, instances);
    },
    /** Drops the others; whether there were any. */
    retain: (names: ReadonlySet<string>): boolean => {
      const lost = [...services.keys()].filter((name) => !names.has(name));
      for (const name of lost) own().delete(name);
      return lost.length > 0;
    },
    shared: (): CatalogSnapshot['services'] => {
      isShared = true;
      return services;
    },
  };
}

/** The services that cannot be read. */
function createAsides() {
  const asides = new Map<string, string>();
  return {
    /** Whether that is news. */
    add: (name: string, because: string): boolean => {
      const isNews = asides.get(name) !== because;
      asides.set(name, because);
      return isNews;
    },
    /** Whether it was one. */
    drop: (name: string): boolean => asides.delete(name),
    retain: (names: ReadonlySet<string>): void => {
      for (const name of asides.keys()) if (!names.has(name)) asides.delete(name);
    },
    and: (others: ReadonlyMap<string, string>): Pick<CatalogSnapshot, 'unreadable'> =>
      asides.size + others.size === 0 ? {} : { unreadable: new Map([...others, ...asides]) },
  };
}

/** One by one: a service may have more instances than fit twice into memory as texts. */
function areEqual(before: readonly ServiceInstance[], now: readonly ServiceInstance[]): boolean {
  return before.length === now.length && before.every((one, i) => JSON.stringify(one) === JSON.stringify(now[i]));
}

function servicesOn(services: CatalogSnapshot['services'], nodes: ReadonlySet<string>): readonly string[] {
  if (nodes.size === 0) return [];
  return [...services].filter(([, all]) => all.some(({ node }) => nodes.has(node))).map(([name]) => name);
}

/** What the catalog lists, and whether it changed since it was last asked. */
function createListing() {
  let names: CatalogSnapshot['names'] = new Map();
  let unaskable: ReadonlyMap<string, string> = new Map();
  let hasChanged = false;
  return {
    get names() {
      return names;
    },
    get unaskable() {
      return unaskable;
    },
    list: (next: CatalogSnapshot['names']): void => {
      if (JSON.stringify([...names]) === JSON.stringify([...next])) return;
      names = next;
      unaskable = new Map([...next.keys()].filter((name) => !isAskable(name)).map((name) => [name, NOT_ASKABLE]));
      hasChanged = true;
    },
    takeChange: (): boolean => {
      const had = hasChanged;
      hasChanged = false;
      return had;
    },
  };
}
