import { createNodesBell, type ListedNode, type NodeAnswer, parseListedNodes } from './bells.ts';
import { type Consistency, consistencyQuery, type QueryTools } from './blocking-query.ts';
import type { ConsulRequest } from './client.ts';
import { isAskable } from './health-schema.ts';
import { inTurns } from './in-turns.ts';
import { parseAnswer } from './parse-answer.ts';

/**
 * Finds the services that have changed by one read for each node: there are fewer of them than services as a rule, and
 * the answers tell what a read of each service would, but for the checks.
 */
export interface NodeReads {
  /**
   * Those that are other than the last time; none the first time. `undefined` when there are more nodes than `services`,
   * or one that cannot be asked about: then it is better to read the services. Rejects when an answer cannot be had.
   */
  changedServices(
    services: number,
    consistency: Consistency,
    signal: AbortSignal,
  ): Promise<readonly string[] | undefined>;
  /** The next time is the first. */
  forget(): void;
}

const LIST = '/catalog/nodes';
const NODE = '/catalog/node/{name}';

export function createNodeReads(client: QueryTools['client']): NodeReads {
  let bell = createNodesBell();

  const readNode = async (
    node: ListedNode,
    query: NonNullable<ConsulRequest['query']>,
    signal: AbortSignal,
  ): Promise<NodeAnswer> => {
    const request = { method: 'GET', path: NODE, params: { name: node.name }, query } as const;
    return { ...node, answer: (await client.request(request, signal)).body };
  };

  return {
    changedServices: async (services, consistency, signal) => {
      const query = consistencyQuery(consistency);
      const { body } = await client.request({ method: 'GET', path: LIST, query }, signal);
      const nodes = parseAnswer(LIST, () => parseListedNodes(body));
      if (nodes.length > services || !nodes.every(({ name }) => isAskable(name))) {
        bell = createNodesBell();
        return undefined;
      }
      const answers = await inTurns(nodes.map((node) => () => readNode(node, query, signal)));
      return parseAnswer(NODE, () => bell(answers));
    },
    forget: () => {
      bell = createNodesBell();
    },
  };
}
