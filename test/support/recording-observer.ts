import type { CatalogObserver, CatalogSnapshot } from '../../src/domain/catalog.ts';

/** An observer that remembers what it was told. */
export interface RecordingObserver extends CatalogObserver {
  readonly snapshots: readonly CatalogSnapshot[];
  readonly outages: readonly Error[];
}

export function createRecordingObserver(): RecordingObserver {
  const snapshots: CatalogSnapshot[] = [];
  const outages: Error[] = [];
  return {
    snapshots,
    outages,
    onSnapshot: (snapshot) => snapshots.push(snapshot),
    onOutage: (error) => outages.push(error),
  };
}

/** The IDs of the instances of each service, and how far to trust it: the gist of a snapshot. */
export function gist({ services, trust }: CatalogSnapshot): { readonly trust: string; readonly services: unknown } {
  return { trust, services: Object.fromEntries([...services].map(([name, all]) => [name, all.map(({ id }) => id)])) };
}
