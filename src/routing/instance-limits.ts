import type { ServiceInstance } from '../domain/catalog.ts';
import { isUsed } from './instance-rules.ts';
import type { JudgedInstance } from './panic.ts';

/** Servers of one service in HAProxy. */
const MAX_USED = 5_000;
/** Instances of one service that are told to people, those in use among them. */
const MAX_TOLD = 10_000;

/** What is kept of the instances of a service, and what is said of the rest. */
export interface LimitedInstances {
  readonly instances: readonly JudgedInstance[];
  readonly warnings: readonly string[];
}

/**
 * Keeps a service that somebody floods with instances from filling HAProxy and memory. The oldest stay, so that who
 * comes later pushes nobody out.
 */
export function limitInstances(instances: readonly JudgedInstance[]): LimitedInstances {
  const limited = limitUsed(instances);
  if (limited.length <= MAX_TOLD) return { instances: limited, warnings: [] };
  const used = limited.filter(({ verdict }) => isUsed(verdict));
  const others = limited.filter(({ verdict }) => !isUsed(verdict));
  return {
    instances: [...used, ...others.slice(0, MAX_TOLD - used.length)],
    warnings: [`it has ${limited.length} instances; ${limited.length - MAX_TOLD} that get no requests are not shown`],
  };
}

function limitUsed(instances: readonly JudgedInstance[]): readonly JudgedInstance[] {
  const used = instances.filter(({ verdict }) => isUsed(verdict));
  if (used.length <= MAX_USED) return instances;
  const oldest = new Set(used.toSorted((a, b) => byAge(a.instance, b.instance)).slice(0, MAX_USED));
  const reason = `is not among the ${MAX_USED} oldest instances of its service, and more are not used`;
  return instances.map((judged) =>
    !isUsed(judged.verdict) || oldest.has(judged) ? judged : { ...judged, verdict: { kind: 'out', reason } },
  );
}

function byAge(a: ServiceInstance, b: ServiceInstance): number {
  return a.createIndex - b.createIndex || compare(a.node, b.node) || compare(a.id, b.id);
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
