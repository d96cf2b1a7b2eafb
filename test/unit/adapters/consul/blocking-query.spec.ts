import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type BlockingQuery, followQuery, type QueryAnswer } from '../../../../src/adapters/consul/blocking-query.ts';
import type { ConsulRequest } from '../../../../src/adapters/consul/client.ts';
import { ConsulRefusal } from '../../../../src/adapters/consul/request-error.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import {
  asked,
  createHandDrivenClient,
  type HandDrivenClient,
  type PendingRequest,
} from '../../../support/hand-driven-client.ts';

let clock: FakeClock;
let client: HandDrivenClient;
let ending: AbortController;
let running: Promise<void>;
let answers: QueryAnswer[];
let failures: unknown[];

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  ending = new AbortController();
  answers = [];
  failures = [];
});

afterEach(async () => {
  ending.abort();
  await running;
});

async function follow(over: Partial<BlockingQuery> = {}): Promise<void> {
  const query: BlockingQuery = {
    path: '/health/service/{name}',
    onAnswer: (answer) => answers.push(answer),
    onFailure: (error) => failures.push(error),
    ...over,
  };
  running = followQuery(query, { client, clock, random: () => 0.999 }, ending.signal);
  await clock.advance(0);
}

/** The request that waits; there must be just one. */
function pending(): PendingRequest {
  const [request, ...others] = client.take();
  expect(others).toEqual([]);
  if (request === undefined) throw new Error('no request waits');
  return request;
}

/** Answers what waits, and lets the next request come: after a second where there is no index to wait by. */
async function answer(index: number | string | undefined, body: unknown = index): Promise<void> {
  pending().answer(body, index === undefined ? {} : { 'x-consul-index': String(index) });
  await clock.advance(1_000);
}

async function fail(): Promise<void> {
  pending().fail(new Error('down'));
  await clock.advance(2_000);
}

/** An answer as it is told, and what is special about it. */
function told(body: unknown, index: number, over: Partial<QueryAnswer> = {}): QueryAnswer {
  return { body, index, isDoubtful: false, staleMs: 0, isFiltered: false, ...over };
}

const path = '/health/service/{name}';
const first: ConsulRequest = { method: 'GET', path, query: {}, deadlineMs: 10_000 };
const consistent: ConsulRequest = { ...first, query: { consistent: '' } };
/** Consul may add a sixteenth to the minute that it is given; 5 s are for the network. */
const blocking = (index: number): ConsulRequest => ({
  ...first,
  query: { index: String(index), wait: '60s' },
  deadlineMs: 69_200,
});

describe('followQuery', () => {
  it('asks for the present, then for what is newer', async () => {
    await follow();
    const present = pending();
    expect(asked(present)).toEqual(first);
    present.answer(['a'], { 'x-consul-index': '7' });
    await clock.advance(100);
    expect(asked(pending())).toEqual(blocking(7));
    expect(answers).toEqual([told(['a'], 7)]);
  });

  it('adds to the parameters that it is given', async () => {
    await follow({ params: { name: 'a/b' }, query: { filter: 'x', stale: '' } });
    await answer(7);
    expect(asked(pending())).toEqual({
      method: 'GET',
      path,
      params: { name: 'a/b' },
      query: { filter: 'x', stale: '', index: '7', wait: '60s' },
      deadlineMs: 69_200,
    });
  });

  it('tells each answer of a greater index', async () => {
    await follow();
    await answer(7, 'a');
    await answer(9, 'b');
    expect(answers).toEqual([told('a', 7), told('b', 9)]);
  });

  it('keeps an answer of the same index to itself: the wait was over', async () => {
    await follow();
    await answer(7, 'a');
    await answer(7, 'a');
    expect(answers).toHaveLength(1);
    expect(asked(pending())).toEqual(blocking(7));
  });

  it('tells no answer of a smaller index, but that there was one, and reads the present consistently', async () => {
    let resets = 0;
    await follow({ onReset: () => (resets += 1) });
    await answer(7, 'new');
    await answer(3, 'old');
    expect(answers).toEqual([told('new', 7)]);
    expect(resets).toBe(1);
    expect(asked(pending())).toEqual(consistent);
  });

  it('doubts the answer after a smaller index, though nothing is new, and trusts those that follow', async () => {
    await follow();
    await answer(7);
    await answer(3, 'old');
    await answer(3, 'old');
    const next = pending();
    expect(asked(next)).toEqual(blocking(3));
    next.answer('new', { 'x-consul-index': '4' });
    await clock.advance(100);
    expect(answers.slice(1)).toEqual([told('old', 3, { isDoubtful: true }), told('new', 4)]);
    expect(asked(pending())).toEqual(blocking(4));
  });

  it.each(['0', '-5', '-9007199254740991'])('takes the index %j for 1, since 0 would not block', async (index) => {
    await follow();
    await answer(index, 'a');
    expect(answers).toEqual([told('a', 1)]);
    expect(asked(pending())).toEqual(blocking(1));
  });

  it.each([undefined, '', 'abc', '1.5', '7, 8', '1e99', '9007199254740993', 'Infinity', 'NaN'])(
    'takes each answer of the index %j for news, and never waits for more',
    async (index) => {
      await follow();
      await answer(index, 'a');
      await answer(index, 'a');
      const news = told('a', 0);
      expect(answers).toEqual([news, news]);
      expect(asked(pending())).toEqual(first);
    },
  );

  it('has nothing to compare with after an answer without an index', async () => {
    await follow();
    await answer(7, 'a');
    await answer(undefined, 'b');
    await answer(3, 'c');
    expect(answers.slice(1)).toEqual([told('b', 0), told('c', 3)]);
    expect(asked(pending())).toEqual(blocking(3));
  });

  it('doubts the first answer without an index after a failure, and no other', async () => {
    await follow();
    await fail();
    await answer(undefined, 'a');
    await answer(undefined, 'a');
    expect(answers.map(({ isDoubtful }) => isDoubtful)).toEqual([true, false]);
    expect(asked(pending())).toEqual(first);
  });

  it('reads consistently after a failure, from the present, and doubts the answer', async () => {
    await follow();
    await answer(7, 'a');
    await fail();
    expect(failures).toEqual([new Error('down')]);
    const again = pending();
    expect(asked(again)).toEqual(consistent);
    again.answer('a', { 'x-consul-index': '7' });
    await clock.advance(100);
    expect(answers.slice(1)).toEqual([told('a', 7, { isDoubtful: true })]);
    expect(asked(pending())).toEqual(blocking(7));
  });

  it('reads consistently until it has an answer', async () => {
    await follow();
    await fail();
    await fail();
    expect(asked(pending())).toEqual(consistent);
    expect(failures).toHaveLength(2);
  });

  it('begins with a consistent read where that is wanted, and does not doubt it', async () => {
    await follow({ beginsConsistent: true });
    const request = pending();
    expect(asked(request)).toEqual(consistent);
    request.answer('a', { 'x-consul-index': '7' });
    await clock.advance(100);
    expect(answers).toEqual([told('a', 7)]);
    expect(asked(pending())).toEqual(blocking(7));
  });

  it.each([
    { who: 'has no leader', headers: { 'x-consul-knownleader': 'false', 'x-consul-lastcontact': '0' }, staleMs: 1 },
    { who: 'heard of it long ago', headers: { 'x-consul-lastcontact': '10001' }, staleMs: 10_001 },
  ])(
    'doubts what a server tells that $who, and asks it for something better a second later',
    async ({ headers, staleMs }) => {
      await follow();
      pending().answer('a', { 'x-consul-index': '7', ...headers });
      await clock.advance(999);
      expect(client.take()).toEqual([]);
      await clock.advance(1);
      expect(asked(pending())).toEqual(consistent);
      expect(answers).toEqual([told('a', 7, { isDoubtful: true, staleMs })]);
    },
  );

  it.each([{ 'x-consul-knownleader': 'true', 'x-consul-lastcontact': '10000' }, { 'x-consul-lastcontact': 'never' }])(
    'trusts a server that heard of the leader not long ago: %j',
    async (headers) => {
      await follow();
      pending().answer('a', { 'x-consul-index': '7', ...headers });
      await clock.advance(100);
      expect(answers).toEqual([told('a', 7)]);
      expect(asked(pending())).toEqual(blocking(7));
    },
  );

  it('tells when Consul says that it left something out', async () => {
    await follow();
    pending().answer('a', { 'x-consul-index': '7', 'x-consul-results-filtered-by-acls': 'true' });
    await clock.advance(100);
    expect(answers).toEqual([told('a', 7, { isFiltered: true })]);
  });

  it('takes a stale answer for want of a leader where that is better than none, then asks for a good one', async () => {
    let isBetter = true;
    await follow({ mayBeStale: () => isBetter });
    const leaderless = new ConsulRefusal(500, 'No cluster leader', 'answered 500', undefined);
    pending().fail(leaderless);
    await clock.advance(2_000);
    const stale = pending();
    expect(asked(stale)).toEqual({ ...first, query: { stale: '' } });
    stale.answer('old', { 'x-consul-index': '7', 'x-consul-lastcontact': '300' });
    await clock.advance(1_000);
    expect(answers).toEqual([told('old', 7, { isDoubtful: true, staleMs: 300 })]);
    isBetter = false;
    const request = pending();
    expect(asked(request)).toEqual(consistent);
    request.fail(leaderless);
    await clock.advance(2_000);
    expect(asked(pending())).toEqual(consistent);
  });

  it('takes no stale answer after another failure', async () => {
    await follow({ mayBeStale: () => true });
    await fail();
    expect(asked(pending())).toEqual(consistent);
  });

  it('takes it for a failure when an answer cannot be used', async () => {
    const unusable = new Error('not what it should be');
    await follow({
      onAnswer: () => {
        throw unusable;
      },
    });
    await answer(7);
    expect(failures).toEqual([unusable]);
    expect(asked(pending())).toEqual(consistent);
  });

  it('ends while a request waits, without a word', async () => {
    await follow();
    ending.abort();
    await running;
    expect([answers, failures]).toEqual([[], []]);
  });

  it('ends between two requests', async () => {
    await follow();
    pending().answer('a', { 'x-consul-index': '7' });
    await clock.advance(50);
    ending.abort();
    await running;
    expect(client.take()).toEqual([]);
  });

  it('does not begin when it has ended already', async () => {
    ending.abort();
    await follow();
    await running;
    expect(client.take()).toEqual([]);
  });
});

describe('the pace of followQuery', () => {
  it.each([
    { tookMs: 0, gapMs: 100 },
    { tookMs: 60, gapMs: 40 },
    { tookMs: 100, gapMs: 0 },
    { tookMs: 30_000, gapMs: 0 },
  ])('asks again $gapMs ms after an answer that took $tookMs ms', async ({ tookMs, gapMs }) => {
    await follow();
    await clock.advance(tookMs);
    pending().answer('a', { 'x-consul-index': '7' });
    await clock.advance(0);
    let waitedMs = 0;
    for (; client.take().length === 0; waitedMs++) await clock.advance(1);
    expect(waitedMs).toBe(gapMs);
  });

  it.each([
    { tookMs: 0, gapMs: 1_000 },
    { tookMs: 400, gapMs: 600 },
    { tookMs: 1_000, gapMs: 0 },
  ])('asks again $gapMs ms after an answer without an index that took $tookMs ms', async ({ tookMs, gapMs }) => {
    await follow();
    await clock.advance(tookMs);
    pending().answer('a');
    await clock.advance(0);
    let waitedMs = 0;
    for (; client.take().length === 0; waitedMs += 100) await clock.advance(100);
    expect(waitedMs).toBe(gapMs);
  });

  it('asks no more than ten times a second, however fast the index grows', async () => {
    await follow();
    let asks = 0;
    for (let passedMs = 0; passedMs < 1_000; passedMs += 10) {
      for (const request of client.take()) {
        asks += 1;
        request.answer(asks, { 'x-consul-index': String(asks) });
      }
      await clock.advance(10);
    }
    expect(asks).toBe(10);
  });

  it('asks again after a failure with growing delays up to 2 s', async () => {
    await follow();
    const delays: number[] = [];
    for (let passedMs = 0; delays.length < 6; passedMs += 10) {
      const [request] = client.take();
      if (request !== undefined) {
        delays.push(passedMs);
        passedMs = 0;
        request.fail(new Error('down'));
      }
      await clock.advance(10);
    }
    expect(delays).toEqual([0, 250, 500, 1_000, 2_000, 2_000]);
  });

  it('begins with short delays again after a success', async () => {
    await follow();
    for (let times = 0; times < 4; times++) await fail();
    await answer(7);
    pending().fail(new Error('down'));
    await clock.advance(249);
    expect(client.take()).toEqual([]);
    await clock.advance(1);
    expect(asked(pending())).toEqual(consistent);
  });
});

it.each([
  [60_000, '60s', 69_200],
  [1_250, '1250ms', 6_337.5],
])('waits no longer than it is told: %d ms', async (waitMs, wait, deadlineMs) => {
  const query = { path: '/kv/{name}', mayBeAbsent: true, onAnswer: () => undefined, onFailure: () => undefined };
  running = followQuery(query, { client, clock, random: () => 0.999, waitMs: () => waitMs }, ending.signal);
  await clock.advance(0);
  await answer(5);
  expect(asked(pending())).toEqual({
    ...{ method: 'GET', path: '/kv/{name}', mayBeAbsent: true, deadlineMs },
    query: { index: '5', wait },
  });
});
