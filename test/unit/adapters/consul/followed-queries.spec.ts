import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { BlockingQuery } from '../../../../src/adapters/consul/blocking-query.ts';
import { createFollowedQueries, type FollowedQueries } from '../../../../src/adapters/consul/followed-queries.ts';
import { createFakeClock, settle } from '../../../support/fake-clock.ts';
import { createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';

let client: HandDrivenClient;
let queries: FollowedQueries;
let ending: AbortController;
let isRead: boolean;

const query = (path: string, onAnswer: () => void = () => undefined): BlockingQuery => ({
  path,
  onAnswer,
  onFailure: () => undefined,
});

beforeEach(() => {
  client = createHandDrivenClient();
  ending = new AbortController();
  queries = createFollowedQueries({ client, clock: createFakeClock(), random: () => 0.5 }, ending.signal);
  isRead = false;
});
afterEach(() => ending.abort());

/** What is asked now. */
async function asked() {
  await settle();
  return client.take();
}

async function readAgain() {
  void queries.readAgain().then(
    () => {
      isRead = true;
    },
    () => undefined,
  );
  return await asked();
}

describe('reading everything again', () => {
  it('is done when each query has been answered', async () => {
    queries.want([query('/a'), query('/b')]);
    await asked();
    const [a, b] = await readAgain();
    a?.answer([]);
    await settle();
    expect(isRead).toBe(false);
    b?.answer([]);
    await settle();
    expect(isRead).toBe(true);
  });

  it('is not done before what an answer has made wanted is answered as well', async () => {
    const more = query('/more');
    const list = query('/list', () => queries.want([list, more]));
    queries.want([list]);
    await asked();
    const [again] = await readAgain();
    again?.answer(['more']);
    const asking = await asked();
    await settle();
    expect([isRead, asking.at(-1)?.path]).toEqual([false, '/more']);
    asking.at(-1)?.answer([]);
    await settle();
    expect(isRead).toBe(true);
  });
});
