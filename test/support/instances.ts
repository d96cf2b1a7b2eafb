import type { CatalogSnapshot, ServiceInstance } from '../../src/domain/catalog.ts';

/** A passing instance of the service `web` on `node-a`; `over` says what is different. */
export function anInstance(over: Partial<ServiceInstance> = {}): ServiceInstance {
  return {
    service: 'web',
    id: 'web-1',
    node: 'node-a',
    address: '10.0.0.1',
    port: 8_080,
    tags: [],
    meta: {},
    status: 'passing',
    checks: [],
    weights: { passing: 1, warning: 1 },
    createIndex: 1,
    ...over,
  };
}

/** A catalog of these instances, in their order. */
export function aCatalog(
  instances: readonly ServiceInstance[],
  trust: CatalogSnapshot['trust'] = 'confirmed',
): CatalogSnapshot {
  return { services: Map.groupBy(instances, ({ service }) => service), trust };
}
