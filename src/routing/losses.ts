import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';

/** What went lately, by node and altogether: tells a deregistration from a collapse. Immutable. */
export interface Losses {
  readonly bursts: ReadonlyMap<string, Burst>;
  /** What was let go, and when. */
  readonly dropped: readonly { readonly atMs: number; readonly count: number }[];
}

/** What one node lost in one go, with pauses shorter than `QUIET_MS`. */
interface Burst {
  readonly lastMs: number;
  /** How many instances the node had before. */
  readonly before: number;
  readonly lost: number;
}

/** An agent that deregisters everything does so one by one, a few ms apart. */
const QUIET_MS = 250;
/** Where a node goes on losing, its first losses wait no longer. */
const MAX_SETTLE_MS = 2_000;
/** What goes within this time counts together. */
const WINDOW_MS = 5_000;

export const NO_LOSSES: Losses = { bursts: new Map(), dropped: [] };

/** Adds what has just gone from a catalog, and forgets what is over. */
export function noteMissing(
  { bursts, dropped }: Losses,
  missing: readonly ServiceInstance[],
  { services }: Pick<CatalogSnapshot, 'services'>,
  nowMs: number,
): Losses {
  const next = new Map([...bursts].filter(([, { lastMs }]) => nowMs - lastMs < WINDOW_MS));
  for (const [node, gone] of Map.groupBy(missing, (instance) => instance.node)) {
    const known = next.get(node);
    const isOn = known !== undefined && nowMs - known.lastMs < QUIET_MS;
    const before = isOn ? known.before : countOn(services, node);
    next.set(node, { lastMs: nowMs, before, lost: (isOn ? known.lost : 0) + gone.length });
  }
  return { bursts: next, dropped: dropped.filter(({ atMs }) => nowMs - atMs < WINDOW_MS) };
}

export function noteDropped({ bursts, dropped }: Losses, count: number, nowMs: number): Losses {
  return { bursts, dropped: count === 0 ? dropped : [...dropped, { atMs: nowMs, count }] };
}

/**
 * Whether the catalog has lost more than half within the window.
 *
 * @param missing what is neither let go nor held yet, of `present` instances.
 */
export function isCollapse({ dropped }: Losses, missing: number, present: number): boolean {
  const gone = dropped.reduce((sum, { count }) => sum + count, 0);
  return (gone + missing) * 2 > gone + present;
}

/** Whether a node has lost half of what it had, or more, in one go. */
export function hasEmptied({ bursts }: Losses, node: string): boolean {
  const burst = bursts.get(node);
  return burst !== undefined && burst.lost * 2 >= burst.before;
}

/** Whether a node lost just one instance. */
export function isSingle({ bursts }: Losses, node: string): boolean {
  return bursts.get(node)?.lost === 1;
}

/** When it can be said whether an instance that is missing since then went alone. */
export function settledMs({ bursts }: Losses, node: string, sinceMs: number): number {
  return Math.min((bursts.get(node)?.lastMs ?? sinceMs) + QUIET_MS, sinceMs + MAX_SETTLE_MS);
}

function countOn(services: CatalogSnapshot['services'], node: string): number {
  let count = 0;
  for (const all of services.values()) count += all.filter((instance) => instance.node === node).length;
  return count;
}
