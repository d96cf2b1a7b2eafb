import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createContainerSource } from '../../../../src/adapters/docker/container-source.ts';
import type { ContainerSnapshot } from '../../../../src/domain/container.ts';
import type { ContainerSource } from '../../../../src/registration/contracts.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createFakeDockerClient, eventLine, type FakeDockerClient, held } from '../../../support/fake-docker-client.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';

const down = new Error('no engine');

let clock: FakeClock;
let client: FakeDockerClient;
let log: RecordingLog;
let source: ContainerSource;
let ending: AbortController;
let watching: Promise<void>;
let wakes: string[];

/** Writes to the stream and lets it arrive. */
async function tell(...chunks: readonly string[]): Promise<void> {
  for (const chunk of chunks) client.write(chunk);
  await clock.advance(0);
}

async function look(): Promise<readonly ContainerSnapshot[]> {
  return await source.observe({ resync: false }, ending.signal);
}

beforeEach(() => {
  clock = createFakeClock();
  client = createFakeDockerClient();
  log = createRecordingLog();
  ending = new AbortController();
  wakes = [];
  client.hold(held('a'), held('b'));
  source = createContainerSource({ client, clock, log, random: () => 0.5, keepsEnded: false });
});

afterEach(async () => {
  ending.abort();
  await watching;
});

/** Watches, and looks for the first time; what that takes is over. */
async function start(): Promise<void> {
  watching = source.watch((reason) => wakes.push(reason), ending.signal);
  await clock.advance(0);
  await look();
  client.takeCalls();
  wakes = [];
}

describe('createContainerSource, events', () => {
  it('wakes when the stream is open, since before that events may have been missed', async () => {
    watching = source.watch((reason) => wakes.push(reason), ending.signal);
    await clock.advance(0);
    expect(wakes).toEqual(['docker: event stream opened']);
  });

  it('lists again when the stream is open, though it has listed before', async () => {
    await look();
    client.takeCalls();
    watching = source.watch(() => undefined, ending.signal);
    await clock.advance(0);
    await look();
    expect(client.takeCalls()).toEqual(['events', 'list']);
  });

  it('inspects the container of which an event tells, and lists nothing', async () => {
    await start();
    client.hold(held('a', { health: 'unhealthy' }), held('b'), held('c'));
    await tell(eventLine('health_status: unhealthy', 'a'));
    expect(wakes).toEqual(['docker: health_status: unhealthy']);
    expect((await look()).map(({ name, health }) => `${name} ${health}`)).toEqual(['a unhealthy', 'b none']);
    expect(client.takeCalls()).toEqual(['inspect a']);
  });

  it('inspects a container once for many events', async () => {
    await start();
    client.hold(held('b'), held('c'));
    await tell(eventLine('die', 'a'), eventLine('destroy', 'a'), eventLine('start', 'c'), eventLine('rename', 'c'));
    expect(wakes).toEqual(['docker: die', 'docker: destroy', 'docker: start', 'docker: rename']);
    expect((await look()).map(({ name }) => name)).toEqual(['b', 'c']);
    expect(client.takeCalls()).toEqual(['inspect a', 'inspect c']);
  });

  it('does not look at a container of which only a network tells, since it is about to start', async () => {
    await start();
    const actor = { ID: 'net', Attributes: { container: 'c' } };
    const connected = `${JSON.stringify({ Type: 'network', Action: 'connect', Actor: actor })}\n`;
    await tell(connected);
    expect(wakes).toEqual([]);
    await tell(eventLine('start', 'c'), connected);
    expect(wakes).toEqual(['docker: start', 'docker: connect']);
  });

  it('lists before it inspects when events tell of more than 8 containers, and inspects none that is gone', async () => {
    await start();
    const ids = Array.from({ length: 8 }, (_, i) => `c${i}`);
    client.hold(held('b'), held('c7'));
    await tell(eventLine('destroy', 'a'), ...ids.map((id) => eventLine('start', id)));
    expect((await look()).map(({ name }) => name)).toEqual(['b', 'c7']);
    expect(client.takeCalls()).toEqual(['list a c0 c1 c2 c3 c4 c5 c6 c7', 'inspect c7']);
  });

  it('lists very many containers in parts, so that no address gets too long', async () => {
    await start();
    const ids = Array.from({ length: 120 }, (_, i) => `c${i}`);
    await tell(...ids.map((id) => eventLine('start', id)));
    await look();
    const parts = client.takeCalls().map((call) => call.split(' ').slice(1));
    expect(parts.map(({ length }) => length)).toEqual([50, 50, 20]);
    expect(parts.flat()).toEqual(ids);
  });

  it('inspects the container of an event of a network', async () => {
    await start();
    const actor = { ID: 'net', Attributes: { container: 'b' } };
    await tell(`${JSON.stringify({ Type: 'network', Action: 'connect', Actor: actor })}\n`);
    await look();
    expect(client.takeCalls()).toEqual(['inspect b']);
  });

  it.each([
    {
      rule: 'an event that names no container',
      line: '{"Type":"network","Action":"destroy"}',
      reason: 'docker: destroy',
    },
    { rule: 'a line that is no event', line: 'what?', reason: 'docker: an event that is not understood' },
  ])('lists again after $rule', async ({ line, reason }) => {
    await start();
    await tell(`${line}\n`);
    expect(wakes).toEqual([reason]);
    await look();
    expect(client.takeCalls()).toEqual(['list']);
  });

  it('reads events however they are cut', async () => {
    await start();
    const text = eventLine('start', 'a') + eventLine('die', 'b');
    await tell(text.slice(0, 10), text.slice(10, 90), text.slice(90));
    expect(wakes).toEqual(['docker: start', 'docker: die']);
  });

  it('inspects again what changes while it looks', async () => {
    await start();
    await tell(eventLine('start', 'a'));
    const release = client.pause('inspect');
    const looking = look();
    await tell(eventLine('update', 'a'));
    release();
    await looking;
    client.takeCalls();
    await look();
    expect(client.takeCalls()).toEqual(['inspect a']);
  });

  it('forgets no event over a look that failed, though the list shows no change', async () => {
    await start();
    client.hold(held('a', { networks: [] }), held('b'));
    await tell(eventLine('disconnect', 'a'));
    client.fail('inspect', down);
    await expect(look()).rejects.toBe(down);
    client.fail('inspect');
    expect(await look()).toEqual([held('a', { networks: [] }).snapshot, held('b').snapshot]);
  });
});

describe('createContainerSource, a container that is asked to end', () => {
  const stopping = { signal: '15', untilMs: 20_000 };

  it('is stopping, without being inspected', async () => {
    await start();
    await tell(eventLine('kill', 'a', { signal: '15' }));
    expect(wakes).toEqual(['docker: kill']);
    expect(await look()).toEqual([{ ...held('a').snapshot, stopping }, held('b').snapshot]);
    expect(client.takeCalls()).toEqual([]);
  });

  it('is not stopping after any other signal', async () => {
    await start();
    await tell(eventLine('kill', 'a', { signal: '1' }), eventLine('kill', 'b'));
    expect(await look()).toEqual([held('a').snapshot, held('b').snapshot]);
  });

  it('is stopping until 10 s after its timeout', async () => {
    await start();
    await tell(eventLine('kill', 'a', { signal: '15' }));
    await clock.advance(19_999);
    expect((await look())[0]).toEqual({ ...held('a').snapshot, stopping });
    await clock.advance(1);
    expect((await look())[0]).toEqual(held('a').snapshot);
  });

  it('is stopping no more when it has been started again', async () => {
    await start();
    await tell(eventLine('kill', 'a', { signal: '15' }));
    await look();
    client.hold(held('a', { startedMs: 6_000 }), held('b'));
    await tell(eventLine('start', 'a'));
    expect((await look())[0]).toEqual(held('a', { startedMs: 6_000 }).snapshot);
  });

  it('is stopping even when it is known only after the event', async () => {
    await start();
    client.hold(held('c'));
    await tell(eventLine('start', 'c'), eventLine('kill', 'c', { signal: 'SIGTERM' }));
    expect((await look()).at(-1)).toEqual({ ...held('c').snapshot, stopping: { signal: 'SIGTERM', untilMs: 20_000 } });
  });
});

describe('createContainerSource, a stream that ends', () => {
  it('is opened again, and everything is listed', async () => {
    await start();
    client.endStreams();
    await clock.advance(1_000);
    expect(wakes).toEqual(['docker: event stream opened']);
    await look();
    expect(client.takeCalls()).toEqual(['events', 'list']);
  });

  it('is opened again with growing delays up to a second, with one warning', async () => {
    await start();
    client.fail('events', down);
    client.endStreams(down);
    const times: number[] = [];
    for (let passed = 0; passed < 5_000; passed += 1) {
      await clock.advance(1);
      if (client.takeCalls().includes('events')) times.push(clock.monotonicMs());
    }
    const delays = times.map((time, i) => time - (times[i - 1] ?? 0));
    expect(delays).toEqual([38, 75, 150, 300, 600, 750, 750, 750, 750, 750]);
    client.fail('events');
    await clock.advance(1_000);
    expect(log.messages()).toEqual([
      'docker: the event stream failed; opening it again',
      'docker: listening to events again',
    ]);
  });

  it('is opened again with growing delays when it ends as soon as it is open', async () => {
    await start();
    client.endStreams();
    const times = [0];
    for (let passed = 0; times.length < 9 && passed < 10_000; passed += 1) {
      await clock.advance(1);
      if (!client.takeCalls().includes('events')) continue;
      times.push(clock.monotonicMs());
      client.endStreams();
    }
    const delays = times.slice(1).map((time, i) => time - (times[i] ?? 0));
    expect(delays).toEqual([38, 75, 150, 300, 600, 750, 750, 750]);
  });

  it.each([
    { livedMs: 4_999, delayMs: 150 },
    { livedMs: 5_000, delayMs: 38 },
    { livedMs: 60_000, delayMs: 38 },
  ])('is opened again $delayMs ms after it lived $livedMs ms, as the third in a row', async ({ livedMs, delayMs }) => {
    await start();
    client.endStreams();
    await clock.advance(38);
    client.endStreams();
    await clock.advance(75);
    expect(client.takeCalls()).toEqual(['events', 'events']);
    await clock.advance(livedMs);
    client.takeCalls();
    client.endStreams();
    await clock.advance(delayMs - 1);
    expect(client.takeCalls()).toEqual([]);
    await clock.advance(1);
    expect(client.takeCalls()).toEqual(['events']);
  });

  it('begins with short delays again once one has lived, however many failed since', async () => {
    await start();
    await clock.advance(5_000);
    client.endStreams();
    await clock.advance(38);
    client.endStreams();
    await clock.advance(74);
    expect(client.takeCalls()).toEqual(['events']);
    await clock.advance(1);
    expect(client.takeCalls()).toEqual(['events']);
  });

  it('is warned of again when one has been open in between, however shortly', async () => {
    await start();
    for (let times = 0; times < 2; times++) {
      client.endStreams(down);
      await clock.advance(1_000);
    }
    const failed = {
      level: 'warn',
      message: 'docker: the event stream failed; opening it again',
      facts: expect.objectContaining({ error: 'no engine' }),
    };
    const again = { level: 'info', message: 'docker: listening to events again', facts: {} };
    expect(log.lines).toEqual([failed, again, failed, again]);
  });

  it('is no cause for a warning when it ends without an error', async () => {
    await start();
    for (let times = 0; times < 3; times++) {
      client.endStreams();
      await clock.advance(1_000);
    }
    expect(client.takeCalls()).toEqual(['events', 'events', 'events']);
    expect(log.lines).toEqual([]);
  });

  it('has its engine asked after each minute without an event, and is renewed after 5, which is no news', async () => {
    await start();
    const calls: string[] = [];
    for (let passed = 0; passed < 300; passed++) {
      await clock.advance(1_000);
      for (const call of client.takeCalls()) calls.push(`${call} at ${clock.monotonicMs() / 1_000} s`);
    }
    expect(calls).toEqual(['ping at 60 s', 'ping at 120 s', 'ping at 180 s', 'ping at 240 s', 'events at 300 s']);
    expect(wakes).toEqual(['docker: event stream opened']);
    expect(log.messages()).toEqual([]);
  });

  it('is left alone while events come', async () => {
    await start();
    for (let passed = 0; passed < 10; passed++) {
      await clock.advance(59_000);
      await tell(eventLine('start', 'a'));
    }
    expect(client.takeCalls()).toEqual([]);
    await clock.advance(59_999);
    expect(client.takeCalls()).toEqual([]);
    await clock.advance(1);
    expect(client.takeCalls()).toEqual(['ping']);
    await clock.advance(240_000);
    expect(client.takeCalls()).toEqual(['ping', 'ping', 'ping', 'events']);
  });

  it('is opened again when its engine does not answer', async () => {
    await start();
    client.fail('ping', down);
    await clock.advance(60_000);
    expect(client.takeCalls()).toEqual(['ping']);
    expect(log.lines).toEqual([
      {
        level: 'warn',
        message: 'docker: the event stream failed; opening it again',
        facts: expect.objectContaining({ error: 'no engine' }),
      },
    ]);
    await clock.advance(38);
    expect(client.takeCalls()).toEqual(['events']);
  });

  it('is believed when it speaks while its engine is slow to answer', async () => {
    await start();
    const release = client.pause('ping');
    await clock.advance(60_000);
    await clock.advance(5_000);
    await tell(eventLine('start', 'a'));
    client.fail('ping', down);
    release();
    await clock.advance(59_000);
    expect(client.takeCalls()).toEqual(['ping']);
    expect(log.messages()).toEqual([]);
  });

  it('is spoken of a second time when it fails for more than 30 s', async () => {
    await start();
    client.fail('events', down);
    client.endStreams(down);
    await clock.advance(120_000);
    client.fail('events');
    await clock.advance(1_000);
    expect(log.messages()).toEqual([
      'docker: the event stream failed; opening it again',
      'docker: there is no event stream for more than 30 s',
      'docker: listening to events again',
    ]);
  });

  it('is closed when the watch ends', async () => {
    await start();
    ending.abort();
    await watching;
    await tell(eventLine('start', 'a'));
    expect(wakes).toEqual([]);
    expect(log.messages()).toEqual([]);
  });

  it('is not waited for when the watch ends while it cannot be opened', async () => {
    client.fail('events', down);
    watching = source.watch(() => undefined, ending.signal);
    await clock.advance(10);
    ending.abort();
    await watching;
    expect(log.messages()).toEqual(['docker: the event stream failed; opening it again']);
  });
});
