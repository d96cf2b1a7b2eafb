import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';

/** A catalog that can be acted upon, and what it holds against the newest reading. */
export interface GuardedCatalog {
  readonly services: CatalogSnapshot['services'];
  /** Instances that the newest reading lacks and that are kept all the same. */
  readonly held: readonly ServiceInstance[];
}

/**
 * Emptiness is a suspicion, not an order: as long as a reading is doubtful (after an outage, after a restart of the
 * server) nothing is taken away that was there before. What is there and says that it is critical is believed.
 */
export function guardCatalog(accepted: GuardedCatalog | undefined, reading: CatalogSnapshot): GuardedCatalog {
  if (accepted === undefined || reading.trust === 'confirmed') return { services: reading.services, held: [] };
  const held: ServiceInstance[] = [];
  const services = new Map(reading.services);
  for (const [name, before] of accepted.services) {
    const now = reading.services.get(name) ?? [];
    const ids = new Set(now.map(keyOf));
    const missing = before.filter((instance) => !ids.has(keyOf(instance)));
    if (missing.length === 0) continue;
    held.push(...missing);
    services.set(name, [...now, ...missing]);
  }
  return { services, held };
}

function keyOf({ node, id }: ServiceInstance): string {
  return `${node}\n${id}`;
}
