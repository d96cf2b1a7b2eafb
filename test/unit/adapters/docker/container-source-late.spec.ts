import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContainerSource } from '../../../../src/adapters/docker/container-source.ts';
import type { ContainerSource } from '../../../../src/registration/contracts.ts';
import { createFakeClock, type FakeClock, settle } from '../../../support/fake-clock.ts';
import { createFakeDockerClient, eventLine, type FakeDockerClient, held } from '../../../support/fake-docker-client.ts';
import { createRecordingLog } from '../../../support/recording-log.ts';

let clock: FakeClock;
let client: FakeDockerClient;
let source: ContainerSource;
let ending: AbortController;
let watching: Promise<void>;
let wakes: string[];

beforeEach(async () => {
  clock = createFakeClock();
  client = createFakeDockerClient();
  ending = new AbortController();
  client.hold(held('a'), held('b'));
  const log = createRecordingLog();
  source = createContainerSource({ client, clock, log, random: () => 0.5, keepsEnded: false });
  watching = source.watch((reason) => wakes.push(reason), ending.signal);
  wakes = [];
  await clock.advance(0);
});

afterEach(async () => {
  ending.abort();
  await watching;
});

const look = (resync = false) => source.observe({ resync }, ending.signal);
const names = async () => (await look()).map(({ name, health }) => (health === 'none' ? name : `${name} ${health}`));

async function tell(...lines: readonly string[]): Promise<void> {
  for (const line of lines) client.write(line);
  await settle();
}

/** Looks while the answers about `ids` are held back, until the look is over. */
async function lookWithout(...ids: readonly string[]) {
  const releases = ids.map((id) => client.pause(`inspect ${id}`));
  const looking = names();
  await clock.advance(100);
  const seen = await looking;
  wakes = [];
  return {
    seen,
    arrive: async () => {
      for (const release of releases) release();
      await settle();
    },
  };
}

describe('createContainerSource, a container of which Docker answers late', () => {
  beforeEach(async () => {
    await look();
    client.takeCalls();
  });

  it('is waited for 100 ms; then the others are given, and it wakes when it comes', async () => {
    client.hold(held('a'), held('b'), held('c'), held('d'));
    await tell(eventLine('start', 'c'), eventLine('start', 'd'));
    const release = client.pause('inspect c');
    let seen: readonly string[] | undefined;
    const looking = names().then((it) => {
      seen = it;
    });
    await clock.advance(99);
    expect(seen).toBeUndefined();
    await clock.advance(1);
    await looking;
    expect(seen).toEqual(['a', 'b', 'd']);
    wakes = [];
    client.takeCalls();
    release();
    await settle();
    expect(wakes).toEqual(['docker: a late answer']);
    expect(await names()).toEqual(['a', 'b', 'c', 'd']);
    expect(client.takeCalls()).toEqual([]);
  });

  it('stays as it was until the answer comes, if it was known', async () => {
    client.hold(held('a', { health: 'unhealthy' }), held('b'));
    await tell(eventLine('health_status: unhealthy', 'a'));
    const { seen, arrive } = await lookWithout('a');
    expect(seen).toEqual(['a', 'b']);
    await arrive();
    expect(await names()).toEqual(['a unhealthy', 'b']);
  });

  it('is inspected again when something happened to it meanwhile', async () => {
    client.hold(held('a', { health: 'starting' }), held('b'));
    await tell(eventLine('start', 'a'));
    const { arrive } = await lookWithout('a');
    await tell(eventLine('health_status: healthy', 'a'));
    client.takeCalls();
    expect(await names()).toEqual(['a', 'b']);
    expect(client.takeCalls()).toEqual(['list a']);
    wakes = [];
    await arrive();
    expect(wakes).toEqual(['docker: a late answer']);
    client.hold(held('a', { health: 'healthy' }), held('b'));
    expect(await names()).toEqual(['a healthy', 'b']);
    expect(client.takeCalls()).toEqual(['inspect a']);
  });

  it.each([
    { how: 'by an event', tellOf: () => tell(eventLine('destroy', 'a')), resync: false },
    { how: 'at a resync', tellOf: async () => undefined, resync: true },
  ])('does not come back by its late answer when it is listed no longer: $how', async ({ tellOf, resync }) => {
    await tell(eventLine('update', 'a'));
    const { arrive } = await lookWithout('a');
    client.hold(held('b'));
    await tellOf();
    expect((await look(resync)).map(({ name }) => name)).toEqual(['b']);
    client.hold(held('a'), held('b'));
    wakes = [];
    await arrive();
    expect(wakes).toEqual([]);
    expect(await names()).toEqual(['b']);
  });

  it('is gone when the late answer says so', async () => {
    await tell(eventLine('update', 'a'));
    const { seen, arrive } = await lookWithout('a');
    expect(seen).toEqual(['a', 'b']);
    client.hold(held('b'));
    await arrive();
    expect(wakes).toEqual(['docker: a late answer']);
    expect(await names()).toEqual(['b']);
  });

  it('is inspected again when its answer fails', async () => {
    client.hold(held('a'), held('b'), held('c'));
    await tell(eventLine('start', 'c'));
    const { arrive } = await lookWithout('c');
    client.fail('inspect c', new Error('cut'));
    await arrive();
    expect(wakes).toEqual(['docker: a late answer']);
    client.fail('inspect c');
    expect(await names()).toEqual(['a', 'b', 'c']);
  });

  it('is still stopping when it was sent a signal before its answer came', async () => {
    client.hold(held('a'), held('b'), held('c'));
    await tell(eventLine('start', 'c'));
    const { arrive } = await lookWithout('c');
    await tell(eventLine('kill', 'c', { signal: '15' }));
    await look();
    await arrive();
    expect((await look()).at(-1)).toMatchObject({ name: 'c', stopping: { signal: '15' } });
  });

  it('holds up a pass ever less when there are many, and no more than 64 are asked for at a time', async () => {
    const many = Array.from({ length: 100 }, (_, i) => held(`c${i + 100}`));
    client.hold(held('a'), held('b'), ...many);
    await tell(...many.map(({ snapshot: { id } }) => eventLine('start', id)));
    const release = client.pause('inspect c');
    const startMs = clock.monotonicMs();
    let endMs: number | undefined;
    const looking = look().then((seen) => {
      endMs = clock.monotonicMs();
      return seen.map(({ name }) => name);
    });
    await clock.advance(1_000);
    expect(await looking).toEqual(['a', 'b']);
    // 8 at a time: the first for 100 ms, those after them for 20.
    expect((endMs ?? 0) - startMs).toBe(100 + 7 * 20);
    expect(client.takeCalls().filter((call) => call.startsWith('inspect'))).toHaveLength(64);
    release();
    await settle();
    expect(await look()).toHaveLength(102);
  });
});

describe('createContainerSource, its first look', () => {
  it('waits for every answer, since what is missing would be taken for gone', async () => {
    const release = client.pause('inspect a');
    let seen: readonly string[] | undefined;
    const looking = names().then((it) => {
      seen = it;
    });
    await clock.advance(9_000);
    expect(seen).toBeUndefined();
    release();
    await looking;
    expect(seen).toEqual(['a', 'b']);
  });

  it('waits also for the answers that a look before it, which failed, has asked for', async () => {
    const release = client.pause('inspect a');
    client.fail('inspect b', new Error('cut'));
    await expect(look()).rejects.toThrow('cut');
    client.fail('inspect b');
    const looking = names();
    await clock.advance(9_000);
    release();
    expect(await looking).toEqual(['a', 'b']);
  });
});
