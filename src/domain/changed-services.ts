import type { CatalogSnapshot } from './catalog.ts';

/**
 * The services that are other in `after` than in `before`, those that came and went included: by the identity of what
 * they have, since snapshots of one source share what did not change.
 */
export function changedServices(
  before: Pick<CatalogSnapshot, 'services'>,
  after: Pick<CatalogSnapshot, 'services'>,
): readonly string[] {
  if (before.services === after.services) return [];
  const changed = [...after.services].filter(([name, all]) => before.services.get(name) !== all).map(([name]) => name);
  const gone = [...before.services.keys()].filter((name) => !after.services.has(name));
  return [...changed, ...gone];
}
