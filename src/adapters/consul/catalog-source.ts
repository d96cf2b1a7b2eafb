import type { CatalogObserver, CatalogSource } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage } from '../../lib/errors.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import { createBellQueries, type QueryDefaults } from './bell-queries.ts';
import { type BellNews, changedNames } from './bells.ts';
import type { BlockingQuery, Consistency, QueryAnswer, QueryTools } from './blocking-query.ts';
import { type CatalogState, createCatalogState } from './catalog-state.ts';
import { createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { createFollowedQueries, type FollowedQueries } from './followed-queries.ts';
import { isAskable, parseNames } from './health-schema.ts';
import { watchLeader } from './leader-watch.ts';
import { parseAnswer } from './parse-answer.ts';
import { createRefetch } from './refetch.ts';
import { isOfOneRequest } from './request-error.ts';
import { createServiceReads, takeHealth } from './service-reads.ts';
import { createSweep } from './sweep.ts';

/**
 * Connections for reading the catalog: one blocking query for the names, one for the nodes, and one a service up to
 * `MAX_FOLLOWED` services, above that the bells. Some must be left for reads, or these would wait for the queries. An
 * agent allows 200 for the whole host, so the number must not grow with the catalog.
 */
const MAX_SOCKETS = 11;
const MAX_FOLLOWED = 8;

export interface CatalogSourceOptions {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly random: () => number;
  /** Of what Consul says of one service; more sets the service aside. As much as of anything unless it is said. */
  readonly maxServiceBytes?: number;
}

/** Consul's catalog, as this host's agent sees it. */
export function createConsulCatalog(options: CatalogSourceOptions): CatalogSource {
  const { endpoint, clock, random, maxServiceBytes } = options;
  const maxBodyBytes = (path: string) => (path.startsWith('/v1/health/service/') ? maxServiceBytes : undefined);
  return {
    follow: async (observer, signal) => {
      const client = createConsulClient({ endpoint, clock, maxSockets: MAX_SOCKETS, maxBodyBytes });
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
  const queries = createFollowedQueries(tools, signal);
  const onFailure = (error: unknown): void => {
    state.doubt();
    observer.onOutage(asError(error));
  };
  const onLoss = (error: unknown): void => {
    onFailure(error);
    sweep.ring('everything');
  };
  const { hurry } = createRefetch({ reads, onFailure: onLoss, signal });
  let isSmall = true;
  const onNews = ({ services, nodes }: BellNews): void => {
    // Its own queries tell, and another read might bring an older answer after theirs.
    if (isSmall) return;
    // Others are not listed yet, or cannot be asked about.
    hurry([...services, ...state.servicesOn(nodes)].filter((name) => state.has(name)));
  };
  let isStale = false;
  const consistency = (): Consistency => (isStale ? 'stale' : 'consistent');
  const sweep = createSweep({ ...tools, state, reads, consistency, onNews });
  const common: QueryDefaults = {
    beginsConsistent: true,
    // Old routes are better than none.
    mayBeStale: () => !state.isKnown(),
    onReset: () => state.doubt(),
    onFailure,
  };
  const bells = createBellQueries({ state, sweep, onNews, common });

  const onNames = ({ body, isDoubtful, isFiltered, staleMs }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    isStale = staleMs > 0;
    const listed = parseAnswer('/catalog/services', () => parseNames(body));
    const names = [...listed.keys()].filter(isAskable);
    const changed = changedNames(state.listed(), listed).filter(isAskable);
    state.list({ names: listed, isFiltered, staleMs });
    state.retain(new Set(names));
    isSmall = names.length <= MAX_FOLLOWED;
    const details = isSmall ? names.map((name) => serviceQuery(name, state, common)) : [bells.checks()];
    queries.want([listing, bells.nodes, ...details]);
    sweep.setActive(!isSmall);
    if (isSmall) return;
    // The first sweep reads them anyway.
    if (changed.length < names.length) hurry(changed);
    sweep.ring(isDoubtful ? 'everything' : 'services');
  };
  const listing: BlockingQuery = { ...common, path: '/catalog/services', onAnswer: onNames };
  queries.want([listing, bells.nodes]);

  const readAll = async (): Promise<void> => {
    await queries.readAgain();
    if (!isSmall) await sweep.readAll(signal);
  };
  await Promise.all([
    untilAborted(signal),
    watchLeader(tools, () => askAnew(state, queries), signal),
    sweep.run(onFailure, signal),
    state.confirmWhenDue(readAll, onFailure, signal),
  ]);
}

/** The queries may be waiting at a server that led before. */
function askAnew(state: CatalogState, queries: FollowedQueries): void {
  state.doubt();
  // Each tells of its failure itself.
  void queries.readAgain().catch(() => undefined);
}

function serviceQuery(name: string, state: CatalogState, common: QueryDefaults): BlockingQuery {
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

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
