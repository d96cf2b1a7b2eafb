import type { CatalogSnapshot } from '../domain/catalog.ts';

/** What our token lets us see. */
export interface Sight {
  readonly hasNodes: boolean;
  /** Every cluster has this service, on its servers. */
  readonly hasConsul: boolean;
  readonly isFiltered: boolean;
}

/** Whether what was to be seen before is hidden now: then what is missing may only be hidden. */
export function seesLess({ hasNodes, hasConsul, isFiltered }: Sight, reading: CatalogSnapshot): boolean {
  const now = sightOf(reading);
  return (hasNodes && !now.hasNodes) || (hasConsul && !now.hasConsul) || (!isFiltered && now.isFiltered);
}

export function sightOf({ nodes, names, isFiltered }: CatalogSnapshot): Sight {
  return { hasNodes: nodes.size > 0, hasConsul: names.has('consul'), isFiltered };
}
