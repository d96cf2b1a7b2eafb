import { type BellNews, createChecksBell } from './bells.ts';
import type { BlockingQuery } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { parseAnswer } from './parse-answer.ts';
import type { Sweep } from './sweep.ts';

export interface BellDeps {
  readonly state: Pick<CatalogState, 'doubt'>;
  readonly sweep: Pick<Sweep, 'ring'>;
  readonly onNews: (news: BellNews) => void;
  readonly onFailure: (error: unknown) => void;
}

const UNHEALTHY = '/health/state/any';

/**
 * Queries that Consul answers when anything changes in a large catalog, at next to no cost: their answers are small. A
 * check that turned unhealthy or recovered is named in them; of anything else they only say that there is something.
 * Source: Consul 1.8.7 takes the index before it filters (measured).
 */
export function createBellQueries({ state, sweep, onNews, onFailure }: BellDeps): () => readonly BlockingQuery[] {
  return () => {
    const unhealthy = createChecksBell();
    return [
      {
        path: UNHEALTHY,
        query: { filter: 'Status != "passing"' },
        onAnswer: ({ body, isDoubtful }) => {
          if (isDoubtful) state.doubt();
          onNews(parseAnswer(UNHEALTHY, () => unhealthy(body)));
          sweep.ring(isDoubtful ? 'everything' : 'checks');
        },
        onFailure,
      },
      {
        // The address of a node changes no other index.
        path: '/catalog/nodes',
        query: { filter: 'Node == ""' },
        onAnswer: ({ isDoubtful }) => {
          if (isDoubtful) state.doubt();
          sweep.ring(isDoubtful ? 'everything' : 'services');
        },
        onFailure,
      },
    ];
  };
}
