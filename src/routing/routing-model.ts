import type { CatalogSnapshot, ServiceInstance } from '../domain/catalog.ts';
import type { RoutedServer, RoutedService, RoutingModel } from '../domain/routing.ts';
import { serverNames } from '../haproxy/names.ts';
import { limitInstances } from './instance-limits.ts';
import { isUsed, judgeInstance, rawWeight } from './instance-rules.ts';
import { decidePanic, type JudgedInstance } from './panic.ts';
import { createRoutingCache, type JudgedService, type RoutingCache } from './routing-cache.ts';
import { nameProblem } from './service-name.ts';

export interface RoutingOptions {
  /** `--route-tag`: only instances with this tag; `undefined` for all. */
  readonly routeTag: string | undefined;
}

/** The model and, for people, why everything that is not in it is not. */
export interface RoutingOutcome {
  readonly model: RoutingModel;
  readonly services: readonly ServiceOutcome[];
}

export interface ServiceOutcome {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly instances: readonly JudgedInstance[];
  /** What is wrong with its settings, and what happens instead. */
  readonly warnings?: readonly string[];
  /** Why the service has no route at all. */
  readonly refusal?: string;
}

/** Infrastructure that nobody asks for by name on this host. */
const NEVER_ROUTED = new Set(['consul', 'portolan']);
const MAX_WEIGHT = 256;
/** Backends in HAProxy. The oldest services stay, so that who comes later pushes nobody out. */
const MAX_SERVICES = 10_000;

/** What routing needs of a catalog. */
export interface RoutableCatalog extends Pick<CatalogSnapshot, 'services'> {
  readonly unreadable?: CatalogSnapshot['unreadable'] | undefined;
}

/**
 * What this host routes to, from what the catalog holds. The catalog is untrusted: what is not valid is left out with
 * a reason, and touches nothing else. Equal catalogs give equal models, whatever their order.
 *
 * @param cache of calls with the same options: what has not changed since is not judged again, and is the same object.
 */
export function routingModel(
  { services, unreadable }: RoutableCatalog,
  options: RoutingOptions,
  cache: RoutingCache = createRoutingCache(),
): RoutingOutcome {
  const taken = new Map<string, string>();
  const outcomes = [...services]
    .filter(([name]) => !NEVER_ROUTED.has(name))
    .map(([name, instances]) => ({ name, ...cache.judge(instances, () => judgeService(instances, options)) }))
    .filter(({ count }) => count > 0)
    .toSorted((a, b) => a.firstIndex - b.firstIndex || (a.name < b.name ? -1 : 1))
    .map((service) => serviceOutcome(service, taken))
    .map((outcome) => ({ ...outcome, hosts: outcome.hosts.filter((host) => isHostOf(outcome, host, taken)) }))
    .map((outcome) => withDoubts(outcome, unreadable?.get(outcome.name)))
    .concat(neverRead(services, unreadable))
    .toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const routed = outcomes.filter(({ refusal }) => refusal === undefined);
  return { model: { services: routed.map((outcome) => cache.route(outcome, toRoutedService)) }, services: outcomes };
}

function isRouted({ tags, meta }: ServiceInstance, { routeTag }: RoutingOptions): boolean {
  return meta['route'] !== 'off' && (routeTag === undefined || tags.includes(routeTag));
}

/** Who was in the catalog first. */
function firstIndex(instances: readonly ServiceInstance[]): number {
  return instances.reduce((first, { createIndex }) => Math.min(first, createIndex), Number.POSITIVE_INFINITY);
}

/** A service goes on as it was while what Consul says of it cannot be read. */
function withDoubts(outcome: ServiceOutcome, because: string | undefined): ServiceOutcome {
  if (because === undefined) return outcome;
  const warning = `it cannot be read now, and what was read before is used: ${because}`;
  return { ...outcome, warnings: [...(outcome.warnings ?? []), warning] };
}

/** Services of which nothing is known but the name. */
function neverRead(services: RoutableCatalog['services'], unreadable: RoutableCatalog['unreadable']): ServiceOutcome[] {
  return [...(unreadable ?? [])]
    .filter(([name]) => !services.has(name) && !NEVER_ROUTED.has(name))
    .map(([name, because]) => ({ name, hosts: [], instances: [], refusal: nameProblem(name) ?? because }));
}

/** What the instances of one service are good for, whatever others there are. */
function judgeService(all: readonly ServiceInstance[], options: RoutingOptions): JudgedService {
  const routed = all.filter((instance) => isRouted(instance, options));
  const judged = decidePanic(routed.map((instance) => ({ instance, verdict: judgeInstance(instance) })));
  const { instances, warnings } = limitInstances(judged.instances);
  return {
    count: routed.length,
    firstIndex: firstIndex(routed),
    instances,
    warnings: [...judged.warnings, ...warnings],
  };
}

function serviceOutcome(
  { name, instances, warnings }: JudgedService & { readonly name: string },
  taken: Map<string, string>,
): ServiceOutcome {
  const outcome = { name, instances, ...(warnings.length > 0 && { warnings }) };
  const refuse = (refusal: string): ServiceOutcome => ({ ...outcome, hosts: [], refusal });
  const problem = nameProblem(name);
  if (problem !== undefined) return refuse(problem);
  const host = name.toLowerCase();
  const holder = taken.get(host);
  if (holder !== undefined) return refuse(`its host name ${host} belongs to the older service ${holder}`);
  if (taken.size >= MAX_SERVICES) return refuse(`${MAX_SERVICES} older services are routed, and more are not`);
  taken.set(host, name);
  return { ...outcome, hosts: [host, `${host}.localhost`, `${host}.service.consul`] };
}

/** A service whose own name is `web.localhost` beats the further name of the service `web`. */
function isHostOf({ name }: ServiceOutcome, host: string, taken: ReadonlyMap<string, string>): boolean {
  return (taken.get(host) ?? name) === name;
}

function toRoutedService({
  name,
  hosts,
  instances,
}: Pick<ServiceOutcome, 'hosts' | 'instances' | 'name'>): RoutedService {
  const usable = instances
    .filter(({ verdict }) => isUsed(verdict))
    .map(({ instance }) => instance)
    // Where names meet, the order decides who keeps it.
    .toSorted((a, b) => (a.node === b.node ? compare(a.id, b.id) : compare(a.node, b.node)));
  const names = serverNames(usable.map(serverText));
  const weights = usable.map(rawWeight);
  const scale = Math.min(1, MAX_WEIGHT / Math.max(1, ...weights));
  const servers = usable.map(
    ({ address, port }, i): RoutedServer => ({
      name: names[i] ?? '',
      address,
      port,
      weight: scaled(weights[i] ?? 0, scale),
    }),
  );
  return { name, hosts, servers: servers.toSorted((a, b) => (a.name < b.name ? -1 : 1)) };
}

/** Small beside a large one is still not 0, which would take the server out. */
function scaled(weight: number, scale: number): number {
  return weight === 0 ? 0 : Math.max(1, Math.round(weight * scale));
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/** IDs are unique on their node only; ours begin with it already. */
function serverText({ node, id }: ServiceInstance): string {
  return id.startsWith(`${node}:`) ? id : `${node}:${id}`;
}
