import type { BellQueries, QueryDefaults } from './bell-queries.ts';
import type { BlockingQuery } from './blocking-query.ts';
import type { CatalogState } from './catalog-state.ts';
import type { MultiplexedClient } from './multiplexed-client.ts';
import type { ServiceFollowers } from './service-followers.ts';
import { serviceQuery } from './service-query.ts';
import type { Sweep } from './sweep.ts';

/** How the services are followed: by a query each, with a connection each or not, or by bells that tell of all. */
export type Way = 'bells' | 'multiplexed' | 'one by one';

export interface WaysDeps {
  readonly client: Pick<MultiplexedClient, 'heldQueries'>;
  readonly state: CatalogState;
  readonly bells: Pick<BellQueries, 'checks'>;
  readonly followers: ServiceFollowers;
  readonly sweep: Pick<Sweep, 'setActive'>;
  readonly common: QueryDefaults;
}

export interface Ways {
  current(): Way;
  /** Goes the way that suits the services of now. What is to be followed for it, beside the followers. */
  choose(): readonly BlockingQuery[];
}

/** Portolan registers itself under this name: it has as many instances as there are hosts that follow the catalog. */
export const OWN_SERVICE = 'portolan';
/** Queries of all hosts together: each costs the server that answers it 24 KB of memory (Consul 1.8.7, measured). */
const MAX_OF_ALL_HOSTS = 100_000;
/** Services that may have a connection each. */
const MAX_CONNECTIONS = 8;
/** Queries that are held beside those of the services: for the names and for the nodes. */
const GENERAL_QUERIES = 2;
/** Of what can be held. A catalog about as large as that is not to go to and fro. */
const RETURN_SHARE = 0.9;

export function createWays({ client, state, bells, followers, sweep, common }: WaysDeps): Ways {
  let way: Way = 'one by one';
  return {
    current: () => way,
    choose: () => {
      const names = state.names();
      const share = MAX_OF_ALL_HOSTS / Math.max(1, state.count(OWN_SERVICE));
      way = wayFor(names.length, Math.min(client.heldQueries(), share), way);
      // How many hosts there are is to be known before the others are followed.
      const ownFirst = names.toSorted((a, b) => Number(b === OWN_SERVICE) - Number(a === OWN_SERVICE));
      followers.want(way === 'multiplexed' ? ownFirst : []);
      sweep.setActive(way === 'bells');
      if (way === 'bells') return [bells.checks()];
      return way === 'multiplexed' ? [] : names.map((name) => serviceQuery(name, state, common));
    },
  };
}

/** @param heldQueries How many may be held over few connections; 0 where each query takes a whole one. */
function wayFor(services: number, heldQueries: number, before: Way): Way {
  const most = (before === 'bells' ? RETURN_SHARE : 1) * heldQueries - GENERAL_QUERIES;
  if (heldQueries > 0 && services <= most) return 'multiplexed';
  return services <= MAX_CONNECTIONS ? 'one by one' : 'bells';
}
