import * as z from 'zod';
import { NO_ENTRIES } from '../../domain/catalog.ts';
import { type Fields, fieldsOf, indexOf, listOf, textOf } from './light-guards.ts';
import { textsSchema } from './record-schemas.ts';

/** A node of the catalog; `index` grows with each change of it, but not of its services. */
export interface ListedNode {
  readonly name: string;
  readonly index: number;
}

/** What a node says of itself, which all instances on it say too. */
export interface NodeFacts {
  readonly name: string;
  readonly id: string;
  readonly address: string;
  readonly taggedAddresses: Readonly<Record<string, string>>;
  readonly meta: Readonly<Record<string, string>>;
}

const text = z.string().default('');
const texts = textsSchema.nullish();

const factsSchema = z
  .object({ ID: text, Node: z.string(), Address: text, TaggedAddresses: texts, Meta: texts })
  .transform(({ ID, Node, Address, TaggedAddresses, Meta }): NodeFacts => {
    return {
      ...{ name: Node, id: ID, address: Address },
      ...{ taggedAddresses: TaggedAddresses ?? NO_ENTRIES, meta: Meta ?? NO_ENTRIES },
    };
  });

/** An answer of `/v1/catalog/nodes`. Throws for anything else. */
export function parseListedNodes(answer: unknown): readonly ListedNode[] {
  return listOf(answer).map((raw, place) => listedNode(fieldsOf(raw, place), place));
}

function listedNode(node: Fields, place: number): ListedNode {
  return { name: textOf(node, 'Node', place), index: indexOf(node, 'ModifyIndex', place) };
}

/** For answers of `/v1/catalog/nodes`: which nodes there are, and how those are that are other than the time before. */
export function createNodeListBell(): (answer: unknown) => {
  readonly names: ReadonlySet<string>;
  readonly changed: readonly NodeFacts[];
} {
  let before: ReadonlyMap<string, number> | undefined;
  return (answer) => {
    const now = new Map<string, number>();
    const changed: NodeFacts[] = [];
    for (const [place, raw] of listOf(answer).entries()) {
      const { name, index } = listedNode(fieldsOf(raw, place), place);
      now.set(name, index);
      if (before !== undefined && before.get(name) !== index) changed.push(factsSchema.parse(raw));
    }
    before = now;
    return { names: new Set(now.keys()), changed };
  };
}

/** What tells two states of an instance apart, by its ID. */
export type SeenInstances = ReadonlyMap<string, SeenInstance>;

interface SeenInstance {
  /** Consul's index of its last change; all of it where there is none. */
  readonly mark: number | string;
  readonly service: string;
}

/** What a node has, by an answer of `/v1/catalog/node/:node`. Throws for anything else. */
export function seenInstances(answer: unknown): SeenInstances {
  if (answer === undefined || answer === null) return new Map();
  const { Services } = fieldsOf(answer, 'answer');
  const services = Services === undefined || Services === null ? {} : fieldsOf(Services, 'Services');
  return new Map(Object.entries(services).map(([id, raw]) => [id, seenInstance(fieldsOf(raw, id), id)]));
}

function seenInstance(instance: Fields, id: string): SeenInstance {
  const index = indexOf(instance, 'ModifyIndex', id);
  return { mark: index > 0 ? index : JSON.stringify(instance), service: textOf(instance, 'Service', id) };
}

/** A node and what it has. */
export interface SeenNode extends ListedNode {
  readonly instances: SeenInstances;
}

/**
 * Compares what all nodes have with what they had the time before: names the services of which an instance came, went or
 * changed in anything, or whose node did. The first time it names none.
 */
export interface NodesBell {
  /** Of one node, as soon as that is known. */
  see(node: SeenNode): readonly string[];
  /** Once all nodes were seen: of those that are gone. */
  end(names: ReadonlySet<string>): readonly string[];
}

export function createNodesBell(): NodesBell {
  const seen = new Map<string, SeenNode>();
  let isFirst = true;
  return {
    see: (node) => {
      const before = seen.get(node.name);
      seen.set(node.name, node);
      return isFirst ? [] : changedServices(before, node);
    },
    end: (names) => {
      const gone = [...seen.values()].filter(({ name }) => !names.has(name));
      for (const { name } of gone) seen.delete(name);
      const changed = isFirst ? [] : gone.flatMap((node) => changedServices(node, undefined));
      isFirst = false;
      return changed;
    },
  };
}

function changedServices(before: SeenNode | undefined, now: SeenNode | undefined): readonly string[] {
  const changed = new Set<string>();
  const isOther = before?.index !== now?.index;
  for (const [id, { mark, service }] of now?.instances ?? []) {
    if (isOther || before?.instances.get(id)?.mark !== mark) changed.add(service);
  }
  for (const [id, { service }] of before?.instances ?? []) {
    if (now?.instances.get(id)?.service !== service) changed.add(service);
  }
  return [...changed];
}
