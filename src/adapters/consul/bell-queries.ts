import { type BellNews, createChecksBell } from './bells.ts';
import type { BlockingQuery } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { createNodeListBell, type NodeFacts } from './node-bells.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Sweep } from './sweep.ts';

/** What all queries of the catalog have in common. */
export type QueryDefaults = Pick<BlockingQuery, 'beginsConsistent' | 'mayBeStale' | 'onFailure' | 'onReset'>;

export interface BellDeps {
  readonly state: Pick<CatalogState, 'doubt' | 'listNodes'>;
  readonly sweep: Pick<Sweep, 'ring'>;
  readonly onNews: (news: BellNews) => void;
  /** These nodes are other than before. */
  readonly onMoved: (nodes: readonly NodeFacts[]) => void;
  readonly common: QueryDefaults;
}

/**
 * Queries that Consul answers when anything changes in a large catalog, at next to no cost: their answers are small. A
 * check that turned unhealthy or recovered is named in them, and a node that changed; of anything else they only say that
 * there is something. Source: Consul 1.8.7 takes the index before it filters (measured).
 */
export interface BellQueries {
  /** Which checks do not pass. A new one each time. */
  checks(): BlockingQuery;
  /** Which nodes there are. The address of a node changes no other index. */
  readonly nodes: BlockingQuery;
}

const UNHEALTHY = '/health/state/any';
const NODES = '/catalog/nodes';

export function createBellQueries({ state, sweep, onNews, onMoved, common }: BellDeps): BellQueries {
  const nodeList = createNodeListBell();
  return {
    checks: () => {
      const unhealthy = createChecksBell();
      return {
        ...common,
        path: UNHEALTHY,
        query: { filter: 'Status != "passing"' },
        onAnswer: ({ body, isDoubtful }) => {
          if (isDoubtful) state.doubt();
          onNews(parseAnswer(UNHEALTHY, () => unhealthy(body)));
          sweep.ring(isDoubtful ? 'everything' : 'checks');
        },
      };
    },
    nodes: {
      ...common,
      path: NODES,
      onAnswer: ({ body, isDoubtful }) => {
        if (isDoubtful) state.doubt();
        const { names, changed } = parseAnswer(NODES, () => nodeList(body));
        state.listNodes(names);
        onMoved(changed);
        if (isDoubtful) sweep.ring('everything');
      },
    },
  };
}
