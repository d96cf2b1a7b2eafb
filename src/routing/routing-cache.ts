import type { ServiceInstance } from '../domain/catalog.ts';
import type { RoutedService } from '../domain/routing.ts';
import type { JudgedInstance } from './panic.ts';

/** What is said of the instances of a service by themselves. */
export interface JudgedService {
  /** How many of them are to be routed. */
  readonly count: number;
  /** Who of these was in the catalog first. */
  readonly firstIndex: number;
  readonly instances: readonly JudgedInstance[];
  readonly warnings: readonly string[];
}

/** A service that may be routed, by its names and by who would answer. */
interface NamedService {
  readonly name: string;
  readonly hosts: readonly string[];
  readonly instances: readonly JudgedInstance[];
}

/**
 * Remembers what was made of services that are the same objects as before. At thousands of services nearly all are, and
 * making it anew takes longer than everything else that a change costs.
 */
export interface RoutingCache {
  judge(instances: readonly ServiceInstance[], make: () => JudgedService): JudgedService;
  route(service: NamedService, make: (service: NamedService) => RoutedService): RoutedService;
}

export function createRoutingCache(): RoutingCache {
  const judged = new WeakMap<readonly ServiceInstance[], JudgedService>();
  const routed = new WeakMap<readonly JudgedInstance[], RoutedService>();
  return {
    judge: (instances, make) => {
      const known = judged.get(instances) ?? make();
      judged.set(instances, known);
      return known;
    },
    route: (service, make) => {
      const known = routed.get(service.instances);
      if (known !== undefined && isOf(known, service)) return known;
      const made = make(service);
      routed.set(service.instances, made);
      return made;
    },
  };
}

/** Names and hosts depend on other services as well. */
function isOf({ name, hosts }: RoutedService, service: NamedService): boolean {
  return name === service.name && hosts.join() === service.hosts.join();
}
