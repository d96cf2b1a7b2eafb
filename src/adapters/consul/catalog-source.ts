import type { CatalogObserver, CatalogSource } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/errors.ts';
import { createBellQueries } from './bell-queries.ts';
import { type BellNews, changedNames } from './bells.ts';
import { type BlockingQuery, followQuery, type QueryAnswer, type QueryTools } from './blocking-query.ts';
import { type CatalogState, createCatalogState } from './catalog-state.ts';
import { createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { isAskable, parseNames } from './health-schema.ts';
import { parseAnswer } from './parse-answer.ts';
import { createRefetch } from './refetch.ts';
import { isOfOneRequest } from './request-error.ts';
import { createServiceReads, takeHealth } from './service-reads.ts';
import { createSweep } from './sweep.ts';

/**
 * Connections for reading the catalog: one blocking query for the names and one a service up to `MAX_FOLLOWED` services,
 * above that the bells. Some must be left for reads, or these would wait for the queries. An agent allows 200 for the
 * whole host, so the number must not grow with the catalog.
 */
const MAX_SOCKETS = 10;
const MAX_FOLLOWED = 8;

export interface CatalogSourceOptions {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly random: () => number;
}

/** Consul's catalog, as this host's agent sees it. */
export function createConsulCatalog({ endpoint, clock, random }: CatalogSourceOptions): CatalogSource {
  return {
    follow: async (observer, signal) => {
      const client = createConsulClient({ endpoint, clock, maxSockets: MAX_SOCKETS });
      const tools = { client, clock, random };
      const state = createCatalogState(observer, clock);
      try {
        await followCatalog(state, observer, tools, signal);
      } finally {
        client.close();
      }
    },
  };
}

async function followCatalog(
  state: CatalogState,
  observer: CatalogObserver,
  tools: QueryTools,
  signal: AbortSignal,
): Promise<void> {
  const reads = createServiceReads(state, tools);
  const want = createFollowers(tools, signal);
  const onFailure = (error: unknown): void => {
    state.doubt();
    observer.onOutage(asError(error));
  };
  const onLoss = (error: unknown): void => {
    onFailure(error);
    sweep.ring('everything');
  };
  const { hurry } = createRefetch({ reads, onFailure: onLoss, signal });
  const onNews = ({ services, nodes }: BellNews): void => {
    // Others are not listed yet, or cannot be asked about.
    hurry([...services, ...state.servicesOn(nodes)].filter((name) => state.has(name)));
  };
  const sweep = createSweep({ ...tools, state, reads, onNews });

  const bells = createBellQueries({ state, sweep, onNews, onFailure });

  const onNames = ({ body, isDoubtful }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    const listed = parseAnswer('/catalog/services', () => parseNames(body));
    const names = [...listed.keys()].filter(isAskable);
    const changed = changedNames(state.listed(), listed).filter(isAskable);
    state.list(listed);
    state.retain(new Set(names));
    const isSmall = names.length <= MAX_FOLLOWED;
    want(isSmall ? names.map((name) => serviceQuery(name, state, onFailure)) : bells());
    sweep.setActive(!isSmall);
    if (isSmall) return;
    // The first sweep reads them anyway.
    if (changed.length < names.length) hurry(changed);
    sweep.ring(isDoubtful ? 'everything' : 'services');
  };

  await Promise.all([
    followQuery({ path: '/catalog/services', onAnswer: onNames, onFailure }, tools, signal),
    sweep.run(onFailure, signal),
    state.confirmWhenDue(() => sweep.readAll(signal), onFailure, signal),
  ]);
}

function serviceQuery(name: string, state: CatalogState, onFailure: BlockingQuery['onFailure']): BlockingQuery {
  const onAnswer = ({ body, isDoubtful }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    takeHealth(state, name, body);
  };
  const onError = (error: unknown): void => {
    if (isOfOneRequest(error)) state.setAside(name, errorMessage(error));
    else onFailure(error);
  };
  const path = '/health/service/{name}';
  return { path, params: { name }, onAnswer, onFailure: onError, isHopeless: isOfOneRequest };
}

/** Follows the queries that were named last: starts those that are new, ends those that are missing. */
function createFollowers(tools: QueryTools, signal: AbortSignal): (queries: readonly BlockingQuery[]) => void {
  const followed = new Map<string, AbortController>();
  return (queries) => {
    const wanted = new Map(queries.map((query) => [JSON.stringify([query.path, query.params]), query]));
    for (const [key, stop] of followed) {
      if (wanted.has(key)) continue;
      stop.abort();
      followed.delete(key);
    }
    for (const [key, query] of wanted) {
      if (followed.has(key)) continue;
      const stop = new AbortController();
      followed.set(key, stop);
      void followQuery(query, tools, AbortSignal.any([signal, stop.signal]));
    }
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
