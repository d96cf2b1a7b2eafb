import { beforeEach, describe, expect, it } from 'vitest';
import { createCatalogState } from '../../../../src/adapters/consul/catalog-state.ts';
import { createServiceFollowers, type ServiceFollowers } from '../../../../src/adapters/consul/service-followers.ts';
import { entry } from '../../../support/catalog-world.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import {
  createHandDrivenClient,
  type HandDrivenClient,
  type PendingRequest,
} from '../../../support/hand-driven-client.ts';
import { createRecordingObserver, type RecordingObserver } from '../../../support/recording-observer.ts';

let clock: FakeClock;
let client: HandDrivenClient;
let observer: RecordingObserver;
let failures: unknown[];
let followers: ServiceFollowers;

const { signal } = new AbortController();

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  observer = createRecordingObserver();
  failures = [];
  const state = createCatalogState(observer, clock);
  const common = { beginsConsistent: true, onFailure: (error: unknown) => failures.push(error) };
  followers = createServiceFollowers(
    { state, consistency: () => 'consistent', common, onTold: () => undefined },
    { client, clock, random: () => 0.5 },
    signal,
  );
  const names = ['a', 'b'];
  state.list({ names: new Map(names.map((name) => [name, []])), isFiltered: false, staleMs: 0 });
  state.listNodes(new Set(['node-a']));
  state.retain(new Set(names));
  followers.want(names);
});

const statusOf = (service: string): string | undefined => observer.snapshots.at(-1)?.services.get(service)?.[0]?.status;
const at = (index: number) => ({ 'x-consul-index': String(index) });

/** Answers what was asked about a service. */
async function answer(requests: readonly PendingRequest[], service: string, status: string, index: number) {
  const request = requests.find(({ params }) => params?.['name'] === service);
  request?.answer([entry(service, `${service}-1`, status)], at(index));
  await settle();
}

/** Both services were read, and are waited for. */
async function begin(): Promise<readonly PendingRequest[]> {
  const first = client.take();
  await answer(first, 'a', 'passing', 10);
  await answer(first, 'b', 'passing', 10);
  await clock.advance(100);
  return client.take();
}

describe('createServiceFollowers', () => {
  it('reads each service for sure first', () => {
    expect(client.take().map(({ params, query }) => [params, query])).toEqual([
      [{ name: 'a' }, { consistent: '' }],
      [{ name: 'b' }, { consistent: '' }],
    ]);
  });

  it('waits for the changes of each for 4 to 5 minutes', async () => {
    expect((await begin()).map(({ params, query, deadlineMs }) => [params, query, deadlineMs])).toEqual([
      [{ name: 'a' }, { index: '10', wait: '270s' }, 293_900],
      [{ name: 'b' }, { index: '10', wait: '270s' }, 293_900],
    ]);
  });

  it('asks each anew by a consistent read when that is wanted, and waits on from its answer', async () => {
    await begin();
    const asking = followers.askAgain();
    const again = client.take();
    expect(again.map(({ params, query }) => [params, query])).toEqual([
      [{ name: 'a' }, { consistent: '' }],
      [{ name: 'b' }, { consistent: '' }],
    ]);
    await answer(again, 'a', 'critical', 12);
    await answer(again, 'b', 'passing', 10);
    await asking;
    await clock.advance(100);
    expect(statusOf('a')).toBe('critical');
    expect(client.take().map(({ query }) => query?.['index'])).toEqual(['12', '10']);
  });

  it('tells of a change at once, and of those within 20 ms after it together', async () => {
    const waiting = await begin();
    const told = observer.snapshots.length;
    await answer(waiting, 'a', 'critical', 11);
    expect([observer.snapshots.length - told, statusOf('a')]).toEqual([1, 'critical']);
    await answer(waiting, 'b', 'critical', 12);
    await clock.advance(19);
    expect([observer.snapshots.length - told, statusOf('b')]).toEqual([1, 'passing']);
    await clock.advance(1);
    expect([observer.snapshots.length - told, statusOf('b')]).toEqual([2, 'critical']);
  });

  it('tells once that queries failed together', async () => {
    const waiting = await begin();
    for (const request of waiting) request.fail(new Error('the agent ended the connection'));
    await settle();
    expect(failures).toEqual([new Error('the agent ended the connection')]);
  });

  it('reads all once more while they are waited for', async () => {
    const waiting = await begin();
    const reading = followers.readAll(signal);
    await settle();
    const reads = client.take();
    expect(reads.map(({ params, query }) => [params, query])).toEqual([
      [{ name: 'a' }, { consistent: '' }],
      [{ name: 'b' }, { consistent: '' }],
    ]);
    await answer(reads, 'a', 'critical', 11);
    await answer(reads, 'b', 'passing', 10);
    await reading;
    expect(statusOf('a')).toBe('critical');
    // The query waits on, and tells what comes after that.
    await answer(waiting, 'a', 'warning', 12);
    await clock.advance(20);
    expect(statusOf('a')).toBe('warning');
  });

  it.each([
    { rule: 'a read that comes after the news of a query', first: 'query' },
    { rule: 'a query that comes after the newer answer of a read', first: 'read' },
  ])('does not go back by $rule', async ({ first }) => {
    const waiting = await begin();
    const reading = followers.readAll(signal);
    await settle();
    const reads = client.take();
    const [newer, older] = first === 'query' ? [waiting, reads] : [reads, waiting];
    await answer(newer, 'a', 'critical', 12);
    await answer(older, 'a', 'warning', 11);
    await answer(reads, 'b', 'passing', 10);
    await reading;
    await clock.advance(20);
    expect(statusOf('a')).toBe('critical');
  });

  it('goes back with a server that has started anew', async () => {
    const waiting = await begin();
    waiting.find(({ params }) => params?.['name'] === 'a')?.fail(new Error('the agent ended the connection'));
    await clock.advance(250);
    await answer(client.take(), 'a', 'critical', 3);
    expect(statusOf('a')).toBe('critical');
  });

  it('follows on when the same are wanted', async () => {
    await begin();
    followers.want(['b', 'a']);
    await settle();
    expect(client.take()).toEqual([]);
  });
});
