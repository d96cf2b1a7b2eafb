import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CatalogSnapshot } from '../../../src/domain/catalog.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { CatalogStore } from '../../../src/routing/contracts.ts';
import { createGuardedSource, type GuardedSource } from '../../../src/routing/guarded-source.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { createHandDrivenCatalog, type HandDrivenCatalog } from '../../support/hand-driven-catalog.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';
import { createRecordingObserver, type RecordingObserver } from '../../support/recording-observer.ts';

const web = anInstance();
const consul = ['a', 'b', 'c'].map((node) => anInstance({ service: 'consul', id: 'consul', node }));
const services = ['api', 'shop'].map((service) => anInstance({ service, id: service }));
const ALL = [web, ...services, ...consul];
const nodes = new Set(['node-a', 'a', 'b', 'c']);

let clock: FakeClock;
let log: RecordingLog;
let catalog: HandDrivenCatalog;
let observer: RecordingObserver;
let guarded: GuardedSource;
let ending: AbortController;
let running: Promise<void>;
let saved: CatalogSnapshot[];
let loads: () => Promise<CatalogSnapshot | undefined>;
let failSaving: Error | undefined;

beforeEach(() => {
  clock = createFakeClock();
  log = createRecordingLog();
  catalog = createHandDrivenCatalog();
  observer = createRecordingObserver();
  ending = new AbortController();
  saved = [];
  loads = async () => undefined;
  failSaving = undefined;
});

afterEach(async () => {
  ending.abort();
  await running;
});

async function follow(isKept = false): Promise<void> {
  const store: CatalogStore = {
    load: () => loads(),
    save: async (one) => {
      if (failSaving !== undefined) throw failSaving;
      saved.push(one);
    },
  };
  const source = { source: catalog, clock, log, believesSingles: false };
  guarded = createGuardedSource({ ...source, ...(isKept && { store }) });
  running = guarded.follow(observer, ending.signal);
  await clock.advance(0);
}

async function publish(instances: readonly ReturnType<typeof anInstance>[], over: Partial<CatalogSnapshot> = {}) {
  catalog.publish(aCatalog(instances, { nodes, ...over }));
  await clock.advance(0);
}

const told = () =>
  observer.snapshots.map(({ services: all }) =>
    [...all.values()]
      .flat()
      .map(({ id }) => id)
      .toSorted(),
  );
const ids = (instances: readonly { readonly id: string }[]) => instances.map(({ id }) => id).toSorted();

describe('a guarded catalog', () => {
  beforeEach(async () => {
    await follow();
    await publish(ALL);
  });

  it('tells what it is told, and each outage', async () => {
    const outage = new PortolanError('CONSUL_UNREACHABLE', 'cannot reach Consul');
    catalog.fail(outage);
    expect([told(), observer.outages, guarded.held()]).toEqual([[ids(ALL)], [outage], []]);
  });

  it('lets the last of a service go when nothing went with it, without another reading', async () => {
    const left = ALL.filter((instance) => instance !== web);
    await publish(left);
    await clock.advance(249);
    expect(told().at(-1)).toEqual(ids(ALL));
    await clock.advance(1);
    expect(told().at(-1)).toEqual(ids(left));
    expect(log.lines).toEqual([]);
  });

  it('says what it holds and why, asks for a confirmation, and says when it is over', async () => {
    await publish(consul);
    expect(told().at(-1)).toEqual(ids(ALL));
    expect(catalog.confirmations).toBeGreaterThan(0);
    await clock.advance(9_000);
    await publish(consul, { confirmedMs: 9_000 });
    expect(told().at(-1)).toEqual(ids(ALL));
    await clock.advance(9_000);
    await publish(consul, { confirmedMs: 18_000 });
    expect(told().at(-1)).toEqual(ids(consul));
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'instances are missing from the catalog and kept for now',
        facts: {
          instances: 3,
          services: ['api', 'shop', 'web'],
          because: 'its node lost half of what it had, or more, at once',
        },
      },
      {
        level: 'info',
        message: 'instances are no longer kept: they are back, or gone for good',
        facts: { instances: 3, left: 0 },
      },
    ]);
  });

  it('lets go by command: one service, then all', async () => {
    await publish(consul);
    expect(guarded.release('web').map(({ instance }) => instance.id)).toEqual(['web-1']);
    expect(told().at(-1)).toEqual(ids([...services, ...consul]));
    expect(guarded.release('web')).toEqual([]);
    expect(ids(guarded.release().map(({ instance }) => instance))).toEqual(['api', 'shop']);
    expect([told().at(-1), guarded.held()]).toEqual([ids(consul), []]);
  });

  it('lets go by time, where Consul answers and only never confirms anything', async () => {
    await publish(consul, { trust: 'doubtful' });
    await clock.advance(299_000);
    expect(told().at(-1)).toEqual(ids(ALL));
    await clock.advance(31_000);
    expect(told().at(-1)).toEqual(ids(consul));
  });

  it('does not let go by time while Consul fails again and again', async () => {
    await publish(consul, { trust: 'doubtful' });
    for (let passedMs = 0; passedMs < 600_000; passedMs += 20_000) {
      catalog.fail(new Error('down'));
      await clock.advance(20_000);
    }
    expect(told().at(-1)).toEqual(ids(ALL));
  });
});

describe('a catalog that is kept over restarts', () => {
  const old = aCatalog(ALL, { nodes, trust: 'doubtful', staleMs: 60_000, confirmedMs: Number.NEGATIVE_INFINITY });

  it('is told when Consul cannot be reached at the start, and said to be old', async () => {
    loads = async () => old;
    await follow(true);
    expect(told()).toEqual([]);
    catalog.fail(new Error('down'));
    catalog.fail(new Error('down'));
    expect(observer.snapshots).toEqual([old]);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'Consul does not answer yet; routes are made of the saved catalog',
        facts: { ageS: 60 },
      },
    ]);
  });

  it('is told when Consul is silent for a second', async () => {
    loads = async () => old;
    await follow(true);
    await clock.advance(999);
    expect(told()).toEqual([]);
    await clock.advance(1);
    expect(observer.snapshots).toEqual([old]);
  });

  it('is not told when Consul answers, but what it lacks then is judged by it', async () => {
    loads = async () => old;
    await follow(true);
    await publish(consul);
    expect(told()).toEqual([ids(ALL)]);
    expect(ids(guarded.held().map(({ instance }) => instance))).toEqual(['api', 'shop', 'web-1']);
    await clock.advance(5_000);
    expect(observer.snapshots).toHaveLength(1);
  });

  it('does not keep the start from going on when it cannot be used', async () => {
    loads = async () => {
      throw new PortolanError('STATE_INVALID', 'catalog.json is torn');
    };
    await follow(true);
    await publish(ALL);
    expect(told()).toEqual([ids(ALL)]);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'the saved catalog cannot be used; routes wait for Consul',
        facts: { code: 'STATE_INVALID', error: 'catalog.json is torn' },
      },
    ]);
  });

  it('is saved when it changes, at most every 5 s, and once more at the end', async () => {
    await follow(true);
    await publish(ALL);
    expect(saved).toHaveLength(1);
    await publish([...ALL, anInstance({ id: 'web-2' })]);
    await publish([...ALL, anInstance({ id: 'web-3' })]);
    await clock.advance(4_999);
    expect(saved).toHaveLength(1);
    await clock.advance(1);
    expect(saved).toHaveLength(2);
    await publish([...ALL, anInstance({ id: 'web-4' })]);
    ending.abort();
    await running;
    expect(saved.map(({ services: all }) => all.get('web')?.map(({ id }) => id))).toEqual([
      ['web-1'],
      ['web-1', 'web-3'],
      ['web-1', 'web-4'],
    ]);
  });

  it('is not saved while it is doubtful', async () => {
    await follow(true);
    await publish(ALL, { trust: 'doubtful' });
    await clock.advance(60_000);
    expect(saved).toEqual([]);
  });

  it('is saved later when it cannot be now, which is said once', async () => {
    failSaving = new PortolanError('FILE_UNWRITABLE', 'the disk is full');
    await follow(true);
    await publish(ALL);
    await clock.advance(65_000);
    failSaving = undefined;
    await clock.advance(30_000);
    expect(saved).toHaveLength(1);
    expect(log.lines.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warn the catalog cannot be saved; a restart without Consul would know an older one',
      'info the catalog can be saved again',
    ]);
  });
});
