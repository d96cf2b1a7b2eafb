import { type Consistency, consistencyQuery, type QueryTools } from './blocking-query.ts';
import type { ConsulRequest } from './client.ts';
import { isAskable } from './health-schema.ts';
import { inTurns } from './in-turns.ts';
import { createNodesBell, type ListedNode, type NodesBell, parseListedNodes, seenInstances } from './node-bells.ts';
import { parseAnswer } from './parse-answer.ts';
import { contentOf, markOf } from './raw-answers.ts';

/**
 * Finds the services that have changed by one read for each node: there are fewer of them than services as a rule, and
 * the answers tell what a read of each service would, but for the checks.
 */
export interface NodeReads {
  /**
   * Tells `onChanged` those that are other than the last time, node by node; none the first time. Resolves to whether it
   * did: where there are more nodes than `services`, or one that cannot be asked about, it is better to read the
   * services. Rejects when an answer cannot be had.
   */
  read(wanted: NodesWanted, signal: AbortSignal): Promise<boolean>;
  /** The next time is the first. */
  forget(): void;
}

export interface NodesWanted {
  /** How many services there are. */
  readonly services: number;
  readonly consistency: Consistency;
  readonly onChanged: (services: readonly string[]) => void;
}

const LIST = '/catalog/nodes';
const NODE = '/catalog/node/{name}';

export function createNodeReads(client: QueryTools['client']): NodeReads {
  let bell = createNodesBell();
  /** By node: most are as they were, which is known without looking into the answer. */
  const marks = new Map<string, string>();
  const forget = (): void => {
    bell = createNodesBell();
    marks.clear();
  };

  const look = async (
    node: ListedNode,
    { query, current }: { readonly query: NonNullable<ConsulRequest['query']>; readonly current: NodesBell },
    signal: AbortSignal,
  ): Promise<readonly string[]> => {
    const request = { method: 'GET', path: NODE, params: { name: node.name }, query, isRaw: true } as const;
    const { body } = await client.request(request, signal);
    const mark = markOf(body, node.index);
    if (mark !== undefined && marks.get(node.name) === mark) return [];
    const instances = parseAnswer(`/catalog/node/${node.name}`, () => seenInstances(contentOf(body)));
    if (mark !== undefined && current === bell) marks.set(node.name, mark);
    return current.see({ ...node, instances });
  };

  return {
    read: async ({ services, consistency, onChanged }, signal) => {
      const query = consistencyQuery(consistency);
      const { body } = await client.request({ method: 'GET', path: LIST, query }, signal);
      const nodes = parseAnswer(LIST, () => parseListedNodes(body));
      const names = nodes.map(({ name }) => name);
      if (!isReadByNode(names, services)) {
        forget();
        return false;
      }
      const current = bell;
      await inTurns(nodes.map((node) => async () => onChanged(await look(node, { query, current }, signal))));
      onChanged(current.end(new Set(names)));
      return true;
    },
    forget,
  };
}

/** Whether it is better to ask for what each node has: there are fewer of them, we may see them, and ask about each. */
export function isReadByNode(nodes: readonly string[], services: number): boolean {
  return nodes.length > 0 && nodes.length <= services && nodes.every(isAskable);
}
