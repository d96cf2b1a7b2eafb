import { beforeEach, describe, expect, it } from 'vitest';
import { createRefetch } from '../../../../src/adapters/consul/refetch.ts';
import { ConsulRefusal } from '../../../../src/adapters/consul/request-error.ts';
import { createServiceReads, type ServiceReads } from '../../../../src/adapters/consul/service-reads.ts';
import type { ServiceInstance } from '../../../../src/domain/catalog.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { asked, createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';

let client: HandDrivenClient;
let asides: (readonly [name: string, because: string])[];
let updates: (readonly [name: string, ids: readonly string[]])[];
let doubts: number;
let reads: ServiceReads;
let ending: AbortController;

beforeEach(() => {
  client = createHandDrivenClient();
  updates = [];
  const update = (name: string, instances: readonly ServiceInstance[]) => {
    updates.push([name, instances.map(({ id }) => id)]);
  };
  asides = [];
  const setAside = (name: string, because: string) => {
    asides.push([name, because]);
  };
  doubts = 0;
  const doubt = () => {
    doubts += 1;
  };
  reads = createServiceReads({ update, setAside, doubt, borrowers: new WeakSet() }, { client });
  ending = new AbortController();
});

async function take() {
  await settle();
  return client.take();
}

describe('createServiceReads', () => {
  it.each([
    { consistency: 'consistent', query: { consistent: '' } },
    { consistency: 'stale', query: { stale: '' } },
  ] as const)('reads what a service has; consistently: $consistency', async ({ consistency, query }) => {
    const reading = reads.read('a/b', consistency, ending.signal);
    const [request] = await take();
    expect(request && asked(request)).toEqual({
      method: 'GET',
      path: '/health/service/{name}',
      params: { name: 'a/b' },
      query,
    });
    request?.answer([aHealthEntry()]);
    await reading;
    expect(updates).toEqual([['a/b', ['web-1']]]);
  });

  describe('in the default way', () => {
    const INDEX = { 'x-consul-index': '40' };
    const id = (...ids: readonly string[]) => ids.map((one) => aHealthEntry({ id: one }));

    /** Reads once, and gives all that is asked for that; each is answered by the next of the answers. */
    async function read(...answers: readonly (readonly [body: unknown, index?: string])[]) {
      const reading = reads.read('web', 'default', ending.signal).catch(() => 'failed');
      const queries: unknown[] = [];
      for (const [body, index] of answers) {
        const [request] = await take();
        queries.push(request?.query);
        if (body instanceof Error) request?.fail(body);
        else request?.answer(body, index === undefined ? {} : { 'x-consul-index': index });
      }
      await reading;
      return queries;
    }

    beforeEach(async () => {
      const reading = reads.read('web', 'consistent', ending.signal);
      (await take())[0]?.answer(id('web-1'), INDEX);
      await reading;
    });

    it.each([['40'], ['41']])('believes an index that is not smaller than 40: %s', async (index) => {
      expect(await read([id('web-2'), index])).toEqual([{}]);
      expect([updates.at(-1), doubts]).toEqual([['web', ['web-2']], 0]);
    });

    it('takes one that is smaller for history: doubts, and reads consistently before anything is told', async () => {
      expect(await read([id('past'), '39'], [id('web-2'), '20'])).toEqual([{}, { consistent: '' }]);
      expect([updates.slice(1), doubts]).toEqual([[['web', ['web-2']]], 1]);
      // What the consistent one said counts from now on.
      expect(await read([id('web-3'), '20'])).toEqual([{}]);
    });

    it('reads consistently after a failure', async () => {
      await read([new Error('down')]);
      expect(await read([id('web-2'), '41'])).toEqual([{ consistent: '' }]);
    });

    it('reads consistently what had no instance, and where there is no index', async () => {
      await read([[], '41']);
      expect(await read([id('web-2')])).toEqual([{ consistent: '' }]);
      expect(await read([id('web-2')])).toEqual([{ consistent: '' }]);
    });

    it('reads consistently what was never read', async () => {
      void reads.read('new', 'default', ending.signal).catch(() => undefined);
      expect((await take()).map(({ query }) => query)).toEqual([{ consistent: '' }]);
    });
  });

  it('reads a service again only when the read before has ended, also when that fails', async () => {
    const first = reads.read('web', 'consistent', ending.signal);
    const second = reads.read('web', 'default', ending.signal);
    const [one, none] = await take();
    expect(none).toBeUndefined();
    one?.fail(new Error('down'));
    await expect(first).rejects.toThrow('down');
    const [two] = await take();
    two?.answer([]);
    await second;
    expect(updates).toEqual([['web', []]]);
  });

  it('sets a service aside of which an entry makes no sense', async () => {
    const reading = reads.read('web', 'consistent', ending.signal);
    const [request] = await take();
    request?.answer([aHealthEntry(), { ...aHealthEntry(), Service: { ID: 'x', Service: 'web', Port: '80' } }]);
    await reading;
    expect(updates).toEqual([]);
    expect(asides).toEqual([
      [
        'web',
        "Consul's answer to /health/service/web is not what it should be: Invalid input: expected number, received string at 1.Service.Port",
      ],
    ]);
  });

  it('sets a service aside of which Consul will never tell', async () => {
    const reading = reads.read('web', 'consistent', ending.signal);
    const [request] = await take();
    request?.fail(new ConsulRefusal(431, '', 'Consul answered 431', undefined));
    await reading;
    expect(asides).toEqual([['web', 'Consul answered 431']]);
  });

  it.each(['text', {}, 1])('rejects where the answer is %j, which is not Consul', async (answer) => {
    const reading = reads.read('web', 'consistent', ending.signal);
    const [request] = await take();
    request?.answer(answer);
    await expect(reading).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    expect([...updates, ...asides]).toEqual([]);
  });

  it('lets other services not wait for that', async () => {
    const reading = ['web', 'api'].map((name) => reads.read(name, 'default', ending.signal));
    for (const request of await take()) request.answer([]);
    await Promise.all(reading);
    expect(updates.map(([name]) => name)).toEqual(['web', 'api']);
  });
});

describe('createRefetch', () => {
  let failures: unknown[];
  let hurry: (names: readonly string[]) => Promise<void>;
  let clock: FakeClock;
  let gathering: boolean[];

  beforeEach(() => {
    failures = [];
    gathering = [];
    clock = createFakeClock();
    const state = { gather: (isOn: boolean) => void gathering.push(isOn) };
    const onFailure = (error: unknown) => failures.push(error);
    ({ hurry } = createRefetch({ state, clock, reads, onFailure, signal: ending.signal }));
  });

  it('reads four services at a time', async () => {
    void hurry(['a', 'b', 'c', 'd', 'e']);
    const four = await take();
    expect(four.map(({ params }) => params?.['name'])).toEqual(['a', 'b', 'c', 'd']);
    for (const request of four) request.answer([]);
    expect((await take()).map(({ params }) => params?.['name'])).toEqual(['e']);
  });

  it('reads a few that are named later before the rest of many', async () => {
    void hurry(Array.from({ length: 20 }, (_, i) => `s${i}`));
    void hurry(['web']);
    for (const request of await take()) request.answer([]);
    expect((await take()).map(({ params }) => params?.['name'])).toEqual(['web', 's4', 's5', 's6']);
  });

  it('reads once what is named again before it has begun, and again what is named after that', async () => {
    void hurry(['a', 'b', 'c', 'd', 'e']);
    void hurry(['e', 'a']);
    for (const request of await take()) request.answer([]);
    const rest = await take();
    expect(rest.map(({ params }) => params?.['name'])).toEqual(['e', 'a']);
  });

  it('has the news of all that was named together told together', async () => {
    const reading = hurry(['a', 'b']);
    const [a, b] = await take();
    a?.answer([]);
    await settle();
    expect(gathering).toEqual([true]);
    b?.fail(new Error('down'));
    await reading;
    expect(gathering).toEqual([true, false]);
  });

  it('has it told all the same when that takes longer than 50 ms', async () => {
    const reading = hurry(['a', 'b']);
    await take();
    await clock.advance(49);
    expect(gathering).toEqual([true]);
    await clock.advance(1);
    await reading;
    expect(gathering).toEqual([true, false]);
  });

  it('gathers nothing where nothing is named', async () => {
    await hurry([]);
    expect(gathering).toEqual([]);
  });

  it('tells a failure, and goes on', async () => {
    void hurry(['a', 'b']);
    const [a, b] = await take();
    a?.fail(new Error('down'));
    b?.answer([]);
    await settle();
    expect(failures).toEqual([new Error('down')]);
    expect(updates).toEqual([['b', []]]);
  });

  it('says nothing of what is cut off at the end, and begins nothing more', async () => {
    void hurry(['a', 'b', 'c', 'd', 'e']);
    await take();
    ending.abort();
    expect(await take()).toEqual([]);
    expect(failures).toEqual([]);
  });
});
