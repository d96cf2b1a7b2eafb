import { describe, expect, it } from 'vitest';
import type { CatalogSnapshot, ServiceInstance } from '../../../src/domain/catalog.ts';
import {
  beginGuard,
  type GuardedCatalog,
  type GuardMoment,
  guardCatalog,
  releaseHeld,
} from '../../../src/routing/catalog-guard.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

/** `SERVICE@NODE`; more of one service on a node are told apart by `#2`. */
function instance(text: string): ServiceInstance {
  const [, service = '', node = '', number = ''] = /^(\w+)@(\w+)(?:#(\d+))?$/.exec(text) ?? [];
  return anInstance({ service, node, id: `${service}${number}` });
}

const nameOf = ({ service, node, id }: ServiceInstance) =>
  `${service}@${node}${id === service ? '' : `#${id.slice(service.length)}`}`;

function reading(texts: readonly string[], over: Partial<CatalogSnapshot> = {}): CatalogSnapshot {
  return aCatalog(texts.map(instance), { nodes: new Set(['a', 'b', 'c']), ...over });
}

const MOMENT: GuardMoment = { nowMs: 100_000, lastOutageMs: Number.NEGATIVE_INFINITY, believesSingles: false };
const at = (ms: number, over: Partial<GuardMoment> = {}): GuardMoment => ({ ...MOMENT, nowMs: 100_000 + ms, ...over });

/** What there is, sorted, and `SERVICE@NODE cause` of what is held. */
function gist({ catalog, held }: GuardedCatalog) {
  return {
    has: [...catalog.services.values()].flat().map(nameOf).toSorted(),
    held: held.map(({ instance: one, cause }) => `${nameOf(one)} ${cause}`).toSorted(),
  };
}

/** Three hosts with four services each; `web` and `api` run on two of them. */
const CLUSTER = [
  ...['web@a', 'api@a', 'consul@a', 'cache@a'],
  ...['web@b', 'api@b', 'consul@b', 'mail@b', 'queue@b'],
  ...['shop@c', 'pay@c', 'consul@c', 'logs@c'],
];
const without = (...gone: readonly string[]) => CLUSTER.filter((text) => !gone.includes(text));
const cluster = beginGuard(reading(CLUSTER));
const lacking = (gone: readonly string[], over: Partial<CatalogSnapshot> = {}, moment = MOMENT) =>
  guardCatalog(cluster, reading(without(...gone), over), moment);

describe('a reading that can be relied upon', () => {
  it('is the catalog where nothing is missing', () => {
    const next = reading([...CLUSTER, 'new@a']);
    expect(guardCatalog(cluster, next, MOMENT).catalog).toBe(next);
  });

  it('takes away at once what was deregistered while others of its service stay', () => {
    const after = lacking(['web@a']);
    expect(gist(after)).toEqual({ has: without('web@a').toSorted(), held: [] });
    expect([after.reviewMs, after.unprovenMs]).toEqual([undefined, undefined]);
  });

  it('is believed in an instance that says that it is critical', () => {
    const critical = aCatalog([{ ...instance('web@a'), status: 'critical' }], { nodes: new Set(['a']) });
    const after = guardCatalog(beginGuard(reading(['web@a'])), critical, MOMENT);
    expect(after.catalog).toBe(critical);
  });

  it('takes an instance that has another service name now for moved, not for lost', () => {
    const moved = aCatalog([{ ...instance('web@a'), service: 'shop' }], { nodes: new Set(['a']) });
    expect(guardCatalog(beginGuard(reading(['web@a'])), moved, MOMENT).catalog).toBe(moved);
  });

  it('waits a moment with the last of a service, whether more goes with it, and lets it go then', () => {
    const after = lacking(['cache@a']);
    expect(gist(after).held).toEqual(['cache@a settling']);
    expect([after.reviewMs, after.unprovenMs]).toEqual([MOMENT.nowMs + 250, undefined]);
    const next = reading(without('cache@a'));
    expect(gist(guardCatalog(after, next, at(249))).held).toEqual(['cache@a settling']);
    expect(guardCatalog(after, next, at(250)).catalog).toBe(next);
  });

  it('keeps the last of a service that is still listed, until it is not', () => {
    const listed = [...reading(CLUSTER).names];
    const contradictory = reading(without('cache@a'), { names: new Map(listed) });
    const settling = guardCatalog(cluster, contradictory, at(0));
    const after = guardCatalog(settling, contradictory, at(250));
    expect([gist(after).held, after.unprovenMs]).toEqual([['cache@a contradicted'], MOMENT.nowMs]);
    const again = guardCatalog(after, contradictory, at(5_000));
    expect(gist(again).held).toEqual(['cache@a contradicted']);
    const next = reading(without('cache@a'));
    expect(guardCatalog(again, next, at(5_100)).catalog).toBe(next);
    const confirmed = { ...contradictory, confirmedMs: at(10_000).nowMs };
    expect(guardCatalog(again, confirmed, at(10_100)).catalog).toBe(confirmed);
  });

  it('shows what is held where it was, in the order of its place', () => {
    const before = beginGuard(reading(['web@a', 'web@b', 'web@b#2']));
    const after = guardCatalog(before, reading(['web@b'], { trust: 'doubtful' }), MOMENT);
    expect(after.catalog.services.get('web')?.map(nameOf)).toEqual(['web@a', 'web@b', 'web@b#2']);
  });

  it('keeps the name of a service of which everything is held, with its tags', () => {
    const before = beginGuard(aCatalog([{ ...instance('web@a'), tags: ['eu'] }, instance('zoo@a')]));
    const after = guardCatalog(before, aCatalog([instance('zoo@a')], { trust: 'doubtful' }), MOMENT);
    expect([...after.catalog.names]).toEqual([
      ['web', ['eu']],
      ['zoo', []],
    ]);
  });
});

describe('a collapse', () => {
  it('of a node is held where a service would fall to none, and let go where it has others', () => {
    const after = lacking(['web@a', 'api@a', 'cache@a']);
    expect(gist(after)).toEqual({
      has: without('web@a', 'api@a').toSorted(),
      held: ['cache@a node-emptied'],
    });
    expect(after.unprovenMs).toBe(MOMENT.nowMs);
  });

  it('of a node is seen although its services go one by one', () => {
    let guarded = cluster;
    const gone: string[] = [];
    for (const [step, next] of ['mail@b', 'queue@b', 'web@b'].entries()) {
      gone.push(next);
      guarded = guardCatalog(guarded, reading(without(...gone)), at(step * 100));
    }
    expect(gist(guarded).held).toEqual(['mail@b node-emptied', 'queue@b node-emptied']);
  });

  it('of a node begins with half of what it had', () => {
    expect(gist(lacking(['cache@a', 'api@a'])).held).toEqual(['cache@a node-emptied']);
  });

  it('is measured by what the node had before the first of them went', () => {
    const seven = ['web', 'api', 'shop', 'pay', 'logs', 'mail', 'cache'].map((service) => `${service}@a`);
    const others = ['web@b', 'api@b', 'x@b', 'y@b', 'z@b'];
    let guarded = beginGuard(reading([...seven, ...others]));
    for (let gone = 1; gone <= 3; gone++) {
      guarded = guardCatalog(guarded, reading([...seven.slice(gone), ...others]), at(gone * 100));
    }
    expect(gist(guarded).held).toEqual(['shop@a settling']);
  });

  it('keeps the first losses of a node no longer than 2 s, however long it goes on', () => {
    const many = Array.from({ length: 40 }, (_, i) => `s${i}@a`);
    let guarded = beginGuard(reading([...many, 'consul@b']));
    for (let gone = 1; gone <= 11; gone++) {
      guarded = guardCatalog(guarded, reading([...many.slice(gone), 'consul@b']), at((gone - 1) * 200));
    }
    expect(gist(guarded).held).toHaveLength(10);
    expect(gist(guarded).held).not.toContain('s0@a settling');
  });

  it('is not what goes by and by', () => {
    const first = guardCatalog(cluster, reading(without('mail@b')), at(0));
    const settled = guardCatalog(first, reading(without('mail@b')), at(250));
    const second = guardCatalog(settled, reading(without('mail@b', 'queue@b')), at(260));
    expect(gist(guardCatalog(second, reading(without('mail@b', 'queue@b')), at(510))).held).toEqual([]);
  });

  it('of a node that has gone itself is held where a service would fall to none', () => {
    const after = lacking(['web@a', 'api@a', 'consul@a', 'cache@a'], { nodes: new Set(['b', 'c']) });
    expect(gist(after).held).toEqual(['cache@a node-gone']);
  });

  it('of more than half of the catalog is held whole', () => {
    const gone = CLUSTER.filter((text) => text.endsWith('@a') || text.endsWith('@b')).filter(
      (text) => !text.startsWith('consul'),
    );
    const after = lacking(gone);
    expect(gist(after).held).toEqual(gone.map((text) => `${text} catalog-emptied`).toSorted());
  });

  it('of more than half is held from there on also when it comes within some seconds', () => {
    const replicas = Array.from({ length: 8 }, (_, i) => `web@n${i}`);
    const nodes = new Set(replicas.map((text) => text.slice(4)));
    let guarded = beginGuard(reading([...replicas, 'consul@a'], { nodes: new Set([...nodes, 'a']) }));
    for (let gone = 1; gone <= 6; gone++) {
      const left = reading([...replicas.slice(gone), 'consul@a'], { nodes: new Set([...nodes, 'a']) });
      guarded = guardCatalog(guarded, left, at(gone * 600));
    }
    expect(gist(guarded).held).toEqual(['web@n4 catalog-emptied', 'web@n5 catalog-emptied']);
  });

  it('is not what goes slowly, however much it is', () => {
    const replicas = Array.from({ length: 8 }, (_, i) => `web@n${i}`);
    const nodes = new Set([...replicas.map((text) => text.slice(4)), 'a']);
    let guarded = beginGuard(reading([...replicas, 'consul@a'], { nodes }));
    for (let gone = 1; gone <= 6; gone++) {
      guarded = guardCatalog(guarded, reading([...replicas.slice(gone), 'consul@a'], { nodes }), at(gone * 5_000));
    }
    expect(gist(guarded)).toEqual({ has: ['consul@a', 'web@n6', 'web@n7'], held: [] });
  });

  it('of a host with one service is held, or believed where single losses always are', () => {
    const before = beginGuard(reading(['web@a', 'consul@b', 'consul@c']));
    const after = reading(['consul@b', 'consul@c']);
    expect(gist(guardCatalog(before, after, MOMENT)).held).toEqual(['web@a node-emptied']);
    expect(gist(guardCatalog(before, after, at(0, { believesSingles: true }))).held).toEqual([]);
  });

  it('of several hosts with one service each is held also where single losses are believed', () => {
    const hosts = ['w@a', 'x@b', 'y@c', 'z@d', 'consul@e'];
    const nodes = new Set(['a', 'b', 'c', 'd', 'e']);
    const before = beginGuard(reading(hosts, { nodes }));
    const after = guardCatalog(before, reading(['z@d', 'consul@e'], { nodes }), at(0, { believesSingles: true }));
    expect(gist(after).held).toEqual(['w@a catalog-emptied', 'x@b catalog-emptied', 'y@c catalog-emptied']);
  });

  it('is held also where single losses are believed', () => {
    const after = lacking(['cache@a', 'web@a', 'api@a'], {}, at(0, { believesSingles: true }));
    expect(gist(after).held).toEqual(['cache@a node-emptied']);
  });
});

describe('the end of a hold', () => {
  const held = lacking(['web@a', 'api@a', 'cache@a']);
  const missing = without('web@a', 'api@a', 'cache@a');
  const confirmedAfter = (ms: number) => ({ confirmedMs: MOMENT.nowMs + ms });

  it('is a reading of everything 10 s later that lacks it as well', () => {
    expect(gist(guardCatalog(held, reading(missing, confirmedAfter(9_999)), at(11_000))).held).toEqual([
      'cache@a node-emptied',
    ]);
    expect(gist(guardCatalog(held, reading(missing, confirmedAfter(10_000)), at(11_000))).held).toEqual([]);
  });

  it('makes nothing else suspicious', () => {
    const gone = CLUSTER.filter((text) => /@[ab]$/.test(text) && !text.startsWith('consul'));
    const collapsed = lacking(gone);
    const proven = guardCatalog(collapsed, reading(without(...gone), confirmedAfter(10_000)), at(10_100));
    expect(gist(proven).held).toEqual([]);
    const next = guardCatalog(proven, reading(without(...gone, 'pay@c'), confirmedAfter(10_000)), at(10_200));
    expect(gist(next).held).toEqual(['pay@c settling']);
  });

  it('is its coming back', () => {
    const back = reading(without('web@a', 'api@a'));
    expect(guardCatalog(held, back, at(5_000)).catalog).toBe(back);
  });

  it('is not a reading that only repeats it', () => {
    expect(gist(guardCatalog(held, reading(missing), at(60_000))).held).toEqual(['cache@a node-emptied']);
  });

  it('is time, where Consul answered steadily without ever showing it', () => {
    const doubtful = reading(missing, { trust: 'doubtful' });
    expect(gist(guardCatalog(held, doubtful, at(299_999))).held).toEqual(['cache@a doubtful']);
    expect(gist(guardCatalog(held, doubtful, at(300_000))).held).toEqual([]);
    const failing = at(300_000, { lastOutageMs: MOMENT.nowMs + 270_001 });
    expect(gist(guardCatalog(held, doubtful, failing)).held).toEqual(['cache@a doubtful']);
    const stale = reading(missing, { trust: 'doubtful', staleMs: 1 });
    expect(gist(guardCatalog(held, stale, at(300_000))).held).toEqual(['cache@a doubtful']);
  });

  it('is somebody who says that it is gone: for one service, or for all', () => {
    const both = lacking(['cache@a', 'shop@c'], { trust: 'doubtful' });
    const now = reading(without('cache@a', 'shop@c'));
    expect(gist(releaseHeld(both, now, 'shop'))).toEqual({
      has: without('shop@c').toSorted(),
      held: ['cache@a doubtful'],
    });
    expect(releaseHeld(both, now).catalog).toBe(now);
    expect(gist(guardCatalog(releaseHeld(both, now), now, at(1_000))).held).toEqual([]);
  });
});

describe('a doubtful reading', () => {
  it('takes nothing away', () => {
    const after = guardCatalog(
      cluster,
      reading([], { trust: 'doubtful', nodes: new Set(['a']), names: new Map([['consul', []]]) }),
      MOMENT,
    );
    expect(gist(after).has).toEqual(CLUSTER.toSorted());
    expect(new Set(after.held.map(({ cause }) => cause))).toEqual(new Set(['doubtful']));
  });

  it('is believed in what it has', () => {
    const after = guardCatalog(cluster, reading([...without('web@a'), 'new@c'], { trust: 'doubtful' }), MOMENT);
    expect(gist(after).has).toContain('new@c');
  });

  it('leaves what it lacked unconfirmed until a reading 10 s after the loss', () => {
    const lost = lacking(['cache@a'], { trust: 'doubtful' });
    const early = guardCatalog(lost, reading(without('cache@a'), { confirmedMs: MOMENT.nowMs + 4_000 }), at(4_100));
    expect([gist(early).held, early.unprovenMs]).toEqual([['cache@a unconfirmed'], MOMENT.nowMs]);
    const late = guardCatalog(early, reading(without('cache@a'), { confirmedMs: MOMENT.nowMs + 14_000 }), at(14_100));
    expect(gist(late).held).toEqual([]);
  });
});

describe('a service that cannot be read', () => {
  const unreadable = new Map([['cache', 'its answer makes no sense']]);

  it('keeps what was known of it, whatever confirms the reading, until it can be read', () => {
    const after = lacking(['cache@a'], { unreadable, confirmedMs: MOMENT.nowMs + 60_000 });
    expect([gist(after).held, after.unprovenMs]).toEqual([['cache@a unreadable'], undefined]);
    const readable = guardCatalog(after, reading(without('cache@a')), at(1_000));
    expect([gist(readable).held, readable.unprovenMs]).toEqual([['cache@a unconfirmed'], MOMENT.nowMs]);
  });
});

describe('a blind reading', () => {
  it.each([
    { sees: 'not even a node', over: { nodes: new Set<string>() } },
    { sees: 'not even Consul itself', over: { names: new Map() } },
    { sees: 'what Consul says is filtered, as never before', over: { isFiltered: true } },
  ])('that sees $sees takes nothing away, whatever confirms it', ({ over }) => {
    const blind = { ...over, confirmedMs: MOMENT.nowMs + 60_000 };
    const after = lacking(['cache@a'], blind);
    expect([gist(after).held, after.unprovenMs]).toEqual([['cache@a blind'], MOMENT.nowMs]);
    const later = guardCatalog(after, reading(without('cache@a'), blind), at(400_000));
    // Or one reading would follow the other without a pause.
    expect([gist(later).held, later.unprovenMs]).toEqual([['cache@a blind'], MOMENT.nowMs + 400_000]);
  });

  it('is over when Consul shows again what it had, and what is missing then is looked for once more', () => {
    const after = lacking(['cache@a'], { nodes: new Set() });
    const seeing = guardCatalog(after, reading(without('cache@a')), at(1_000));
    expect(gist(seeing).held).toEqual(['cache@a unconfirmed']);
  });

  it('has proved nothing when it is over, however often it was confirmed', () => {
    const after = lacking(['cache@a'], { nodes: new Set() });
    const seeing = reading(without('cache@a'), { confirmedMs: at(50_000).nowMs });
    const first = guardCatalog(after, seeing, at(60_000));
    expect(gist(first).held).toEqual(['cache@a unconfirmed']);
    const early = { ...seeing, confirmedMs: at(69_999).nowMs };
    expect(gist(guardCatalog(first, early, at(70_500))).held).toEqual(['cache@a unconfirmed']);
    const confirmed = { ...seeing, confirmedMs: at(70_000).nowMs };
    expect(guardCatalog(first, confirmed, at(70_500)).catalog).toBe(confirmed);
  });

  it.each([
    { of: 'a catalog without nodes', over: { nodes: new Set<string>() } },
    { of: 'a filtered catalog', over: { isFiltered: true } },
  ])('is not one $of that was so from the beginning', ({ over }) => {
    const before = beginGuard(reading(['web@a', 'web@b'], over));
    expect(gist(guardCatalog(before, reading(['web@a', 'web@b'], over), MOMENT)).held).toEqual([]);
  });

  it('is the new measure once somebody lets everything go', () => {
    const blind = { nodes: new Set<string>() };
    const after = lacking(['cache@a'], blind);
    const now = reading(without('cache@a'), blind);
    const released = releaseHeld(after, now);
    expect(gist(guardCatalog(released, reading(without('cache@a', 'web@a'), blind), at(1_000))).held).toEqual([]);
  });
});
