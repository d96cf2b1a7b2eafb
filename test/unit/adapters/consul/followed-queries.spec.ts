import { beforeEach, describe, expect, it } from 'vitest';
import type { BlockingQuery } from '../../../../src/adapters/consul/blocking-query.ts';
import { createFollowedQueries, type FollowedQueries } from '../../../../src/adapters/consul/followed-queries.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';

let clock: FakeClock;
let client: HandDrivenClient;
let told: string[];
let ending: AbortController;
let queries: FollowedQueries;

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  told = [];
  ending = new AbortController();
  queries = createFollowedQueries({ client, clock, random: () => 0.999 }, ending.signal);
});

const about = (path: string): BlockingQuery => ({
  path,
  onAnswer: ({ body }) => told.push(`${path} ${String(body)}`),
  onFailure: (error) => told.push(`${path} ${error instanceof Error ? error.message : ''}`),
});

/** What was asked since the last time: the path, and how. */
async function asked(): Promise<readonly string[]> {
  await settle();
  return client.take().map(({ path, query = {} }) => `${path} ${Object.keys(query).join()}`.trim());
}

/** Answers everything that waits by its path's index. */
async function answerAll(index: number): Promise<void> {
  await settle();
  for (const request of client.take()) request.answer(index, { 'x-consul-index': String(index) });
  await clock.advance(100);
}

describe('createFollowedQueries', () => {
  it('starts what is new and ends what is missing', async () => {
    queries.want([about('/a'), about('/b')]);
    expect(await asked()).toEqual(['/a', '/b']);
    queries.want([about('/b'), about('/c')]);
    expect(await asked()).toEqual(['/c']);
    ending.abort();
    await clock.advance(10_000);
    expect([await asked(), told]).toEqual([[], []]);
  });

  it('tells two queries of one path apart by their parameters', async () => {
    queries.want([
      { ...about('/{name}'), params: { name: 'a' } },
      { ...about('/{name}'), params: { name: 'b' } },
    ]);
    expect(await asked()).toHaveLength(2);
  });

  it('begins each anew by a consistent read, and resolves when all have answered', async () => {
    queries.want([about('/a'), about('/b')]);
    await answerAll(7);
    expect(await asked()).toEqual(['/a index,wait', '/b index,wait']);
    let isDone = false;
    void queries.readAgain().then(() => {
      isDone = true;
    });
    await settle();
    const [a, b] = client.take();
    expect([a?.query, b?.query]).toEqual([{ consistent: '' }, { consistent: '' }]);
    a?.answer(8, { 'x-consul-index': '8' });
    await clock.advance(100);
    expect([isDone, await asked()]).toEqual([false, ['/a index,wait']]);
    b?.answer(8, { 'x-consul-index': '8' });
    await clock.advance(100);
    expect([isDone, told]).toEqual([true, ['/a 7', '/b 7', '/a 8', '/b 8']]);
  });

  it('waits as well for what one of these answers makes wanted', async () => {
    const list: BlockingQuery = { ...about('/list'), onAnswer: () => queries.want([list, about('/more')]) };
    queries.want([list]);
    await settle();
    client.take();
    let isDone = false;
    void queries.readAgain().then(() => {
      isDone = true;
    });
    await answerAll(7);
    expect(isDone).toBe(false);
    await answerAll(8);
    expect(isDone).toBe(true);
  });

  it('rejects when one fails, which goes on all the same', async () => {
    queries.want([about('/a')]);
    await answerAll(7);
    client.take();
    const reading = queries.readAgain();
    await settle();
    client.take()[0]?.fail(new Error('down'));
    await expect(reading).rejects.toThrow('down');
    await clock.advance(2_000);
    expect([told, await asked()]).toEqual([['/a 7', '/a down'], ['/a consistent']]);
  });

  it('does not wait for one that is ended meanwhile', async () => {
    queries.want([about('/a')]);
    await answerAll(7);
    const reading = queries.readAgain();
    queries.want([]);
    await reading;
    expect(told).toEqual(['/a 7']);
  });

  it('tells each answer once, however often it was begun anew in vain', async () => {
    queries.want([about('/a')]);
    await answerAll(7);
    for (let times = 0; times < 3; times++) {
      client.take();
      const reading = queries.readAgain();
      await settle();
      client.take()[0]?.fail(new Error('down'));
      await expect(reading).rejects.toThrow('down');
    }
    await clock.advance(2_000);
    told.length = 0;
    await answerAll(8);
    expect(told).toEqual(['/a 8']);
  });
});
