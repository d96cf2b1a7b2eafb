import { errorMessage } from '../../lib/errors.ts';
import type { QueryDefaults } from './bell-queries.ts';
import type { BlockingQuery, QueryAnswer } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import { isOfOneRequest } from './request-error.ts';
import { takeHealth } from './service-reads.ts';

/** What one service has, into the state. What this service alone is to blame for is no failure. */
export function serviceQuery(name: string, state: CatalogState, common: QueryDefaults): BlockingQuery {
  const onAnswer = ({ body, isDoubtful }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    takeHealth(state, name, body);
  };
  const onFailure = (error: unknown): void => {
    if (isOfOneRequest(error)) state.setAside(name, errorMessage(error));
    else common.onFailure(error);
  };
  const what = { path: '/health/service/{name}', params: { name } };
  return { ...common, ...what, onAnswer, onFailure, isHopeless: isOfOneRequest };
}
