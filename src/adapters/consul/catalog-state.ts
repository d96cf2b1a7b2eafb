import type { CatalogObserver, CatalogSnapshot, ServiceInstance } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { changedNames } from './bells.ts';
import { type Confirmation, createConfirmation } from './confirmation.ts';
import { isAskable } from './health-schema.ts';
import { createKnownServices } from './known-services.ts';
import type { NodeFacts } from './node-bells.ts';

/** Which services there are, and how far that can be relied upon. */
export type Listing = Pick<CatalogSnapshot, 'names' | 'isFiltered' | 'staleMs'>;

/** Puts the answers about single services together to snapshots of the whole catalog. */
export interface CatalogState {
  /** What the catalog lists, for the snapshot that follows the next `retain`. */
  list(listing: Listing): void;
  /** The names of all nodes, as they were listed last. */
  nodes(): CatalogSnapshot['nodes'] | undefined;
  /** The names of all nodes. Before the first time there is no snapshot. */
  listNodes(nodes: ReadonlySet<string>): void;
  /** These nodes say something else of themselves than before. */
  moveNodes(nodes: readonly NodeFacts[]): void;
  /** The names that the catalog has now and that can be read; the others are dropped. */
  retain(names: ReadonlySet<string>): void;
  /** The names that were retained last. */
  names(): readonly string[];
  /** Whether this was one of them. */
  has(name: string): boolean;
  /** What was read of them so far. */
  services(): CatalogSnapshot['services'];
  /** What was listed last. */
  listed(): CatalogSnapshot['names'];
  /** Whether there was a snapshot. */
  isKnown(): boolean;
  /** The services that have an instance on one of these nodes, as far as is known. */
  servicesOn(nodes: readonly string[]): readonly string[];
  /** How many instances a service has, as far as is known. */
  count(name: string): number;
  /** The instances that have the address of their node for want of one of their own: to be noted before `update`. */
  readonly borrowers: WeakSet<ServiceInstance>;
  /** What one service has now; means nothing for a name that the catalog no longer has. */
  update(name: string, instances: readonly ServiceInstance[]): void;
  /** While on, what changes waits for the end, to be told all together. */
  gather(isOn: boolean): void;
  /** One service cannot be read: what was known of it stays, and nobody waits for it. */
  setAside(name: string, because: string): void;
  /** Whether that is so. */
  isAside(name: string): boolean;
  /** From now on answers may lack what is still there. */
  doubt(): void;
  /** As `Confirmation` has it. */
  readonly confirmWhenDue: Confirmation['run'];
}

const NOT_ASKABLE = 'Consul answers no request about this name';

export function createCatalogState(observer: CatalogObserver, clock: Clock): CatalogState {
  const borrowers = new WeakSet<ServiceInstance>();
  const services = createKnownServices(borrowers);
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
    moveNodes: (moved) => {
      if (services.moveNodes(moved)) emit();
    },
    names: () => [...known],
    ...{ nodes: () => nodes, services: services.shared, borrowers },
    has: (name) => known.has(name),
    ...{ listed: () => listing.current().names, isKnown: () => isKnown },
    servicesOn: (on) => services.on(new Set(on)),
    count: (name) => services.get(name)?.length ?? 0,
    update: (name, instances) => {
      // An answer that was on its way when the service went.
      if (!known.has(name)) return;
      unread?.delete(name);
      const isBack = asides.drop(name);
      if (services.set(name, instances) || isBack) emit();
    },
    gather: gathering.gather,
    setAside: (name, because) => {
      if (!known.has(name)) return;
      const isNews = asides.add(name, because);
      if (unread?.delete(name) || isNews) emit();
    },
    isAside: asides.has,
    ...{ doubt: confirmation.doubt, confirmWhenDue: confirmation.run },
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
    has: (name: string): boolean => asides.has(name),
    /** Whether it was one. */
    drop: (name: string): boolean => asides.delete(name),
    retain: (names: ReadonlySet<string>): void => {
      for (const name of asides.keys()) if (!names.has(name)) asides.delete(name);
    },
    and: (others: ReadonlyMap<string, string>): Pick<CatalogSnapshot, 'unreadable'> =>
      asides.size + others.size === 0 ? {} : { unreadable: new Map([...others, ...asides]) },
  };
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
      const hasSameNames =
        current.names.size === next.names.size && changedNames(current.names, next.names).length === 0;
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
