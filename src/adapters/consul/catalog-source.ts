import type { CatalogObserver, CatalogSource } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { untilAborted } from '../../lib/until-aborted.ts';
import { createBellQueries, type QueryDefaults } from './bell-queries.ts';
import { type BellNews, changedNames, isTold } from './bells.ts';
import type { BlockingQuery, Consistency, QueryAnswer, QueryTools } from './blocking-query.ts';
import { type CatalogState, createCatalogState } from './catalog-state.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { createFollowedQueries } from './followed-queries.ts';
import { isAskable, parseNames } from './health-schema.ts';
import { watchLeader } from './leader-watch.ts';
import { createMultiplexedClient, type MultiplexedClient } from './multiplexed-client.ts';
import type { NodeFacts } from './node-bells.ts';
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
  const { hurry } = createRefetch({ ...tools, state, reads, onFailure: onLoss, signal });
  const isBelled = (): boolean => ways.current() === 'bells';
  const { onNews, onMoved } = newsHandlers(state, hurry, isBelled);
  let isStale = false;
  const consistency = (): Consistency => (isStale ? 'stale' : 'consistent');
  const sweep = createSweep({ ...tools, state, reads, consistency, onNews });
  const common = queryDefaults(state, onFailure);
  const bells = createBellQueries({ state, sweep, onNews, onMoved, common });
  const onTold = (name: string): void => {
    if (name === OWN_SERVICE) followAll();
  };
  const followers = createServiceFollowers({ state, consistency, common, onTold }, tools, signal);
  const ways = createWays({ ...tools, state, bells, followers, sweep, common });
  const followAll = (): void => queries.want([listing, bells.nodes, ...ways.choose()]);

  const onNames = ({ body, isDoubtful, isFiltered, staleMs }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    isStale = staleMs > 0;
    const { listed, names, changed, ring } = listingNews(state, body);
    // What is read next belongs to it; in the beginning the first sweep reads everything.
    const isFollowedUp = isBelled() && changed.length > 0 && changed.length < names.length;
    if (isFollowedUp) state.gather(true);
    state.list({ names: listed, isFiltered, staleMs });
    state.retain(new Set(names));
    followAll();
    if (!isBelled()) state.gather(false);
    if (!isBelled()) return;
    if (isFollowedUp) void hurry(changed);
    sweep.ring(isDoubtful ? 'everything' : ring);
  };
  const listing: BlockingQuery = { ...common, path: '/catalog/services', onAnswer: onNames };
  queries.want([listing, bells.nodes]);
  tools.client.watchHeld(followAll);

  const readAll = async (): Promise<void> => {
    await queries.readAgain();
    if (ways.current() === 'multiplexed') await followers.readAll(signal);
    if (isBelled()) await sweep.readAll(signal);
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

/** What an answer about the names says, and whether it tells by itself what changed. */
function listingNews(state: CatalogState, body: unknown) {
  const listed = parseAnswer('/catalog/services', () => parseNames(body));
  const names = [...listed.keys()].filter(isAskable);
  const changed = changedNames(state.listed(), listed).filter(isAskable);
  const ring = isTold(state.listed(), listed) ? 'more-services' : 'services';
  return { listed, names, changed, ring } as const;
}

/** What is done about what bells tell. Where there are none, the queries about each service tell it themselves. */
function newsHandlers(
  state: CatalogState,
  hurry: (names: readonly string[]) => Promise<void>,
  isBelled: () => boolean,
) {
  const onNews = ({ services, nodes }: BellNews): void => {
    // Another read might bring an older answer after that of a query.
    if (!isBelled()) return;
    // Others are not listed yet, or cannot be asked about.
    void hurry([...services, ...state.servicesOn(nodes)].filter((name) => state.has(name)));
  };
  const onMoved = (nodes: readonly NodeFacts[]): void => {
    // What they say of themselves can be seen at once. All that runs there is read again, which may take a while.
    state.moveNodes(nodes);
    onNews({ services: [], nodes: nodes.map(({ name }) => name) });
  };
  return { onNews, onMoved };
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
