import { beforeEach, describe, expect, it } from 'vitest';
import { createRefetch } from '../../../../src/adapters/consul/refetch.ts';
import { ConsulRefusal } from '../../../../src/adapters/consul/request-error.ts';
import { createServiceReads, type ServiceReads } from '../../../../src/adapters/consul/service-reads.ts';
import type { ServiceInstance } from '../../../../src/domain/catalog.ts';
import { settle } from '../../../support/fake-clock.ts';
import { asked, createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';

let client: HandDrivenClient;
let asides: (readonly [name: string, because: string])[];
let updates: (readonly [name: string, ids: readonly string[]])[];
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
  reads = createServiceReads({ update, setAside }, { client });
  ending = new AbortController();
});

async function take() {
  await settle();
  return client.take();
}

describe('createServiceReads', () => {
  it.each([
    { consistency: 'default', query: {} },
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
  let hurry: (names: readonly string[]) => void;

  beforeEach(() => {
    failures = [];
    ({ hurry } = createRefetch({ reads, onFailure: (error) => failures.push(error), signal: ending.signal }));
  });

  it('reads three services at a time', async () => {
    hurry(['a', 'b', 'c', 'd']);
    const three = await take();
    expect(three.map(({ params }) => params?.['name'])).toEqual(['a', 'b', 'c']);
    for (const request of three) request.answer([]);
    expect((await take()).map(({ params }) => params?.['name'])).toEqual(['d']);
  });

  it('reads once what is named again before it has begun, and again what is named after that', async () => {
    hurry(['a', 'b', 'c', 'd']);
    hurry(['d', 'a']);
    for (const request of await take()) request.answer([]);
    const rest = await take();
    expect(rest.map(({ params }) => params?.['name'])).toEqual(['d', 'a']);
  });

  it('tells a failure, and goes on', async () => {
    hurry(['a', 'b']);
    const [a, b] = await take();
    a?.fail(new Error('down'));
    b?.answer([]);
    await settle();
    expect(failures).toEqual([new Error('down')]);
    expect(updates).toEqual([['b', []]]);
  });

  it('says nothing of what is cut off at the end, and begins nothing more', async () => {
    hurry(['a', 'b', 'c', 'd']);
    await take();
    ending.abort();
    expect(await take()).toEqual([]);
    expect(failures).toEqual([]);
  });
});
