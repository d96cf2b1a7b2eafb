import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { errorMessage } from '../../../src/lib/errors.ts';
import type { CheckVerdict } from '../../../src/registration/contracts.ts';
import { createHeartbeats, type Heartbeats } from '../../../src/registration/heartbeats.ts';
import { createFakeClock, type FakeClock, settle } from '../../support/fake-clock.ts';
import { createRecordingRegistry, type RecordingRegistry } from '../../support/recording-registry.ts';
import { aRegistration, running } from '../../support/services.ts';

const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
const A_RUNS = 'report a:container passing running';
const A_DRAINS = 'report a:container critical stopping: was sent signal 15';
const B_RUNS = 'report b:container passing running';

let clock: FakeClock;
let registry: RecordingRegistry;
let heartbeats: Heartbeats;
let ending: AbortController;
let beating: Promise<void>;
let randoms: number[];
let events: string[];

beforeEach(async () => {
  clock = createFakeClock();
  registry = createRecordingRegistry();
  ending = new AbortController();
  randoms = [];
  events = [];
  for (const id of ['a', 'b']) await registry.register(aRegistration({ id }), ending.signal);
  registry.takeCalls();
  heartbeats = createHeartbeats({
    registry,
    clock,
    random: () => randoms.shift() ?? 0.5,
    onUnknown: (checkId) => events.push(`unknown ${checkId}`),
    onTurn: (error) => events.push(error === undefined ? 'recovered' : `failing: ${errorMessage(error)}`),
  });
  beating = heartbeats.run(ending.signal);
});

afterEach(async () => {
  ending.abort();
  await beating;
});

function keep(...ids: readonly string[]): void {
  keepAt(15_000, ...ids);
}

function keepAt(periodMs: number, ...ids: readonly string[]): void {
  heartbeats.keep(new Map(ids.map((id) => [`${id}:container`, { verdict: running, periodMs }])));
}

/** The calls of the next `ms` milliseconds, each with the time at which it was made. */
async function callsWithin(ms: number, stepMs = 500): Promise<readonly string[]> {
  const calls: string[] = [];
  for (let passed = 0; passed < ms; passed += stepMs) {
    await clock.advance(stepMs);
    calls.push(...registry.takeCalls().map((call) => `${clock.monotonicMs() / 1_000} s: ${call}`));
  }
  return calls;
}

describe('createHeartbeats', () => {
  it('says nothing while there is nothing to keep', async () => {
    await clock.advance(3_600_000);
    expect(registry.takeCalls()).toEqual([]);
  });

  it('says each check once a period, spread over it', async () => {
    randoms = [0.2, 0.8];
    keep('a', 'b');
    expect(await callsWithin(34_000)).toEqual([
      `3 s: ${A_RUNS}`,
      `12 s: ${B_RUNS}`,
      `18 s: ${A_RUNS}`,
      `27 s: ${B_RUNS}`,
      `33 s: ${A_RUNS}`,
    ]);
  });

  it('sends together what falls into one second, at its begin', async () => {
    randoms = [0.2, 0.26];
    keep('a', 'b');
    expect(await callsWithin(19_000)).toEqual([
      `3 s: ${A_RUNS}`,
      `3 s: ${B_RUNS}`,
      `18 s: ${A_RUNS}`,
      `18 s: ${B_RUNS}`,
    ]);
  });

  it('does not say again what has just been registered, if its time would be now', async () => {
    randoms = [0.04];
    keep('a');
    expect(await callsWithin(15_000, 100)).toEqual([`0.6 s: ${A_RUNS}`, `15 s: ${A_RUNS}`]);
  });

  it('beats within a second as often as asked', async () => {
    keepAt(400, 'a');
    expect(await callsWithin(2_100, 100)).toEqual(
      ['0.2', '0.6', '1', '1.4', '1.8', '2'].map((second) => `${second} s: ${A_RUNS}`),
    );
  });

  it('keeps its rhythm when it is told the same again', async () => {
    keep('a');
    const calls: string[] = [];
    for (let pass = 0; pass < 4; pass++) {
      calls.push(...(await callsWithin(7_000)));
      keep('a');
    }
    expect(calls).toEqual([`7 s: ${A_RUNS}`, `22 s: ${A_RUNS}`]);
  });

  it('takes in a new check while it sleeps', async () => {
    keep('a');
    await clock.advance(1_000);
    randoms = [0.1];
    keep('a', 'b');
    expect(await callsWithin(7_000)).toEqual([`2 s: ${B_RUNS}`, `7 s: ${A_RUNS}`]);
  });

  it('says no more what is kept no more', async () => {
    keep('a', 'b');
    keep('b');
    expect(await callsWithin(15_000)).toEqual([`7 s: ${B_RUNS}`]);
  });

  it('says the newest verdict', async () => {
    keep('a');
    heartbeats.keep(new Map([['a:container', { verdict: drained, periodMs: 15_000 }]]));
    expect(await callsWithin(15_000)).toEqual([`7 s: ${A_DRAINS}`]);
  });

  it('tells of a check that the registry does not know', async () => {
    keep('gone');
    await clock.advance(7_000);
    expect(events).toEqual(['unknown gone:container']);
  });

  it('ends when aborted, after what is on its way', async () => {
    const release = registry.hold(A_RUNS);
    keep('a');
    await clock.advance(7_000);
    ending.abort();
    let hasEnded = false;
    const ended = beating.then(() => {
      hasEnded = true;
    });
    await settle();
    expect(hasEnded).toBe(false);
    release();
    await ended;
    expect(hasEnded).toBe(true);
  });
});

describe('createHeartbeats, periods', () => {
  it('are of each check its own', async () => {
    const beats = new Map([
      ['a:container', { verdict: running, periodMs: 8_000 }],
      ['b:container', { verdict: running, periodMs: 16_000 }],
    ]);
    heartbeats.keep(beats);
    expect(await callsWithin(21_000)).toEqual([
      `4 s: ${A_RUNS}`,
      `8 s: ${B_RUNS}`,
      `12 s: ${A_RUNS}`,
      `20 s: ${A_RUNS}`,
    ]);
  });

  it('grow from the next beat on, which comes when it was due', async () => {
    keepAt(10_000, 'a');
    await clock.advance(1_000);
    keepAt(30_000, 'a');
    expect(await callsWithin(70_000)).toEqual([`5 s: ${A_RUNS}`, `35 s: ${A_RUNS}`, `65 s: ${A_RUNS}`]);
  });

  it('shrink at once', async () => {
    keepAt(100_000, 'a');
    await clock.advance(1_000);
    keepAt(10_000, 'a');
    expect(await callsWithin(25_000)).toEqual([`11 s: ${A_RUNS}`, `21 s: ${A_RUNS}`]);
  });

  it('begin anew with what was told', async () => {
    keepAt(100_000, 'a');
    await heartbeats.tell('a:container', drained, ending.signal);
    registry.takeCalls();
    expect(await callsWithin(60_000)).toEqual([`50 s: ${A_DRAINS}`]);
  });
});

describe('createHeartbeats, tell', () => {
  it('says it now, and again within a period', async () => {
    keep('a');
    await clock.advance(6_000);
    await heartbeats.tell('a:container', drained, ending.signal);
    expect(registry.takeCalls()).toEqual([A_DRAINS]);
    expect(await callsWithin(23_000)).toEqual([`13 s: ${A_DRAINS}`, `28 s: ${A_DRAINS}`]);
  });

  it('waits for an old heartbeat that is on its way, which so never overwrites the newer verdict', async () => {
    keep('a');
    const release = registry.hold(A_RUNS);
    await clock.advance(7_000);
    const telling = heartbeats.tell('a:container', drained, ending.signal);
    await settle();
    expect(registry.takeCalls()).toEqual([A_RUNS]);
    release();
    await telling;
    expect(registry.takeCalls()).toEqual([A_DRAINS]);
    expect((await registry.checks(ending.signal)).get('a:container')).toMatchObject(drained);
  });

  it('waits for it even when the check was not kept in between', async () => {
    keep('a');
    const release = registry.hold(A_RUNS);
    await clock.advance(7_000);
    keep();
    const telling = heartbeats.tell('a:container', drained, ending.signal);
    await settle();
    expect(registry.takeCalls()).toEqual([A_RUNS]);
    release();
    await telling;
    expect(registry.takeCalls()).toEqual([A_DRAINS]);
  });

  it('goes on after an old heartbeat that failed', async () => {
    keep('a');
    registry.fail(A_RUNS, new Error('down'));
    const release = registry.hold(A_RUNS);
    await clock.advance(7_000);
    const telling = heartbeats.tell('a:container', drained, ending.signal);
    release();
    await telling;
    expect(registry.takeCalls()).toEqual([A_RUNS, A_DRAINS]);
  });

  it('waits for no other check', async () => {
    keep('a', 'b');
    const release = registry.hold(B_RUNS);
    await clock.advance(7_000);
    await heartbeats.tell('a:container', drained, ending.signal);
    expect(registry.takeCalls()).toEqual([A_RUNS, B_RUNS, A_DRAINS]);
    release();
  });

  it('fails like the registry, and a heartbeat says it later', async () => {
    keep('a');
    registry.fail('report', new Error('down'));
    await expect(heartbeats.tell('a:container', drained, ending.signal)).rejects.toThrow('down');
    registry.fail('report');
    registry.takeCalls();
    expect(await callsWithin(8_000)).toEqual([`7 s: ${A_DRAINS}`]);
  });

  it('says the newest verdict when several wait', async () => {
    const release = registry.hold('report');
    const first = heartbeats.tell('a:container', drained, ending.signal);
    const second = heartbeats.tell('a:container', running, ending.signal);
    await settle();
    release();
    await Promise.all([first, second]);
    expect(registry.takeCalls().at(-1)).toBe(A_RUNS);
  });
});

describe('createHeartbeats, failures', () => {
  it('tries again within a second, and says once that it fails and that it recovered', async () => {
    registry.fail('report', new Error('down'));
    keep('a');
    expect(await callsWithin(9_000, 250)).toEqual([`7 s: ${A_RUNS}`, `7.75 s: ${A_RUNS}`, `8.5 s: ${A_RUNS}`]);
    registry.fail('report');
    expect(await callsWithin(16_000, 250)).toEqual([`9.25 s: ${A_RUNS}`, `24 s: ${A_RUNS}`]);
    expect(events).toEqual(['failing: down', 'recovered']);
  });

  it('keeps 8 on their way at a time, so that none waits for one that hangs', async () => {
    const ids = Array.from({ length: 20 }, (_, i) => `s${String(i).padStart(2, '0')}`);
    for (const id of ids) await registry.register(aRegistration({ id }), ending.signal);
    registry.takeCalls();
    const release = registry.hold('report s00');
    keep(...ids);
    await clock.advance(7_000);
    expect(registry.takeCalls()).toEqual(ids.map((id) => `report ${id}:container passing running`));
    release();

    const releaseAll = registry.hold('report');
    await clock.advance(15_000);
    expect(registry.takeCalls()).toHaveLength(8);
    releaseAll();
    await settle();
    expect(registry.takeCalls()).toHaveLength(12);
  });
});

describe('createHeartbeats, tellAll', () => {
  it('says every check once', async () => {
    keep('a', 'b');
    await heartbeats.tellAll(new Map(), ending.signal);
    expect(registry.takeCalls().toSorted()).toEqual([A_RUNS, B_RUNS]);
  });

  it('says the last words instead of what was kept, and those that were not', async () => {
    keep('a');
    await heartbeats.tellAll(
      new Map([
        ['a:container', drained],
        ['b:container', running],
      ]),
      ending.signal,
    );
    expect(registry.takeCalls().toSorted()).toEqual([A_DRAINS, B_RUNS]);
  });

  it('fails when one of them fails', async () => {
    keep('a', 'b');
    registry.fail(B_RUNS, new Error('down'));
    await expect(heartbeats.tellAll(new Map(), ending.signal)).rejects.toThrow('down');
  });
});
