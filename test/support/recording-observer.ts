import type { CatalogObserver, CatalogSnapshot } from '../../src/domain/catalog.ts';

/** An observer that remembers what it was told. */
export interface RecordingObserver extends CatalogObserver {
  readonly snapshots: readonly CatalogSnapshot[];
  readonly outages: readonly Error[];
  /** Asks the source for a confirmation of what is missing since then, as the last snapshot let it. */
  confirm(sinceMs: number): void;
}

export function createRecordingObserver(): RecordingObserver {
  const snapshots: CatalogSnapshot[] = [];
  const outages: Error[] = [];
  let lastConfirm: (sinceMs: number) => void = () => undefined;
  return {
    snapshots,
    outages,
    confirm: (sinceMs) => lastConfirm(sinceMs),
    onSnapshot: (snapshot, confirm) => {
      snapshots.push(snapshot);
      lastConfirm = confirm;
    },
    onOutage: (error) => outages.push(error),
  };
}

/** The IDs of the instances of each service, and how far to trust it: the gist of a snapshot. */
export function gist({ services, trust }: Pick<CatalogSnapshot, 'services' | 'trust'>): {
  readonly trust: string;
  readonly services: unknown;
} {
  return { trust, services: Object.fromEntries([...services].map(([name, all]) => [name, all.map(({ id }) => id)])) };
}
