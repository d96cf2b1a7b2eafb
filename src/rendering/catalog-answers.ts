import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';
import { compareTexts } from '../template/index.ts';
import type { CatalogService } from './answers.ts';
import { instanceStatus } from './instance-status.ts';
import type { ServiceQuery } from './queries.ts';
import { queryText } from './query-text.ts';

/** What a snapshot of the catalog says to queries. Each answer is made once. */
export interface CatalogAnswers {
  /** By node and ID. `undefined` for a service that is listed but was not read yet. */
  service(query: ServiceQuery): readonly ServiceInstance[] | undefined;
  /** By name. */
  services(): readonly CatalogService[];
}

export function createCatalogAnswers({ services, names }: CatalogSnapshot): CatalogAnswers {
  const known = new Map<string, readonly ServiceInstance[] | undefined>();
  let spellings: ReadonlyMap<string, readonly string[]> | undefined;
  let listed: readonly CatalogService[] | undefined;

  const find = (query: ServiceQuery): readonly ServiceInstance[] | undefined => {
    spellings ??= Map.groupBy(new Set([...names.keys(), ...services.keys()]), (name) => name.toLowerCase());
    const found = (spellings.get(query.name.toLowerCase()) ?? []).map((name) => services.get(name));
    return found.includes(undefined) ? undefined : filterInstances(distinct(found.flatMap((all) => all ?? [])), query);
  };
  return {
    service: (query) => {
      const text = queryText(query);
      if (!known.has(text)) known.set(text, find(query));
      return known.get(text);
    },
    services: () => {
      listed ??= [...names].map(([name, tags]) => ({ name, tags })).toSorted((a, b) => compareTexts(a.name, b.name));
      return listed;
    },
  };
}

/** Those that a query asks for, in their order. Consul does not mind the case of tags, as it does not that of names. */
export function filterInstances(
  instances: readonly ServiceInstance[],
  { tag, filters }: ServiceQuery,
): readonly ServiceInstance[] {
  const wanted = tag?.toLowerCase();
  const statuses: ReadonlySet<string> = new Set(filters);
  return instances.filter(
    (instance) =>
      (statuses.has('any') || statuses.has(instanceStatus(instance))) &&
      (wanted === undefined || instance.tags.some((one) => one.toLowerCase() === wanted)),
  );
}

/** Consul gives the instances of all spellings of a name to each of them. */
function distinct(instances: readonly ServiceInstance[]): readonly ServiceInstance[] {
  const byKey = new Map(instances.map((instance) => [`${instance.node}\n${instance.id}`, instance]));
  const isOrdered = byKey.size === instances.length;
  return isOrdered && isSorted(instances) ? instances : [...byKey.values()].toSorted(compareInstances);
}

function isSorted(instances: readonly ServiceInstance[]): boolean {
  return instances.every((instance, i) => {
    const before = instances[i - 1];
    return before === undefined || compareInstances(before, instance) <= 0;
  });
}

function compareInstances(a: ServiceInstance, b: ServiceInstance): number {
  return compareTexts(a.node, b.node) || compareTexts(a.id, b.id);
}
