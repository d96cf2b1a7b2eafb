import {
  type CatalogObserver,
  type CatalogSnapshot,
  type CatalogSource,
  type CheckResult,
  NO_ENTRIES,
  type ServiceInstance,
} from '../../domain/catalog.ts';
import type { ServiceWeights } from '../../domain/service.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import type {
  RegisteredCheck,
  RegisteredService,
  ServiceRegistration,
  ServiceRegistry,
} from '../../registration/contracts.ts';

/** A catalog in this process: the registrar writes it and the router reads it, with no Consul at all. */
export interface MemoryCatalog {
  readonly registry: ServiceRegistry;
  readonly source: CatalogSource;
}

/** What Consul takes for a service that says nothing. */
const EVEN: ServiceWeights = { passing: 1, warning: 1 };

interface Entry {
  readonly registration: ServiceRegistration;
  readonly createIndex: number;
}

/**
 * An instance is as healthy as its container. The application's own checks are not run here, so they do not count;
 * HAProxy's test of each instance does.
 *
 * @param node the name of this host in the catalog.
 */
export function createMemoryCatalog(node: string): MemoryCatalog {
  const entries = new Map<string, Entry>();
  const checks = new Map<string, RegisteredCheck>();
  const observers = new Set<CatalogObserver>();
  let services: CatalogSnapshot['services'] = new Map();
  let index = 0;

  const publish = (): void => {
    const next = nextServices(services, instancesOf(entries, checks, node));
    if (next === services) return;
    services = next;
    for (const observer of observers) observer.onSnapshot(snapshotOf(services, node), NOTHING_TO_CONFIRM);
  };

  const remove = (serviceId: string): void => {
    const entry = entries.get(serviceId);
    if (entry === undefined) return;
    entries.delete(serviceId);
    for (const { id } of newChecks(entry.registration)) checks.delete(id);
  };

  const registry: ServiceRegistry = {
    services: async () => new Map([...entries].map(([id, { registration }]) => [id, toRegistered(registration)])),
    checks: async () => new Map(checks),
    register: async (registration) => {
      const { id } = registration.service;
      // As in Consul: a check that stays keeps its status.
      const fresh = newChecks(registration);
      const before = new Map(fresh.map((check) => [check.id, checks.get(check.id)]));
      const createIndex = entries.get(id)?.createIndex ?? ++index;
      remove(id);
      entries.set(id, { registration, createIndex });
      for (const check of fresh) checks.set(check.id, { ...check, ...before.get(check.id), notes: check.notes });
      publish();
    },
    deregister: async (serviceId) => {
      remove(serviceId);
      publish();
    },
    report: async (checkId, verdict) => {
      const check = checks.get(checkId);
      if (check === undefined) return 'unknown';
      const isNews = check.status !== verdict.status || check.output !== verdict.output;
      checks.set(checkId, { ...check, ...verdict });
      if (isNews) publish();
      return 'reported';
    },
    // There is no connection that could end.
    watchConnection: () => undefined,
    advertisedAddress: async () => undefined,
  };
  const source: CatalogSource = {
    follow: async (observer, signal) => {
      if (signal.aborted) return;
      observers.add(observer);
      observer.onSnapshot(snapshotOf(services, node), NOTHING_TO_CONFIRM);
      await untilAborted(signal);
      observers.delete(observer);
    },
  };
  return { registry, source };
}

function instancesOf(
  entries: ReadonlyMap<string, Entry>,
  checks: ReadonlyMap<string, RegisteredCheck>,
  node: string,
): readonly ServiceInstance[] {
  const byId = [...entries].toSorted(([a], [b]) => (a < b ? -1 : 1));
  return byId.map(([, entry]) => toInstance(entry, checks, node));
}

/** The services of these instances; what has not changed is the same object as before. */
function nextServices(
  before: CatalogSnapshot['services'],
  instances: readonly ServiceInstance[],
): CatalogSnapshot['services'] {
  const next = new Map(
    [...Map.groupBy(instances, ({ service }) => service)].map(([name, now]) => {
      const known = before.get(name);
      return [name, known !== undefined && JSON.stringify(known) === JSON.stringify(now) ? known : now];
    }),
  );
  const isSame = next.size === before.size && [...next].every(([name, now]) => before.get(name) === now);
  return isSame ? before : next;
}

/** Every snapshot is the truth already. */
const NOTHING_TO_CONFIRM = (): void => undefined;

function snapshotOf(services: CatalogSnapshot['services'], node: string): CatalogSnapshot {
  const names = [...services].map(
    ([name, instances]) => [name, [...new Set(instances.flatMap(({ tags }) => tags))].toSorted()] as const,
  );
  return {
    services,
    names: new Map(names.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    nodes: new Set([node]),
    trust: 'confirmed',
    confirmedMs: Number.POSITIVE_INFINITY,
    staleMs: 0,
    isFiltered: false,
  };
}

function toRegistered({ service, meta }: ServiceRegistration): RegisteredService {
  const { id, name, address, port, tags, enableTagOverride = false, weights = EVEN } = service;
  return { id, name, address, port, tags, meta, enableTagOverride, weights };
}

function newChecks({ service, containerCheck }: ServiceRegistration): readonly RegisteredCheck[] {
  const own = service.checks.map(({ id, initialStatus: status = 'critical' as const }) => ({ id, status, notes: '' }));
  const container =
    containerCheck === undefined
      ? []
      : [{ id: containerCheck.id, status: containerCheck.verdict.status, notes: containerCheck.notes }];
  return [...container, ...own].map((check) => ({ ...check, serviceId: service.id, output: '' }));
}

function toInstance(
  { registration: { service, meta, containerCheck }, createIndex }: Entry,
  checks: ReadonlyMap<string, RegisteredCheck>,
  node: string,
): ServiceInstance {
  const check = containerCheck === undefined ? undefined : checks.get(containerCheck.id);
  return {
    service: service.name,
    id: service.id,
    node,
    nodeId: '',
    nodeAddress: service.address,
    nodeTaggedAddresses: {},
    nodeMeta: {},
    address: service.address,
    port: service.port,
    taggedAddresses: NO_ENTRIES,
    tags: service.tags,
    meta,
    status: check?.status ?? 'passing',
    checks: check === undefined ? [] : [toCheckResult(check, service, { node, createIndex })],
    weights: service.weights ?? EVEN,
    createIndex,
  };
}

function toCheckResult(
  { id, status, output, notes }: RegisteredCheck,
  service: ServiceRegistration['service'],
  { node, createIndex }: { readonly node: string; readonly createIndex: number },
): CheckResult {
  const { id: serviceId, name: serviceName, tags: serviceTags } = service;
  const facts = { id, status, output, name: id, notes, type: 'ttl', node, serviceId, serviceName, serviceTags };
  return { ...facts, createIndex, modifyIndex: createIndex };
}
