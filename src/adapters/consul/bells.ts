import * as z from 'zod';
import type { CatalogSnapshot } from '../../domain/catalog.ts';

/** What an answer tells about the one before it. */
export interface BellNews {
  /** Services that have changed for sure. */
  readonly services: readonly string[];
  /** Nodes of which a check changed: any of their services may have. */
  readonly nodes: readonly string[];
}

/** Compares each answer with the one before. The first says nothing, since then everything is read anyway. */
export type Bell = (answer: unknown) => BellNews;

const checksSchema = z.array(
  z.object({
    Node: z.string(),
    CheckID: z.string(),
    Status: z.string(),
    ServiceName: z.string().default(''),
    ModifyIndex: z.number().default(0),
  }),
);

/** What tells two states of a check apart, and where it belongs. */
interface SeenCheck {
  readonly mark: string;
  readonly service: string;
  readonly node: string;
}

/**
 * For answers of `/v1/health/state/any`, whole or filtered: which checks came, went or changed. Throws a `ZodError` for
 * anything else. It does not tell what changed without its check: a port, a tag, a service that has none.
 */
export function createChecksBell(): Bell {
  let before: ReadonlyMap<string, SeenCheck> | undefined;
  return (answer) => {
    const now = new Map(
      checksSchema.parse(answer ?? []).map((check) => [`${check.Node}\n${check.CheckID}`, seen(check)]),
    );
    const changed = before === undefined ? [] : differences(before, now);
    before = now;
    return newsOf(changed);
  };
}

function seen({ Node, Status, ServiceName, ModifyIndex }: z.output<typeof checksSchema>[number]): SeenCheck {
  return { mark: `${Status} ${ModifyIndex}`, service: ServiceName, node: Node };
}

function differences(
  before: ReadonlyMap<string, SeenCheck>,
  now: ReadonlyMap<string, SeenCheck>,
): readonly SeenCheck[] {
  const newOrOther = [...now].filter(([key, { mark, service }]) => {
    const old = before.get(key);
    return old?.mark !== mark || old.service !== service;
  });
  const gone = [...before].filter(([key, { service }]) => now.get(key)?.service !== service);
  return [...newOrOther, ...gone].map(([, check]) => check);
}

function newsOf(checks: readonly SeenCheck[]): BellNews {
  const ofServices = checks.filter(({ service }) => service !== '').map(({ service }) => service);
  const ofNodes = checks.filter(({ service }) => service === '').map(({ node }) => node);
  return { services: [...new Set(ofServices)], nodes: [...new Set(ofNodes)] };
}

const ownIndex = z.number().default(0);

const nodesSchema = z.array(z.object({ Node: z.string(), ModifyIndex: ownIndex }));

const nodeSchema = z
  .object({ Services: z.record(z.string(), z.looseObject({ Service: z.string(), ModifyIndex: ownIndex })).nullish() })
  .nullish();

/** A node of the catalog; `index` grows with each change of it, but not of its services. */
export interface ListedNode {
  readonly name: string;
  readonly index: number;
}

/** An answer of `/v1/catalog/nodes`. Throws a `ZodError` for anything else. */
export function parseListedNodes(answer: unknown): readonly ListedNode[] {
  return nodesSchema.parse(answer ?? []).map(({ Node, ModifyIndex }) => ({ name: Node, index: ModifyIndex }));
}

/** For answers of `/v1/catalog/nodes`: which nodes there are, and which are other than the time before. */
export function createNodeListBell(): (answer: unknown) => {
  readonly names: ReadonlySet<string>;
  readonly changed: readonly string[];
} {
  let before: ReadonlyMap<string, number> | undefined;
  return (answer) => {
    const now = new Map(parseListedNodes(answer).map(({ name, index }) => [name, index]));
    const changed = before === undefined ? [] : [...now.keys()].filter((name) => before?.get(name) !== now.get(name));
    before = now;
    return { names: new Set(now.keys()), changed };
  };
}

/** A node, and the answer of `/v1/catalog/node/:node` about it. */
export interface NodeAnswer extends ListedNode {
  readonly answer: unknown;
}

/**
 * Compares what all nodes have with what they had the time before: names the services of which an instance came, went or
 * changed in anything, or whose node did. Throws a `ZodError` for what is no answer.
 */
export function createNodesBell(): (nodes: readonly NodeAnswer[]) => readonly string[] {
  let before: ReadonlyMap<string, SeenInstance> | undefined;
  return (nodes) => {
    const now = new Map(nodes.flatMap(instancesOf));
    const changed = before === undefined ? [] : changedServices(before, now);
    before = now;
    return changed;
  };
}

interface SeenInstance {
  readonly mark: string;
  readonly service: string;
}

function instancesOf({ name, index, answer }: NodeAnswer): readonly (readonly [string, SeenInstance])[] {
  const { Services } = nodeSchema.parse(answer) ?? {};
  return Object.entries(Services ?? {}).map(([id, instance]) => {
    const { Service, ModifyIndex } = instance;
    const own = ModifyIndex > 0 ? ModifyIndex : JSON.stringify(instance);
    return [`${name}\n${id}`, { mark: `${index} ${own}`, service: Service }];
  });
}

function changedServices(
  before: ReadonlyMap<string, SeenInstance>,
  now: ReadonlyMap<string, SeenInstance>,
): readonly string[] {
  const changed = [...now]
    .filter(([key, { mark }]) => before.get(key)?.mark !== mark)
    .map(([, { service }]) => service);
  const left = [...before]
    .filter(([key, { service }]) => now.get(key)?.service !== service)
    .map(([, { service }]) => service);
  return [...new Set([...changed, ...left])];
}

/** Services that are new in a list, or whose tags there are others. */
export function changedNames(before: CatalogSnapshot['names'], now: CatalogSnapshot['names']): readonly string[] {
  return [...now].filter(([name, tags]) => before.get(name)?.join('\n') !== tags.join('\n')).map(([name]) => name);
}
