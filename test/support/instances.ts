import { type CatalogSnapshot, type CheckResult, NO_ENTRIES, type ServiceInstance } from '../../src/domain/catalog.ts';

/** A passing instance of the service `web` on `node-a`; `over` says what is different. */
export function anInstance(over: Partial<ServiceInstance> = {}): ServiceInstance {
  return {
    service: 'web',
    id: 'web-1',
    node: 'node-a',
    nodeId: '00000000-0000-0000-0000-00000000000a',
    nodeAddress: '192.0.2.1',
    nodeTaggedAddresses: {},
    nodeMeta: {},
    address: '10.0.0.1',
    port: 8_080,
    taggedAddresses: NO_ENTRIES,
    tags: [],
    meta: {},
    status: 'passing',
    checks: [],
    weights: { passing: 1, warning: 1 },
    createIndex: 1,
    ...over,
  };
}

/** A passing check of `web-1`, `http`. */
export function aCheckResult(over: Partial<CheckResult> = {}): CheckResult {
  return {
    id: 'http',
    status: 'passing',
    output: '',
    name: 'http',
    notes: '',
    type: '',
    node: 'node-a',
    serviceId: 'web-1',
    serviceName: 'web',
    serviceTags: [],
    createIndex: 1,
    modifyIndex: 1,
    ...over,
  };
}

/** A catalog of these instances, in their order, and of their nodes; `over` says what is different. */
export function aCatalog(
  instances: readonly ServiceInstance[],
  over: Partial<CatalogSnapshot> | CatalogSnapshot['trust'] = {},
): CatalogSnapshot {
  const services = Map.groupBy(instances, ({ service }) => service);
  const names = [...services].map(
    ([name, all]) => [name, [...new Set(all.flatMap(({ tags }) => tags))].toSorted()] as const,
  );
  return {
    services,
    names: new Map(names),
    nodes: new Set(instances.map(({ node }) => node)),
    trust: 'confirmed',
    confirmedMs: 0,
    staleMs: 0,
    isFiltered: false,
    ...(typeof over === 'string' ? { trust: over } : over),
  };
}
