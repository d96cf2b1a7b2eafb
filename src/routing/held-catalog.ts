import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';

/** Why an instance that the newest reading lacks is kept all the same. */
export type HoldCause =
  /** It was the last of its service and went this moment: more may be about to go with it. */
  | 'settling'
  /** Consul was away, or its index went back. */
  | 'doubtful'
  /** Consul shows less than it must have: a token may be gone. */
  | 'blind'
  /** It was missing while Consul was doubtful, and has not been looked for long enough since. */
  | 'unconfirmed'
  /** Consul shows no instance of its service, and goes on to list the service. */
  | 'contradicted'
  /** Its service cannot be read: nothing is known of it. */
  | 'unreadable'
  | 'node-gone'
  | 'node-emptied'
  | 'catalog-emptied';

export interface HeldInstance {
  readonly instance: ServiceInstance;
  /** When it was first missing, or when Consul was no longer blind; on the clock's monotonic scale. */
  readonly sinceMs: number;
  readonly cause: HoldCause;
}

/** The reading and what is held; services that are as they were before are the same object as then. */
export function withHeld(
  before: CatalogSnapshot,
  reading: CatalogSnapshot,
  held: readonly HeldInstance[],
): CatalogSnapshot {
  if (held.length === 0) return reading;
  const services = new Map(reading.services);
  const lostNames = new Map<string, readonly string[]>();
  for (const [name, kept] of Map.groupBy(held, ({ instance }) => instance.service)) {
    const all = [...(reading.services.get(name) ?? []), ...kept.map(({ instance }) => instance)].toSorted(byPlace);
    const known = before.services.get(name);
    services.set(name, known !== undefined && isSame(known, all) ? known : all);
    if (!reading.names.has(name)) lostNames.set(name, before.names.get(name) ?? tagsOf(all));
  }
  if (lostNames.size === 0) return { ...reading, services };
  const names = [...reading.names, ...lostNames].toSorted(([a], [b]) => compare(a, b));
  return { ...reading, services, names: new Map(names) };
}

function isSame(some: readonly ServiceInstance[], others: readonly ServiceInstance[]): boolean {
  return some.length === others.length && some.every((instance, i) => instance === others[i]);
}

function tagsOf(instances: readonly ServiceInstance[]): readonly string[] {
  return [...new Set(instances.flatMap(({ tags }) => tags))].toSorted();
}

function byPlace(a: ServiceInstance, b: ServiceInstance): number {
  return compare(a.node, b.node) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** Tells instances apart. */
export function keyOf(instance: ServiceInstance): string {
  return `${instance.service}\n${placeOf(instance)}`;
}

/** Where an instance is, whatever its service is called. */
export function placeOf({ node, id }: ServiceInstance): string {
  return `${node}\n${id}`;
}
