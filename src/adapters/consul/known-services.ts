import type { CatalogSnapshot, ServiceInstance } from '../../domain/catalog.ts';
import { isSameData } from '../../lib/same-data.ts';
import type { NodeFacts } from './node-bells.ts';

type Instances = readonly ServiceInstance[];

/** What each service has. What does not change stays the same object. */
export interface KnownServices {
  get(name: string): Instances | undefined;
  /** Whether that is other than before. */
  set(name: string, instances: Instances): boolean;
  /** Drops the others; whether there were any. */
  retain(names: ReadonlySet<string>): boolean;
  /** Those that have an instance on one of these nodes. */
  on(nodes: ReadonlySet<string>): readonly string[];
  /** Every instance says of its node what that says of itself; whether that is other than before. */
  moveNodes(nodes: readonly NodeFacts[]): boolean;
  /** For a snapshot: never changed afterwards. */
  shared(): CatalogSnapshot['services'];
}

/** @param borrowers are the instances that have the address of their node for want of one of their own. */
export function createKnownServices(borrowers: WeakSet<ServiceInstance>): KnownServices {
  let services = new Map<string, Instances>();
  let isShared = false;
  const own = (): Map<string, Instances> => {
    if (isShared) services = new Map(services);
    isShared = false;
    return services;
  };

  const moved = (instance: ServiceInstance, node: NodeFacts | undefined): ServiceInstance => {
    if (node === undefined || isSameData(factsOf(instance), node)) return instance;
    const isBorrower = borrowers.has(instance);
    const now = { ...instance, ...instanceFacts(node), ...(isBorrower && { address: node.address }) };
    if (isBorrower) borrowers.add(now);
    return now;
  };

  return {
    get: (name) => services.get(name),
    set: (name, instances) => {
      const before = services.get(name);
      const now = before === undefined ? instances : withSame(before, instances);
      if (now === before) return false;
      own().set(name, now);
      return true;
    },
    retain: (names) => {
      const lost = [...services.keys()].filter((name) => !names.has(name));
      for (const name of lost) own().delete(name);
      return lost.length > 0;
    },
    on: (nodes) => {
      if (nodes.size === 0) return [];
      return [...services].filter(([, all]) => all.some(({ node }) => nodes.has(node))).map(([name]) => name);
    },
    moveNodes: (nodes) => {
      if (nodes.length === 0) return false;
      const byName = new Map(nodes.map((node) => [node.name, node]));
      const changed = [...services].flatMap(([name, all]) => {
        const now = all.map((instance) => moved(instance, byName.get(instance.node)));
        return now.every((instance, i) => instance === all[i]) ? [] : [[name, now] as const];
      });
      for (const [name, now] of changed) own().set(name, now);
      return changed.length > 0;
    },
    shared: () => {
      isShared = true;
      return services;
    },
  };
}

/** What is new, with those of before that are in it unchanged; all of before where nothing is new. */
function withSame(before: Instances, now: Instances): Instances {
  const known = new Map(before.map((instance) => [`${instance.node}\n${instance.id}`, instance]));
  const merged = now.map((instance) => {
    const old = known.get(`${instance.node}\n${instance.id}`);
    return old !== undefined && isSameData(old, instance) ? old : instance;
  });
  const isSame = merged.length === before.length && merged.every((instance, i) => instance === before[i]);
  return isSame ? before : merged;
}

function factsOf({ node, nodeId, nodeAddress, nodeTaggedAddresses, nodeMeta }: ServiceInstance): NodeFacts {
  return { name: node, id: nodeId, address: nodeAddress, taggedAddresses: nodeTaggedAddresses, meta: nodeMeta };
}

function instanceFacts({ id, address, taggedAddresses, meta }: NodeFacts): Partial<ServiceInstance> {
  return { nodeId: id, nodeAddress: address, nodeTaggedAddresses: taggedAddresses, nodeMeta: meta };
}
