import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import type { CatalogSnapshot, ServiceInstance } from '../../../src/domain/catalog.ts';
import { beginGuard, type GuardedCatalog, type GuardMoment, guardCatalog } from '../../../src/routing/catalog-guard.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const PLACES = ['a', 'b', 'c'].flatMap((node) =>
  ['web', 'api', 'shop', 'mail', 'consul'].map((service) => anInstance({ service, node, id: service })),
);

/** What Consul says at some moment, and how far it can be relied upon. */
interface Step {
  readonly has: readonly ServiceInstance[];
  readonly nodes: readonly string[];
  readonly trust: CatalogSnapshot['trust'];
  readonly isFiltered: boolean;
  readonly afterMs: number;
  /** Whether everything has just been read anew. */
  readonly isConfirmation: boolean;
}

const step: fc.Arbitrary<Step> = fc.record({
  has: fc.oneof(fc.subarray(PLACES), fc.constant(PLACES), fc.constant([])),
  nodes: fc.oneof(fc.subarray(['a', 'b', 'c']), fc.constant(['a', 'b', 'c'])),
  trust: fc.constantFrom<CatalogSnapshot['trust'][]>('confirmed', 'confirmed', 'doubtful'),
  isFiltered: fc.oneof({ weight: 9, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
  afterMs: fc.constantFrom(0, 10, 100, 1_000, 6_000, 12_000),
  isConfirmation: fc.boolean(),
});

interface Played {
  readonly before: GuardedCatalog;
  readonly after: GuardedCatalog;
  readonly reading: CatalogSnapshot;
  readonly moment: GuardMoment;
}

/** Plays a story that begins with everything in its place. */
function play(steps: readonly Step[], believesSingles: boolean): readonly Played[] {
  let guarded = beginGuard(aCatalog(PLACES));
  let nowMs = 0;
  let confirmedMs = 0;
  return steps.map(({ has, nodes, trust, isFiltered, afterMs, isConfirmation }) => {
    nowMs += afterMs;
    if (isConfirmation && trust === 'confirmed') confirmedMs = nowMs;
    const reading = aCatalog(has, { nodes: new Set(nodes), trust, isFiltered, confirmedMs });
    const moment = { nowMs, lastOutageMs: Number.NEGATIVE_INFINITY, believesSingles };
    const before = guarded;
    guarded = guardCatalog(before, reading, moment);
    return { before, after: guarded, reading, moment };
  });
}

const keysOf = ({ services }: Pick<CatalogSnapshot, 'services'>) =>
  new Set([...services].flatMap(([name, all]) => all.map(({ node, id }) => `${name} ${node} ${id}`)));
const heldKeys = ({ held }: GuardedCatalog) =>
  new Set(held.map(({ instance: { service, node, id } }) => `${service} ${node} ${id}`));

const always = (holds: (played: Played) => boolean) =>
  fc.assert(
    fc.property(fc.array(step, { minLength: 1, maxLength: 12 }), fc.boolean(), (steps, believesSingles) =>
      play(steps, believesSingles).every(holds),
    ),
    { numRuns: 1_000 },
  );

describe('the guard, whatever Consul says', () => {
  it('has just what the reading has and what is held', () =>
    always(({ after, reading }) => {
      const expected = keysOf(reading).union(heldKeys(after));
      return keysOf(after.catalog).symmetricDifference(expected).size === 0;
    }));

  it('holds only what it had, and what the reading lacks: nothing comes back from the dead', () =>
    always(
      ({ before, after, reading }) =>
        heldKeys(after).isSubsetOf(keysOf(before.catalog)) && heldKeys(after).isDisjointFrom(keysOf(reading)),
    ));

  it('loses nothing to a doubtful reading, nor to one that sees not a single node', () =>
    always(
      ({ before, after, reading }) =>
        (reading.trust === 'confirmed' && reading.nodes.size > 0) ||
        keysOf(before.catalog).isSubsetOf(keysOf(after.catalog)),
    ));

  it('never loses more than half of the catalog at once, unless a second reading says so', () =>
    always(({ before, after, reading }) => {
      const lost = keysOf(before.catalog).difference(keysOf(after.catalog));
      const confirmed = before.held.filter(({ sinceMs }) => reading.confirmedMs - sinceMs >= 10_000).length;
      return (lost.size - confirmed) * 2 <= keysOf(before.catalog).size;
    }));

  it('never takes a service from one to none at once, unless single losses are always believed', () =>
    always(({ before, after, moment }) => {
      if (moment.believesSingles) return true;
      const held = heldKeys(before);
      const gone = [...before.catalog.services].filter(
        ([name, all]) => all.length > 0 && (after.catalog.services.get(name) ?? []).length === 0,
      );
      // What goes was missing for a while by then.
      return gone.every(([name, all]) => all.every(({ node, id }) => held.has(`${name} ${node} ${id}`)));
    }));

  it('says of everything that it holds when it will look again, or that it wants a confirmation', () =>
    always(({ after, moment }) => {
      const isSettling = after.held.some(({ cause }) => cause === 'settling');
      const isLasting = after.held.some(({ cause }) => cause !== 'settling');
      return (
        (after.unprovenMs !== undefined) === isLasting &&
        (after.unprovenMs ?? 0) <= moment.nowMs &&
        (after.reviewMs === undefined) === !isSettling &&
        (after.reviewMs ?? Number.POSITIVE_INFINITY) > moment.nowMs
      );
    }));

  it('ends with what Consul has, once that is seen as it is for long enough', () =>
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), fc.subarray(PLACES), (steps, truth) => {
        const has = truth.some(({ service }) => service === 'consul') ? truth : [...truth, ...PLACES.slice(4, 5)];
        const steady: Step = {
          ...{ has, nodes: ['a', 'b', 'c'], trust: 'confirmed', isFiltered: false, afterMs: 12_000 },
          isConfirmation: true,
        };
        const last = play([...steps, steady, steady, steady], false).at(-1);
        return last !== undefined && last.after.held.length === 0 && last.after.catalog === last.reading;
      }),
      { numRuns: 1_000 },
    ));
});
