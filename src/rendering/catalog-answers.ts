import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';
import { changedServices } from '../domain/changed-services.ts';
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
  /** What a later snapshot says. Answers about what did not change stay the same objects. */
  next(snapshot: CatalogSnapshot): CatalogAnswers;
}

/** What was worked out already. */
interface Kept {
  /** By the texts of queries. */
  readonly answers: Map<string, KeptAnswer>;
  readonly spellings: Spellings | undefined;
  readonly listed: readonly CatalogService[] | undefined;
}

interface KeptAnswer {
  /** In lower case. */
  readonly name: string;
  readonly instances: readonly ServiceInstance[] | undefined;
}

/** Consul does not mind the case of a name: by the lower one. */
type Spellings = ReadonlyMap<string, readonly string[]>;

export function createCatalogAnswers(snapshot: CatalogSnapshot): CatalogAnswers {
  return answersOf(snapshot, { answers: new Map(), spellings: undefined, listed: undefined });
}

function answersOf(snapshot: CatalogSnapshot, { answers, ...kept }: Kept): CatalogAnswers {
  const { services, names } = snapshot;
  let { spellings, listed } = kept;

  const find = (name: string, query: ServiceQuery): readonly ServiceInstance[] | undefined => {
    spellings ??= Map.groupBy(new Set([...names.keys(), ...services.keys()]), (one) => one.toLowerCase());
    const found = (spellings.get(name) ?? []).map((one) => services.get(one));
    return found.includes(undefined) ? undefined : filterInstances(distinct(found.flatMap((all) => all ?? [])), query);
  };
  return {
    service: (query) => {
      const text = queryText(query);
      const known = answers.get(text);
      if (known !== undefined) return known.instances;
      const name = query.name.toLowerCase();
      const instances = find(name, query);
      answers.set(text, { name, instances });
      return instances;
    },
    services: () => {
      listed ??= [...names].map(([name, tags]) => ({ name, tags })).toSorted((a, b) => compareTexts(a.name, b.name));
      return listed;
    },
    next: (later) => {
      const hasSameNames = later.names === names;
      const changed = changedServices(snapshot, later);
      const comeOrGone = hasSameNames ? [] : new Set(names.keys()).symmetricDifference(later.names);
      const lower = new Set([...changed, ...comeOrGone].map((name) => name.toLowerCase()));
      const hasSameKeys = hasSameNames && changed.every((name) => services.has(name) && later.services.has(name));
      return answersOf(later, {
        answers: new Map([...answers].filter(([, { name }]) => !lower.has(name))),
        spellings: hasSameKeys ? spellings : undefined,
        listed: hasSameNames ? listed : undefined,
      });
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
