import type { CatalogObserver, CatalogSource } from '../../domain/catalog.ts';
import type { Clock } from '../../lib/clock.ts';
import { followQuery, type QueryAnswer, type QueryTools } from './blocking-query.ts';
import { type CatalogState, createCatalogState } from './catalog-state.ts';
import { createConsulClient } from './client.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseHealth, parseNames } from './health-schema.ts';
import { parseAnswer } from './parse-answer.ts';
import { createSweep } from './sweep.ts';

/**
 * Connections for reading the catalog: one blocking query a service up to `MAX_FOLLOWED` services, and the bells. An
 * agent allows 200 for the whole host, so the number must not grow with the catalog.
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
  const followed = new Map<string, AbortController>();
  const sweep = createSweep(state, tools);
  const onFailure = (error: unknown): void => {
    state.doubt();
    observer.onOutage(asError(error));
  };

  const followService = (name: string): void => {
    const stop = new AbortController();
    followed.set(name, stop);
    const onAnswer = ({ body, isDoubtful }: QueryAnswer): void => {
      if (isDoubtful) state.doubt();
      state.update(
        name,
        parseAnswer(`/health/service/${name}`, () => parseHealth(body)),
      );
    };
    const query = { path: '/health/service/{name}', params: { name }, onAnswer, onFailure };
    void followQuery(query, tools, AbortSignal.any([signal, stop.signal]));
  };

  const onNames = ({ body, isDoubtful }: QueryAnswer): void => {
    if (isDoubtful) state.doubt();
    const names = new Set(parseAnswer('/catalog/services', () => parseNames(body)));
    state.retain(names);
    const isSmall = names.size <= MAX_FOLLOWED;
    for (const [name, stop] of followed) {
      if (names.has(name) && isSmall) continue;
      stop.abort();
      followed.delete(name);
    }
    if (isSmall) for (const name of names) if (!followed.has(name)) followService(name);
    sweep.setActive(!isSmall);
  };

  await Promise.all([
    followQuery({ path: '/catalog/services', onAnswer: onNames, onFailure }, tools, signal),
    // In a large catalog these two say that something changed, at next to no cost: their answers are small.
    ...[
      { path: '/health/state/any', query: { filter: 'Status != "passing"' } },
      { path: '/catalog/nodes', query: { filter: 'Node == ""' } },
    ].map((bell) => followQuery({ ...bell, onAnswer: () => sweep.ring(), onFailure }, tools, signal)),
    sweep.run(onFailure, signal),
    state.confirmWhenDue(() => sweep.readAll(signal), onFailure, signal),
  ]);
}

function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
