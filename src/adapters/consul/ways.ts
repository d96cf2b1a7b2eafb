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
      way = wayFor(names.length, client.heldQueries(), way);
      followers.want(way === 'multiplexed' ? names : []);
      sweep.setActive(way === 'bells');
      if (way === 'bells') return [bells.checks()];
      return way === 'multiplexed' ? [] : names.map((name) => serviceQuery(name, state, common));
    },
  };
}

/** @param heldQueries What few connections can hold together; 0 where each query takes a whole one. */
function wayFor(services: number, heldQueries: number, before: Way): Way {
  const most = (before === 'bells' ? RETURN_SHARE : 1) * heldQueries - GENERAL_QUERIES;
  if (heldQueries > 0 && services <= most) return 'multiplexed';
  return services <= MAX_CONNECTIONS ? 'one by one' : 'bells';
}
