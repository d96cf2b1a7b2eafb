import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BellNews } from '../../../../src/adapters/consul/bells.ts';
import type { Consistency } from '../../../../src/adapters/consul/blocking-query.ts';
import { type CatalogState, createCatalogState } from '../../../../src/adapters/consul/catalog-state.ts';
import { createServiceReads } from '../../../../src/adapters/consul/service-reads.ts';
import { createSweep, type Sweep } from '../../../../src/adapters/consul/sweep.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import {
  asked,
  createHandDrivenClient,
  type HandDrivenClient,
  type PendingRequest,
} from '../../../support/hand-driven-client.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';
import { createRecordingObserver, gist, type RecordingObserver } from '../../../support/recording-observer.ts';

let clock: FakeClock;
let client: HandDrivenClient;
let observer: RecordingObserver;
let state: CatalogState;
let sweep: Sweep;
let news: BellNews[];
let consistency: Consistency;
let ending: AbortController;
let failures: unknown[];

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  observer = createRecordingObserver();
  state = createCatalogState(observer, clock);
  state.listNodes(new Set(['node-a']));
  news = [];
  const reads = createServiceReads(state, { client });
  consistency = 'consistent';
  const tools = { client, clock, random: () => 0.999 };
  sweep = createSweep({ ...tools, state, reads, consistency: () => consistency, onNews: (one) => news.push(one) });
  ending = new AbortController();
  failures = [];
});

afterEach(() => ending.abort());

const NODES = '/catalog/nodes';

/** The requests that wait, by what they ask for. */
async function takeAll(): Promise<ReadonlyMap<string, PendingRequest>> {
  await settle();
  return new Map(client.take().map((request) => [request.params?.['name'] ?? request.path, request]));
}

/** The same once the nodes were read, of which nobody knows anything. */
async function take(): Promise<ReadonlyMap<string, PendingRequest>> {
  const others = new Map<string, PendingRequest>();
  for (let isFirst = true, hasRead = false; isFirst || hasRead; isFirst = false) {
    const requests = await takeAll();
    requests.get(NODES)?.answer([]);
    hasRead = requests.has(NODES);
    for (const [what, request] of requests) if (what !== NODES) others.set(what, request);
  }
  return others;
}

const retain = (...names: readonly string[]) => state.retain(new Set(names));
const many = Array.from({ length: 10 }, (_, i) => `s${i}`);

describe('readAll', () => {
  it('reads every service that the catalog has, consistently, and not which these are', async () => {
    retain('web', 'a/b');
    const done = sweep.readAll(ending.signal);
    const services = await take();
    expect([...services.values()].map(asked)).toEqual(
      ['web', 'a/b'].map((name) => ({
        method: 'GET',
        path: '/health/service/{name}',
        params: { name },
        query: { consistent: '' },
      })),
    );
    services.get('a/b')?.answer([]);
    services.get('web')?.answer([aHealthEntry()]);
    await done;
    expect(observer.snapshots.map(gist)).toEqual([{ trust: 'confirmed', services: { 'a/b': [], web: ['web-1'] } }]);
  });

  it('reads nothing where there is no service', async () => {
    retain();
    await sweep.readAll(ending.signal);
    expect(client.take()).toEqual([]);
  });

  it('reads four services at a time', async () => {
    retain(...many);
    const done = sweep.readAll(ending.signal);
    const four = await take();
    expect([...four.keys()]).toEqual(many.slice(0, 4));
    four.get('s3')?.answer([]);
    const fifth = await take();
    expect([...fifth.keys()]).toEqual(['s4']);
    for (const request of [...four.values(), ...fifth.values()]) request.answer([]);
    for (const request of (await take()).values()) request.answer([]);
    for (const request of (await take()).values()) request.answer([]);
    await done;
  });

  it('does not bring back a service that goes meanwhile', async () => {
    retain('web', 'api');
    const done = sweep.readAll(ending.signal);
    const services = await take();
    retain('api');
    for (const request of services.values()) request.answer([]);
    await done;
    expect(observer.snapshots.map(gist)).toEqual([{ trust: 'confirmed', services: { api: [] } }]);
  });

  it('gives up at the first answer that cannot be had, and leaves the rest', async () => {
    retain(...many);
    const done = sweep.readAll(ending.signal);
    const four = await take();
    four.get('s0')?.fail(new Error('down'));
    await expect(done).rejects.toThrow('down');
    const next = await take();
    for (const request of [...four.values(), ...next.values()]) request.answer([]);
    expect([...next.keys(), ...(await take()).keys()]).toEqual(['s4']);
  });

  it('gives up when an answer is not what it should be', async () => {
    retain('web');
    const done = sweep.readAll(ending.signal);
    const outcome = expect(done).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
      message: expect.stringContaining("Consul's answer to /health/service/web is not what it should be: "),
    });
    for (const request of (await take()).values()) request.answer('text');
    await outcome;
  });
});

describe('run', () => {
  let running: Promise<void>;

  beforeEach(() => {
    retain('web');
    running = sweep.run((error) => failures.push(error), ending.signal);
  });

  afterEach(async () => {
    ending.abort();
    await running;
  });

  async function answerAll(): Promise<void> {
    for (const request of (await take()).values()) request.answer([]);
  }

  it('does nothing until it is rung', async () => {
    await clock.advance(60_000);
    expect([...(await take()).keys()]).toEqual([]);
  });

  it('does nothing in a small catalog, though it is rung', async () => {
    sweep.ring('everything');
    await clock.advance(60_000);
    expect([...(await take()).keys()]).toEqual([]);
  });

  it('reads everything when the catalog is large', async () => {
    sweep.setActive(true);
    expect([...(await take()).keys()]).toEqual(['web']);
  });

  it('reads the checks of the nodes a second after one changed, once everything was read', async () => {
    const aCheck = { Node: 'node-a', CheckID: 'http', Status: 'passing', ServiceName: 'web', ModifyIndex: 7 };
    sweep.setActive(true);
    sweep.ring('checks');
    const first = await take();
    await clock.advance(1_500);
    first.get('web')?.answer([aHealthEntry({ checks: [aCheck] })]);
    await clock.advance(499);
    expect([...(await takeAll()).keys()]).toEqual([]);
    await clock.advance(1_001);
    const [request] = (await takeAll()).values();
    expect(request && asked(request)).toEqual({
      method: 'GET',
      path: '/health/node/{name}',
      params: { name: 'node-a' },
      query: { consistent: '' },
      isRaw: true,
    });
    news.length = 0;
    request?.answer([{ ...aCheck, ModifyIndex: 8 }]);
    await clock.advance(60_000);
    expect([...(await takeAll()).keys()]).toEqual([]);
    expect(news).toEqual([{ services: ['web'], nodes: [] }]);
  });

  it('lets what was named be read first, and looks for more after 200 ms', async () => {
    sweep.setActive(true);
    await answerAll();
    await clock.advance(5_000);
    sweep.ring('more-services');
    await clock.advance(199);
    expect([...(await takeAll()).keys()]).toEqual([]);
    await clock.advance(1);
    expect([...(await takeAll()).keys()]).toEqual([NODES]);
  });

  it('looks at once when something is rung for that was not named', async () => {
    sweep.setActive(true);
    await answerAll();
    await clock.advance(5_000);
    sweep.ring('more-services');
    sweep.ring('services');
    expect([...(await takeAll()).keys()]).toEqual([NODES]);
  });

  it('reads what the catalog has by then', async () => {
    sweep.setActive(true);
    await answerAll();
    retain('api', 'shop');
    sweep.ring('everything');
    await clock.advance(100);
    expect([...(await take()).keys()]).toEqual(['api', 'shop']);
  });

  it('reads everything when rung, once for all rings during a sweep', async () => {
    sweep.setActive(true);
    const [first] = (await take()).values();
    for (let rings = 0; rings < 3; rings++) sweep.ring('everything');
    first?.answer([]);
    await clock.advance(100);
    await answerAll();
    await clock.advance(60_000);
    expect([...(await take()).keys()]).toEqual([]);
  });

  it('lets 100 ms pass between two sweeps', async () => {
    sweep.setActive(true);
    await answerAll();
    sweep.ring('everything');
    await clock.advance(99);
    expect([...(await take()).keys()]).toEqual([]);
    await clock.advance(1);
    expect([...(await take()).keys()]).toEqual(['web']);
  });

  it('ends with the large catalog', async () => {
    sweep.setActive(true);
    await answerAll();
    sweep.setActive(false);
    sweep.ring('everything');
    await clock.advance(60_000);
    expect([...(await take()).keys()]).toEqual([]);
  });

  it('tells a failure, and tries again with growing delays up to 2 s', async () => {
    sweep.setActive(true);
    const delays: number[] = [];
    for (let passedMs = 0; delays.length < 6; passedMs += 10) {
      for (const request of (await take()).values()) {
        delays.push(passedMs);
        passedMs = 0;
        request.fail(new Error('down'));
      }
      await clock.advance(10);
    }
    expect(delays).toEqual([0, 250, 500, 1_000, 2_000, 2_000]);
    expect(failures).toEqual(delays.map(() => new Error('down')));
  });

  it('ends during a sweep without a word', async () => {
    sweep.setActive(true);
    await take();
    ending.abort();
    await running;
    expect(failures).toEqual([]);
  });
});
