import type { CatalogObserver, CatalogSnapshot, CatalogSource } from '../../src/domain/catalog.ts';

/** A catalog that says what it is told to say. */
export interface HandDrivenCatalog extends CatalogSource {
  publish(snapshot: CatalogSnapshot): void;
  fail(error: Error): void;
  /** How often somebody asked for a confirmation. */
  readonly confirmations: number;
}

export function createHandDrivenCatalog(): HandDrivenCatalog {
  const observers = new Set<CatalogObserver>();
  let confirmations = 0;
  const confirm = (): void => {
    confirmations += 1;
  };
  return {
    get confirmations() {
      return confirmations;
    },
    follow: async (observer, signal) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      observers.add(observer);
      signal.addEventListener('abort', () => resolve(), { once: true });
      if (!signal.aborted) await promise;
      observers.delete(observer);
    },
    publish: (snapshot) => {
      for (const observer of observers) observer.onSnapshot(snapshot, confirm);
    },
    fail: (error) => {
      for (const observer of observers) observer.onOutage(error);
    },
  };
}
