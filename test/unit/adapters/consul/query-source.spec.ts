import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConsulEndpoint } from '../../../../src/adapters/consul/endpoint.ts';
import { createConsulQueries } from '../../../../src/adapters/consul/query-source.ts';
import type { NamedQuery, QuerySource } from '../../../../src/rendering/contracts.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import {
  createHandDrivenClient,
  type HandDrivenClient,
  type PendingRequest,
} from '../../../support/hand-driven-client.ts';

const endpoint: ConsulEndpoint = {
  name: 'consul://127.0.0.1:8500',
  place: { kind: 'tcp', host: '127.0.0.1', port: 8_500, isTls: false },
  token: () => undefined,
  tls: () => ({ verify: true }),
};

let clock: FakeClock;
let client: HandDrivenClient;
let source: QuerySource;
let changes: number;
let told: string[];
let ending: AbortController;
let following: Promise<void>;

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  const connect = () => ({ ...client, endpoint, close: () => undefined });
  told = [];
  const notes = {
    failed: (what: string, error: unknown) => told.push(`failed ${what}: ${String(error)}`),
    answered: (what: string) => told.push(`answered ${what}`),
  };
  source = createConsulQueries({ endpoint, clock, random: () => 0.999, connect, notes });
  changes = 0;
  ending = new AbortController();
  following = source.follow(() => (changes += 1), ending.signal);
});

afterEach(async () => {
  ending.abort();
  await following;
});

function key(path: string): NamedQuery {
  return { text: path, query: { kind: 'key', path } };
}

const keys = (count: number) => Array.from({ length: count }, (_, i) => key(`k${i}`));
const body = (value: string) => [{ Key: 'x', Value: Buffer.from(value).toString('base64') }];
const nameOf = ({ params }: PendingRequest) => params?.['name'];

async function want(...queries: readonly NamedQuery[]): Promise<void> {
  source.want(queries);
  await clock.advance(0);
}

/** Answers all that waits. */
async function answerAll(index: number): Promise<void> {
  for (const request of client.take()) request.answer(body(nameOf(request) ?? ''), { 'x-consul-index': String(index) });
  await clock.advance(100);
}

const value = (text: string): string => {
  const reading = source.read(text);
  if (reading.kind === 'known') return Buffer.from(reading.answer as Uint8Array).toString();
  return reading.kind === 'pending' ? `pending ${reading.failure ?? ''}` : 'failed';
};

describe('queries of Consul', () => {
  it('tells how each read goes', async () => {
    await want(key('a'));
    client.take()[0]?.fail(new Error('down'));
    await clock.advance(250);
    client.take()[0]?.answer(body('x'), { 'x-consul-index': '5' });
    await clock.advance(0);
    expect(told).toEqual(['failed a: Error: down', 'answered a']);
  });

  it('are answered, and again when the answer changes', async () => {
    await want(key('a'));
    expect([value('a'), value('b')]).toEqual(['pending ', 'pending ']);
    await answerAll(5);
    expect([value('a'), changes]).toEqual(['a', 1]);
    const [next] = client.take();
    expect(next?.query).toEqual({ index: '5', wait: '60s' });
    next?.answer(body('a'), { 'x-consul-index': '6' });
    await clock.advance(100);
    expect([value('a'), changes]).toEqual(['a', 1]);
    client.take()[0]?.answer(body('new'), { 'x-consul-index': '7' });
    await clock.advance(100);
    expect([value('a'), changes]).toEqual(['new', 2]);
  });

  it('say why they are not answered, and keep what was known', async () => {
    await want(key('a'));
    client.take()[0]?.fail(new Error('no leader'));
    await clock.advance(0);
    expect([value('a'), changes]).toEqual(['pending no leader', 1]);
    await clock.advance(2_000);
    await answerAll(5);
    client.take()[0]?.fail(new Error('no leader'));
    await clock.advance(100);
    expect([value('a'), changes]).toEqual(['a', 2]);
  });

  it('end when they are no longer wanted', async () => {
    await want(key('a'), key('b'));
    await answerAll(5);
    await want(key('b'));
    expect([value('a'), value('b')]).toEqual(['pending ', 'b']);
    await answerAll(6);
    expect(client.take().map(nameOf)).toEqual(['b']);
  });

  it('have five connections, and what was never read goes first', async () => {
    await want(...keys(8));
    await answerAll(5);
    const [five, six, seven, ...again] = client.take();
    expect([five, six, seven, ...again].map((request) => request && nameOf(request))).toEqual([
      ...['k5', 'k6', 'k7', 'k0', 'k1'],
    ]);
    await want(...keys(8), key('new'));
    again[0]?.answer(body('x'), { 'x-consul-index': '6' });
    await clock.advance(0);
    expect(client.take().map(nameOf)).toEqual(['new']);
  });

  it('take turns when there are more of them than connections', async () => {
    await want(...keys(12));
    await answerAll(5);
    await answerAll(5);
    await answerAll(5);
    expect(client.take().map(({ query }) => query)).toEqual(
      Array.from({ length: 5 }, () => ({ index: '5', wait: '1s' })),
    );
  });

  it('do not wait behind those that were held for long', async () => {
    await want(...keys(4));
    await answerAll(5);
    expect(client.take().map(({ query }) => query?.['wait'])).toEqual(Array(4).fill('60s'));
    await want(...keys(7));
    expect(client.take()).toHaveLength(5);
  });

  it('do not ask for the datacenters more often than every 15 s', async () => {
    await want({ text: 'dcs', query: { kind: 'datacenters', ignoreFailing: false } });
    client.take()[0]?.answer(['dc2', 'dc1']);
    await clock.advance(14_999);
    expect([source.read('dcs'), client.take()]).toEqual([{ kind: 'known', answer: ['dc1', 'dc2'] }, []]);
    await clock.advance(1);
    client.take()[0]?.fail(new Error('down'));
    await clock.advance(2_000);
    expect(client.take().map(({ path }) => path)).toEqual(['/catalog/datacenters']);
  });

  it('leave out datacenters that do not answer', async () => {
    await want({ text: 'dcs', query: { kind: 'datacenters', ignoreFailing: true } });
    client.take()[0]?.answer(['dc1', 'dc2']);
    await clock.advance(0);
    const [one, two] = client.take();
    expect([one?.query, two?.query]).toEqual([
      { dc: 'dc1', consistent: '' },
      { dc: 'dc2', consistent: '' },
    ]);
    one?.answer({});
    two?.fail(new Error('No path to datacenter'));
    await clock.advance(0);
    expect(source.read('dcs')).toEqual({ kind: 'known', answer: ['dc1'] });
  });

  it("ask the agent for its node's name", async () => {
    await want({ text: 'node', query: { kind: 'node' } });
    client.take()[0]?.fail(new Error('down'));
    await clock.advance(2_000);
    client.take()[0]?.answer({ Config: { NodeName: 'agent-one' } });
    await clock.advance(0);
    expect(client.take().map(({ path, params }) => [path, params])).toEqual([
      ['/catalog/node/{name}', { name: 'agent-one' }],
    ]);
  });

  it('wait until somebody follows', async () => {
    ending.abort();
    await following;
    await want(key('a'));
    expect(client.take()).toEqual([]);
    ending = new AbortController();
    following = source.follow(() => undefined, ending.signal);
    await clock.advance(0);
    expect(client.take().map(nameOf)).toEqual(['a']);
  });
});
