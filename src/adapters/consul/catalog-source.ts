import type { CatalogObserver, CatalogSource } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import { createBellQueries, type QueryDefaults } from './bell-queries.ts';
import { type BellNews, changedNames } from './bells.ts';
import type { BlockingQuery, Consistency, QueryAnswer, QueryTools } from './blocking-query.ts';
import { type CatalogState, createCatalogState } from './catalog-state.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { createFollowedQueries } from './followed-queries.ts';
import { isAskable, parseNames } from './health-schema.ts';
import { watchLeader } from './leader-watch.ts';
import { createMultiplexedClient, type MultiplexedClient } from './multiplexed-client.ts';
import { parseAnswer } from './parse-answer.ts';
import { createRefetch } from './refetch.ts';
import { createServiceFollowers } from './service-followers.ts';
import { createServiceReads } from './service-reads.ts';
import { createSweep } from './sweep.ts';
import { createWays, OWN_SERVICE } from './ways.ts';

/**
 * Connections for reading the catalog. Over HTTP/1.1 one blocking query for the names takes one, one for the nodes, and
 * those of the services or the bells; some must be left for reads, or these would wait for the queries. An agent allows
 * 200 for the whole host, so the number must not grow with the catalog.
 */
const MAX_SOCKETS = 11;

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
      const client = createMultiplexedClient({ endpoint, clock, random, maxSockets: MAX_SOCKETS, maxBodyBytes });
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
  tools: QueryTools & { readonly client: MultiplexedClient },
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
  const onNews = ({ services, nodes }: BellNews): void => {
    // Its own queries tell, and another read might bring an older answer after theirs.
    if (ways.current() !== 'bells') return;
    // Others are not listed yet, or cannot be asked about.
    hurry([...services, ...state.servicesOn(nodes)].filter((name) => state.has(name)));
  };
  let isStale = false;
  const consistency = (): Consistency => (isStale ? 'stale' : 'consistent');
  const sweep = createSweep({ ...tools, state, reads, consistency, onNews });
  const common = queryDefaults(state, onFailure);
  const bells = createBellQueries({ state, sweep, onNews, common });
  const onTold = (name: string): void => {
    if (name === OWN_SERVICE) followAll();
  };
  const followers = createServiceFollowers({ state, consistency, common, onTold }, tools, signal);
  const ways = createWays({ ...tools, state, bells, followers, sweep, common });
  const followAll = (): void => queries.want([listing, bells.nodes, ...ways.choose()]);

  const onNames = ({ body, isDoubtful, isFiltered, staleMs }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    isStale = staleMs > 0;
    const listed = parseAnswer('/catalog/services', () => parseNames(body));
    const names = [...listed.keys()].filter(isAskable);
    const changed = changedNames(state.listed(), listed).filter(isAskable);
    state.list({ names: listed, isFiltered, staleMs });
    state.retain(new Set(names));
    followAll();
    if (ways.current() !== 'bells') return;
    // The first sweep reads them anyway.
    if (changed.length < names.length) hurry(changed);
    sweep.ring(isDoubtful ? 'everything' : 'services');
  };
  const listing: BlockingQuery = { ...common, path: '/catalog/services', onAnswer: onNames };
  queries.want([listing, bells.nodes]);
  tools.client.watchHeld(followAll);

  const readAll = async (): Promise<void> => {
    await queries.readAgain();
    if (ways.current() === 'multiplexed') await followers.readAll(signal);
    if (ways.current() === 'bells') await sweep.readAll(signal);
  };
  /** The queries may be waiting at a server that led before. */
  const askAnew = (): void => {
    state.doubt();
    // Each tells of its failure itself.
    void Promise.allSettled([queries.readAgain(), followers.askAgain()]);
  };
  await Promise.all([
    untilAborted(signal),
    watchLeader(tools, askAnew, signal),
    sweep.run(onFailure, signal),
    state.confirmWhenDue(readAll, onFailure, signal),
  ]);
}

function queryDefaults(state: CatalogState, onFailure: QueryDefaults['onFailure']): QueryDefaults {
  return {
    beginsConsistent: true,
    // Old routes are better than none.
    mayBeStale: () => !state.isKnown(),
    onReset: () => state.doubt(),
    onFailure,
  };
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
