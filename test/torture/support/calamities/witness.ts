import type { CatalogSnapshot } from '../../../../src/domain/catalog.ts';
import { routingModel } from '../../../../src/routing/routing-model.ts';

/** One instance that was put into Consul. No two, and no two versions of one, have the same address. */
export interface Placed {
  readonly service: string;
  /** `IP:PORT`. */
  readonly address: string;
  /** Whether its check passes, or it has none. */
  readonly isWell: boolean;
}

/** How the routes differ from the truth. */
export interface RoutesDifference {
  readonly expected: Routes;
  readonly actual: Routes;
}

/** The addresses of each service that has any, sorted. */
export type Routes = Readonly<Record<string, readonly string[]>>;

/**
 * Knows what was done to the catalog, looks at each snapshot that is told, and complains where
 * - an instance that is registered and well, and had been routed as such, is not routed any more; or a service that has
 *   such an instance, and had been routed, has no route;
 * - an instance that is deregistered is routed after it had gone, or for the first time long after it was deregistered.
 * It shares no code with the guard, and does not know what goes wrong.
 */
export interface Witness {
  /** Before the first request that registers it, for the first time or anew, or turns its check. */
  registering(placed: Placed): void;
  /** Before the first request that deregisters it. */
  deregistering(address: string): void;
  deregistered(address: string): void;
  look(snapshot: CatalogSnapshot): void;
  readonly complaints: readonly string[];
  complain(complaint: string): void;
  /** Between the snapshot that was told last and the truth. */
  difference(): RoutesDifference | undefined;
  /** Whether one of these is routed. */
  isRouted(addresses: readonly string[]): boolean;
}

interface Known extends Placed {
  isWanted: boolean;
  isWell: boolean;
  /** Was routed while it was wanted and well. */
  isDue: boolean;
  /** Was routed, and is not any more after it was deregistered. */
  hasGone: boolean;
  isRouted: boolean;
  deregisteredMs: number;
}

/** An answer that was on its way when an instance went may still show it. */
const ON_ITS_WAY_MS = 1_500;

/** @param say is told of each complaint at once. */
export function createWitness(say: (complaint: string) => void): Witness {
  const known = new Map<string, Known>();
  const complaints: string[] = [];
  let routes: Routes = {};
  const complain = (complaint: string): void => {
    complaints.push(complaint);
    say(`!! ${complaint}`);
  };
  const change = (address: string, over: Partial<Known>): void => {
    Object.assign(known.get(address) as Known, over);
  };

  return {
    complaints,
    complain,
    registering: (placed) => {
      const before = known.get(placed.address) ?? { isDue: false, isRouted: false };
      const isDue = before.isDue && placed.isWell;
      const deregisteredMs = Number.POSITIVE_INFINITY;
      known.set(placed.address, { ...before, ...placed, isDue, isWanted: true, hasGone: false, deregisteredMs });
    },
    deregistering: (address) => change(address, { isWanted: false, isDue: false }),
    deregistered: (address) => change(address, { deregisteredMs: performance.now() }),
    look: (snapshot) => {
      const before = routes;
      routes = routesOf(snapshot);
      const routed = new Set(Object.values(routes).flat());
      for (const address of routed) if (!known.has(address)) complain(`${address} is routed and was never registered`);
      for (const one of known.values()) lookAt(one, routed.has(one.address), complain);
      for (const service of Object.keys(before)) {
        const isDue = [...known.values()].some((one) => one.service === service && one.isWanted && one.isWell);
        if (isDue && routes[service] === undefined) complain(`${service} has no route any more`);
      }
    },
    difference: () => {
      const expected = truthOf([...known.values()]);
      return JSON.stringify(expected) === JSON.stringify(routes) ? undefined : { expected, actual: routes };
    },
    isRouted: (addresses) => addresses.some((address) => known.get(address)?.isRouted === true),
  };
}

function lookAt(one: Known, isRouted: boolean, complain: (complaint: string) => void): void {
  const { service, address, isWanted, isWell, isDue, hasGone } = one;
  const name = `${service} at ${address}`;
  if (isWanted && isWell) {
    if (isDue && !isRouted) complain(`${name} is lost`);
    one.isDue = isRouted;
  }
  if (!isWanted) {
    const isLate = !one.isRouted && performance.now() - one.deregisteredMs > ON_ITS_WAY_MS;
    if (isRouted && (hasGone || isLate)) complain(`${name} is back and was deregistered`);
    one.hasGone = !isRouted && (hasGone || one.isRouted);
  }
  one.isRouted = isRouted;
}

/** Those that are well, or all where none is. */
function truthOf(known: readonly Known[]): Routes {
  const byService = Map.groupBy(
    known.filter(({ isWanted }) => isWanted),
    ({ service }) => service,
  );
  const pairs = [...byService].map(([service, all]) => {
    const well = all.filter(({ isWell }) => isWell);
    return [service, (well.length > 0 ? well : all).map(({ address }) => address).toSorted()] as const;
  });
  return Object.fromEntries(pairs.toSorted(byName));
}

function routesOf(snapshot: CatalogSnapshot): Routes {
  const { model } = routingModel(snapshot, { routeTag: undefined });
  const pairs = model.services
    .filter(({ servers }) => servers.length > 0)
    .map(({ name, servers }) => [name, servers.map(({ address, port }) => `${address}:${port}`).toSorted()] as const);
  return Object.fromEntries(pairs.toSorted(byName));
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}
