import type { CatalogObserver, CatalogSnapshot, ServiceInstance } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { type Confirmation, createConfirmation } from './confirmation.ts';
import { isAskable } from './health-schema.ts';

/** Which services there are, and how far that can be relied upon. */
export type Listing = Pick<CatalogSnapshot, 'names' | 'isFiltered' | 'staleMs'>;

/** Puts the answers about single services together to snapshots of the whole catalog. */
export interface CatalogState {
  /** What the catalog lists, for the snapshot that follows the next `retain`. */
  list(listing: Listing): void;
  /** The names of all nodes. Before the first time there is no snapshot. */
  listNodes(nodes: ReadonlySet<string>): void;
  /** The names that the catalog has now and that can be read; the others are dropped. */
  retain(names: ReadonlySet<string>): void;
  /** The names that were retained last. */
  names(): readonly string[];
  /** Whether this was one of them. */
  has(name: string): boolean;
  /** What was listed last. */
  listed(): CatalogSnapshot['names'];
  /** Whether there was a snapshot. */
  isKnown(): boolean;
  /** The services that have an instance on one of these nodes, as far as is known. */
  servicesOn(nodes: readonly string[]): readonly string[];
  /** How many instances a service has, as far as is known. */
  count(name: string): number;
  /** What one service has now; means nothing for a name that the catalog no longer has. */
  update(name: string, instances: readonly ServiceInstance[]): void;
  /** While on, what changes waits for the end, to be told all together. */
  gather(isOn: boolean): void;
  /** One service cannot be read: what was known of it stays, and nobody waits for it. */
  setAside(name: string, because: string): void;
  /** From now on answers may lack what is still there. */
  doubt(): void;
  /** As `Confirmation` has it. */
  readonly confirmWhenDue: Confirmation['run'];
}

const NOT_ASKABLE = 'Consul answers no request about this name';

export function createCatalogState(observer: CatalogObserver, clock: Clock): CatalogState {
  const services = createServiceMap();
  const listing = createListing();
  let known: ReadonlySet<string> = new Set();
  let unread: Set<string> | undefined;
  let nodes: CatalogSnapshot['nodes'] | undefined;
  let isKnown = false;
  const asides = createAsides();

  const emit = (): void => {
    if (unread?.size !== 0 || nodes === undefined || gathering.isToWait()) return;
    isKnown = true;
    const listed = { ...listing.current(), ...asides.and(listing.unaskable()), nodes };
    const snapshot = { services: services.shared(), ...listed, ...confirmation.current() };
    observer.onSnapshot(snapshot, confirmation.ask);
  };
  const confirmation = createConfirmation(clock, emit);
  const gathering = createGathering(emit);

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
    listNodes: (next) => {
      if (nodes?.symmetricDifference(next).size === 0) return;
      nodes = next;
      emit();
    },
    names: () => [...known],
    has: (name) => known.has(name),
    listed: () => listing.current().names,
    isKnown: () => isKnown,
    servicesOn: (nodes) => servicesOn(services.shared(), new Set(nodes)),
    count: (name) => services.get(name)?.length ?? 0,
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
    gather: gathering.gather,
    setAside: (name, because) => {
      if (known.has(name) && (asides.add(name, because) || unread?.has(name))) {
        unread?.delete(name);
        emit();
      }
    },
    doubt: confirmation.doubt,
    confirmWhenDue: confirmation.run,
  };
}

/** Keeps back what is told while more is to come. */
function createGathering(tell: () => void) {
  let isGathering = false;
  let isDue = false;
  return {
    isToWait: (): boolean => {
      isDue = isGathering;
      return isGathering;
    },
    gather: (isOn: boolean): void => {
      isGathering = isOn;
      if (!isOn && isDue) tell();
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
  let current: Listing = { names: new Map(), isFiltered: false, staleMs: 0 };
  let unaskable: ReadonlyMap<string, string> = new Map();
  let hasChanged = false;
  return {
    current: () => current,
    unaskable: () => unaskable,
    list: (next: Listing): void => {
      const hasSameNames = JSON.stringify([...current.names]) === JSON.stringify([...next.names]);
      const isSame = hasSameNames && next.isFiltered === current.isFiltered && next.staleMs === current.staleMs;
      current = hasSameNames ? { ...next, names: current.names } : next;
      if (!hasSameNames) {
        const odd = [...next.names.keys()].filter((name) => !isAskable(name));
        unaskable = new Map(odd.map((name) => [name, NOT_ASKABLE]));
      }
      hasChanged ||= !isSame;
    },
    takeChange: (): boolean => {
      const had = hasChanged;
      hasChanged = false;
      return had;
    },
  };
}
