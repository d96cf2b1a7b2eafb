import type { CatalogSnapshot } from '../domain/catalog.ts';
import { type HeldInstance, type HoldCause, keyOf, placeOf, withHeld } from './held-catalog.ts';
import {
  hasEmptied,
  isCollapse,
  isSingle,
  type Losses,
  NO_LOSSES,
  noteDropped,
  noteMissing,
  settledMs,
} from './losses.ts';
import { type Sight, seesLess, sightOf } from './sight.ts';

/** A catalog that can be acted upon, and how it came to be so. Immutable. */
export interface GuardedCatalog {
  /** The newest reading, with what is held. */
  readonly catalog: CatalogSnapshot;
  /** By service, node and ID. */
  readonly held: readonly HeldInstance[];
  readonly losses: Losses;
  /** What was to be seen when it was last as it should be. */
  readonly sight: Sight;
  /** When to look again without a new reading; `undefined` for never. */
  readonly reviewMs: number | undefined;
  /** Since when something is held that another reading of everything could decide about. */
  readonly unprovenMs: number | undefined;
}

export interface GuardMoment {
  readonly nowMs: number;
  /** When the catalog could not be read the last time; `-Infinity` for never. */
  readonly lastOutageMs: number;
  /** Whether the loss of one single instance is always taken for a deregistration, though its node had no other. */
  readonly believesSingles: boolean;
}

/** A second reading as long after the first is proof. */
const CONFIRMED_AFTER_MS = 10_000;
/** What was missing for so long in all that Consul said is gone, though no reading of everything succeeded. */
const GONE_AFTER_MS = 300_000;
/** So long Consul must have answered then. */
const STEADY_MS = 30_000;

/** The first catalog, on which all later ones are held against. */
export function beginGuard(catalog: CatalogSnapshot): GuardedCatalog {
  return {
    catalog,
    held: [],
    losses: NO_LOSSES,
    sight: sightOf(catalog),
    reviewMs: undefined,
    unprovenMs: undefined,
  };
}

/**
 * Emptiness is a suspicion, not an order. What a reading has is believed, also that it is critical. What it lacks goes at
 * once where that was a deregistration that we watched: Consul is to be relied upon, the node is still there and keeps
 * more than half of what it had. What goes otherwise is held where its service would fall to none or the catalog lose
 * half: until a reading of everything 10 s later lacks it as well. Source: DESIGN.md, the guard.
 */
export function guardCatalog(before: GuardedCatalog, reading: CatalogSnapshot, moment: GuardMoment): GuardedCatalog {
  const { nowMs, believesSingles } = moment;
  const isBlind = seesLess(before.sight, reading);
  const missing = missingInstances(before, reading, isBlind, nowMs);
  const isTrusted = reading.trust === 'confirmed' && !isBlind;
  const news = missing.filter(({ isNew }) => isNew).map(({ instance }) => instance);
  const losses = noteMissing(before.losses, news, before.catalog, nowMs);
  const undecided = missing.filter(({ isNew, cause }) => isNew || cause === 'settling').length;
  const hasCollapsed = isTrusted && undecided > 0 && isCollapse(losses, undecided, countOf(before.catalog));
  const isOnly = believesSingles && undecided === 1;
  const circumstances = { reading, losses, isBlind, hasCollapsed, isOnly, ...moment };
  const judged = missing.map((one) => ({ ...one, cause: causeOf(one, circumstances) }));
  const held = judged.flatMap(({ instance, sinceMs, cause }) => (cause ? [{ instance, sinceMs, cause }] : []));
  const settling = held.filter(({ cause }) => cause === 'settling');
  return {
    catalog: withHeld(before.catalog, reading, held),
    held,
    // What was proven to be gone makes nothing else suspicious.
    losses: noteDropped(losses, judged.filter((one) => !one.cause && !isProven(one, reading)).length, nowMs),
    sight: isBlind ? before.sight : sightOf(reading),
    reviewMs: nextReviewMs(settling, losses),
    unprovenMs: firstUnprovenMs(held, nowMs),
  };
}

/** Without what is held, of one service or of all: somebody said that it is gone for good. */
export function releaseHeld(guarded: GuardedCatalog, reading: CatalogSnapshot, service?: string): GuardedCatalog {
  const held = guarded.held.filter(({ instance }) => service !== undefined && instance.service !== service);
  return {
    ...guarded,
    catalog: withHeld(guarded.catalog, reading, held),
    held,
    sight: held.length === 0 ? sightOf(reading) : guarded.sight,
    unprovenMs: held.length === 0 ? undefined : guarded.unprovenMs,
  };
}

function firstUnprovenMs(held: readonly HeldInstance[], nowMs: number): number | undefined {
  const unproven = held.filter(({ cause }) => cause !== 'settling' && cause !== 'unreadable');
  if (unproven.length === 0) return undefined;
  // No reading proves anything while Consul is blind, but one may see that it is not any more.
  return unproven.reduce((first, { cause, sinceMs }) => (cause === 'blind' ? first : Math.min(first, sinceMs)), nowMs);
}

/** Whether it was missing in two readings of everything that are far enough apart. */
function isProven({ sinceMs }: Pick<HeldInstance, 'sinceMs'>, { confirmedMs }: CatalogSnapshot): boolean {
  return confirmedMs - sinceMs >= CONFIRMED_AFTER_MS;
}

interface Missing extends Omit<HeldInstance, 'cause'> {
  readonly cause: HoldCause | undefined;
  readonly isNew: boolean;
  /** Whether nothing is left of its service. */
  readonly isLast: boolean;
}

/** What was there and is not in the reading any more, under whatever name. */
function missingInstances(
  before: GuardedCatalog,
  reading: CatalogSnapshot,
  isBlind: boolean,
  nowMs: number,
): readonly Missing[] {
  const known = new Map(before.held.map((held) => [keyOf(held.instance), held]));
  const candidates = [...before.catalog.services].flatMap(([name, all]) => {
    const now = reading.services.get(name) ?? [];
    if (now === all) return [];
    const keys = new Set(now.map(keyOf));
    return all.filter((instance) => !keys.has(keyOf(instance)));
  });
  if (candidates.length === 0) return [];
  const places = new Set([...reading.services.values()].flat().map(placeOf));
  return candidates
    .filter((instance) => !places.has(placeOf(instance)))
    .map((instance) => {
      const held = known.get(keyOf(instance));
      const isLast = (reading.services.get(instance.service) ?? []).length === 0;
      // What was read while Consul was blind proves nothing, whoever confirmed it.
      const sinceMs = held?.cause === 'blind' && !isBlind ? nowMs : (held?.sinceMs ?? nowMs);
      return { instance, sinceMs, cause: held?.cause, isNew: held === undefined, isLast };
    });
}

interface Circumstances extends GuardMoment {
  readonly reading: CatalogSnapshot;
  readonly losses: Losses;
  readonly isBlind: boolean;
  readonly hasCollapsed: boolean;
  /** Nothing else goes at this moment, and such losses are always believed. */
  readonly isOnly: boolean;
}

/** Why it is to be held; `undefined` when it is gone. */
function causeOf(missing: Missing, circumstances: Circumstances): HoldCause | undefined {
  const { instance, sinceMs, cause, isNew } = missing;
  const { reading, isBlind, nowMs, lastOutageMs } = circumstances;
  if (isBlind) return 'blind';
  if (reading.unreadable?.has(instance.service) === true) return 'unreadable';
  const isSteady = reading.staleMs === 0 && nowMs - lastOutageMs >= STEADY_MS;
  if (isSteady && nowMs - sinceMs >= GONE_AFTER_MS) return undefined;
  if (reading.trust === 'doubtful') return 'doubtful';
  if (isProven(missing, reading)) return undefined;
  if (isNew || cause === 'settling' || cause === 'contradicted') return suspicionOf(missing, circumstances);
  return cause === 'doubtful' || cause === 'blind' || cause === 'unreadable' ? 'unconfirmed' : cause;
}

/** What speaks against it being a deregistration, where Consul is to be relied upon. */
function suspicionOf(
  { instance: { node, service }, sinceMs, isLast }: Missing,
  { reading, losses, hasCollapsed, isOnly, nowMs }: Circumstances,
): HoldCause | undefined {
  if (isOnly && isSingle(losses, node) && reading.nodes.has(node)) return undefined;
  if (hasCollapsed) return 'catalog-emptied';
  if (!isLast) return undefined;
  if (!reading.nodes.has(node)) return 'node-gone';
  if (hasEmptied(losses, node)) return 'node-emptied';
  if (nowMs < settledMs(losses, node, sinceMs)) return 'settling';
  // With its last instance a service leaves the list, within moments.
  return reading.names.has(service) ? 'contradicted' : undefined;
}

function countOf({ services }: CatalogSnapshot): number {
  let count = 0;
  for (const all of services.values()) count += all.length;
  return count;
}

function nextReviewMs(settling: readonly HeldInstance[], losses: Losses): number | undefined {
  if (settling.length === 0) return undefined;
  return Math.min(...settling.map(({ instance: { node }, sinceMs }) => settledMs(losses, node, sinceMs)));
}
