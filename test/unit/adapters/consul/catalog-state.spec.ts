import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogState, createCatalogState } from '../../../../src/adapters/consul/catalog-state.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { anInstance } from '../../../support/instances.ts';
import { createRecordingObserver, gist, type RecordingObserver } from '../../../support/recording-observer.ts';

const web1 = anInstance();
const web2 = anInstance({ id: 'web-2' });
const api = anInstance({ service: 'api', id: 'api-1' });

let clock: FakeClock;
let observer: RecordingObserver;
let state: CatalogState;

beforeEach(() => {
  clock = createFakeClock();
  observer = createRecordingObserver();
  state = createCatalogState(observer, clock);
  state.listNodes(new Set(['node-a']));
});

function retain(...names: readonly string[]): void {
  state.retain(new Set(names));
}

const gists = () => observer.snapshots.map(gist);
const confirmed = (services: Readonly<Record<string, readonly string[]>>) => ({ trust: 'confirmed', services });

/** Both services, read. */
function readBoth(): void {
  retain('web', 'api');
  state.update('web', [web1]);
  state.update('api', [api]);
}

describe('a catalog put together of single answers', () => {
  it('tells which services are listed, and again when that changes or their tags do', () => {
    const lists = () => observer.snapshots.map(({ names }) => [...names]);
    const list = (...names: readonly (readonly [string, readonly string[]])[]): void => {
      state.list({ names: new Map(names), isFiltered: false, staleMs: 0 });
      retain('web');
    };
    list(['/a', []], ['web', ['a']]);
    state.update('web', [web1]);
    list(['/a', []], ['web', ['a']]);
    list(['web', ['a']]);
    list(['web', ['a', 'b']]);
    expect(lists()).toEqual([
      [
        ['/a', []],
        ['web', ['a']],
      ],
      [['web', ['a']]],
      [['web', ['a', 'b']]],
    ]);
    expect(new Set(observer.snapshots.map(({ services }) => services)).size).toBe(1);
  });

  it('is silent until each service that it has was read once', () => {
    retain('web', 'api');
    state.update('web', [web1]);
    expect(gists()).toEqual([]);
    state.update('api', [api]);
    expect(gists()).toEqual([confirmed({ web: ['web-1'], api: ['api-1'] })]);
  });

  it('does not wait for a service that cannot be read, and says why', () => {
    retain('web', 'api');
    state.update('web', [web1]);
    state.setAside('api', 'too long');
    expect(gists()).toEqual([confirmed({ web: ['web-1'] })]);
    expect(observer.snapshots.map(({ unreadable }) => unreadable)).toEqual([new Map([['api', 'too long']])]);
  });

  it('keeps what was read of a service that can be read no more, until it can be again', () => {
    retain('web');
    state.update('web', [web1]);
    for (const because of ['a', 'a', 'b']) state.setAside('web', because);
    state.update('web', [web1]);
    expect(gists()).toEqual(Array(4).fill(confirmed({ web: ['web-1'] })));
    expect(observer.snapshots.map(({ unreadable }) => unreadable?.get('web'))).toEqual([
      undefined,
      'a',
      'b',
      undefined,
    ]);
  });

  it('forgets why a service cannot be read when it goes, and knows nothing of others', () => {
    readBoth();
    state.setAside('api', 'a');
    state.setAside('other', 'a');
    retain('web');
    retain('web', 'api');
    state.update('api', [api]);
    expect(observer.snapshots.map(({ unreadable }) => [...(unreadable?.keys() ?? [])])).toEqual([[], ['api'], [], []]);
  });

  it('says which names nobody can ask about', () => {
    const names = new Map([
      ['a\nb', []],
      ['web', []],
    ]);
    state.list({ names, isFiltered: false, staleMs: 0 });
    retain('web');
    state.update('web', [web1]);
    expect(observer.snapshots.map(({ unreadable }) => unreadable)).toEqual([
      new Map([['a\nb', 'Consul answers no request about this name']]),
    ]);
  });

  it('is whole at once when there is no service', () => {
    retain();
    expect(gists()).toEqual([confirmed({})]);
  });

  it('is silent before the names are known, and forgets what it was told by then', () => {
    state.update('web', [web1]);
    retain('web');
    expect(gists()).toEqual([]);
    state.update('web', [web2]);
    expect(gists()).toEqual([confirmed({ web: ['web-2'] })]);
  });

  it('knows the names that it was told last', () => {
    expect(state.names()).toEqual([]);
    retain('web', 'api');
    expect(state.names()).toEqual(['web', 'api']);
    retain('shop', 'web');
    expect(state.names()).toEqual(['shop', 'web']);
    retain();
    expect(state.names()).toEqual([]);
  });

  it('does not wait for a service that has gone before it was read', () => {
    retain('web', 'api');
    state.update('web', [web1]);
    retain('web');
    expect(gists()).toEqual([confirmed({ web: ['web-1'] })]);
  });

  it('waits on for the others when one that was waited for has gone', () => {
    retain('web', 'api', 'shop');
    state.update('web', [web1]);
    retain('web', 'api');
    expect(gists()).toEqual([]);
  });

  it('takes a service without instances for read', () => {
    retain('web');
    state.update('web', []);
    expect(gists()).toEqual([confirmed({ web: [] })]);
  });

  it('tells what a service has now', () => {
    readBoth();
    state.update('web', [web1, web2]);
    expect(gists().slice(1)).toEqual([confirmed({ web: ['web-1', 'web-2'], api: ['api-1'] })]);
  });

  it('is silent about an answer that says nothing new', () => {
    readBoth();
    state.update('web', [structuredClone(web1)]);
    retain('web', 'api');
    expect(observer.snapshots).toHaveLength(1);
  });

  it('keeps its news back while more is gathered, and tells all at the end if there is any', () => {
    readBoth();
    state.gather(true);
    state.update('web', [web1, web2]);
    state.update('api', []);
    expect(observer.snapshots).toHaveLength(1);
    state.gather(false);
    expect(gists().slice(1)).toEqual([confirmed({ web: ['web-1', 'web-2'], api: [] })]);
    state.gather(true);
    state.gather(false);
    expect(observer.snapshots).toHaveLength(2);
  });

  it('does not keep its news back for a service that comes later', () => {
    readBoth();
    retain('web', 'api', 'shop');
    state.update('web', [web2]);
    state.update('shop', []);
    expect(gists().slice(1)).toEqual([
      confirmed({ web: ['web-2'], api: ['api-1'] }),
      confirmed({ web: ['web-2'], api: ['api-1'], shop: [] }),
    ]);
  });

  it('drops the services whose names have gone', () => {
    readBoth();
    retain('api');
    expect(gists().slice(1)).toEqual([confirmed({ api: ['api-1'] })]);
  });

  it('does not bring a service back whose name has gone, until it is there again', () => {
    readBoth();
    retain('api');
    state.update('web', [web2]);
    expect(gists().slice(1)).toEqual([confirmed({ api: ['api-1'] })]);
    retain('web', 'api');
    expect(gists().slice(2)).toEqual([]);
    state.update('web', [web2]);
    expect(gists().slice(2)).toEqual([confirmed({ api: ['api-1'], web: ['web-2'] })]);
  });

  it('shares with the snapshot before what has not changed', () => {
    readBoth();
    state.update('web', [web2]);
    const [before, now] = observer.snapshots;
    expect(now?.services.get('api')).toBe(before?.services.get('api'));
    expect(before?.services.get('web')).toEqual([web1]);
  });

  it('is doubtful from the first doubt on', () => {
    readBoth();
    state.doubt();
    state.update('web', []);
    expect(gists().slice(1)).toEqual([{ trust: 'doubtful', services: { web: [], api: ['api-1'] } }]);
  });
});

describe('the end of a doubt', () => {
  let ending: AbortController;
  let running: Promise<void>;
  let reads: number;
  let failures: unknown[];
  let readAll: () => Promise<void>;

  beforeEach(async () => {
    reads = 0;
    failures = [];
    readAll = async () => undefined;
    ending = new AbortController();
    const countAndRead = async () => {
      reads += 1;
      await readAll();
    };
    running = state.confirmWhenDue(countAndRead, (error) => failures.push(error), ending.signal);
    readBoth();
    await clock.advance(0);
  });

  afterEach(async () => {
    ending.abort();
    await running;
    expect(failures.filter((error) => error === ending.signal.reason)).toEqual([]);
  });

  it('is not looked for without a doubt', async () => {
    await clock.advance(60_000);
    expect(reads).toBe(0);
  });

  it('is a reading of everything 10 s after it', async () => {
    state.doubt();
    await clock.advance(9_999);
    expect(reads).toBe(0);
    readAll = async () => state.update('web', [web1, web2]);
    await clock.advance(1);
    expect(reads).toBe(1);
    expect(gists().slice(1)).toEqual([
      { trust: 'doubtful', services: { web: ['web-1', 'web-2'], api: ['api-1'] } },
      confirmed({ web: ['web-1', 'web-2'], api: ['api-1'] }),
    ]);
  });

  it('is 10 s after the last doubt, not the first', async () => {
    state.doubt();
    await clock.advance(7_000);
    state.doubt();
    await clock.advance(9_999);
    expect(reads).toBe(0);
    await clock.advance(1);
    expect(gists().at(-1)?.trust).toBe('confirmed');
  });

  it('is put off when the reading fails', async () => {
    const down = new Error('down');
    readAll = async () => {
      throw down;
    };
    state.doubt();
    await clock.advance(10_000);
    expect(failures).toEqual([down]);
    expect(gists()).toHaveLength(1);
    readAll = async () => undefined;
    await clock.advance(10_000);
    expect(gists().at(-1)?.trust).toBe('confirmed');
  });

  it('is put off when a new doubt comes during the reading', async () => {
    const reading = Promise.withResolvers<void>();
    readAll = () => reading.promise;
    state.doubt();
    await clock.advance(10_500);
    state.doubt();
    await clock.advance(500);
    reading.resolve();
    await clock.advance(0);
    expect(gists()).toHaveLength(1);
    await clock.advance(10_000);
    expect(reads).toBe(2);
    expect(gists().at(-1)?.trust).toBe('confirmed');
  });

  it('is looked for once, and again at the next doubt', async () => {
    state.doubt();
    await clock.advance(60_000);
    expect(reads).toBe(1);
    state.doubt();
    await clock.advance(10_000);
    expect(reads).toBe(2);
  });
});
