import { describe, expect, it } from 'vitest';
import type { TemplateOutcome } from '../../../src/rendering/runner-contracts.ts';
import { startRunner } from '../../support/runner-world.ts';

const waiting = (...waitsFor: readonly string[]): TemplateOutcome => ({ kind: 'waiting', waitsFor });
const failed = (reason: string): TemplateOutcome => ({ kind: 'failed', reason });
const WAIT = { quietMs: 100, maxWaitMs: 1_000 };

describe('the first rendering', () => {
  it('writes each file as soon as its template has all data, and runs its command', async () => {
    const world = startRunner([{ command: 'reload a', wait: WAIT }, { command: 'reload b' }]);
    await world.set('A', waiting('key(b)'));
    expect(world.takeDiary()).toEqual(['write /t0 A', 'run reload a']);
    await world.set('A', 'B');
    expect(world.takeDiary()).toEqual(['write /t1 B', 'run reload b', 'all rendered']);
  });

  it('runs commands after all files, and the same command once', async () => {
    const world = startRunner([{ command: 'reload' }, { command: 'other' }, { command: 'reload' }]);
    await world.set('A', 'B', 'C');
    const writes = ['write /t0 A', 'write /t1 B', 'write /t2 C'];
    expect(world.takeDiary()).toEqual([...writes, 'run reload', 'run other', 'all rendered']);
  });

  it('leaves a file that is right alone, with its command', async () => {
    const world = startRunner([{ command: 'reload' }], { files: { '/t0': 'A' } });
    await world.set('A');
    expect(world.takeDiary()).toEqual(['all were right']);
  });

  it('runs the command of a file that is right where that is asked for, and only at the start', async () => {
    const world = startRunner([{ command: 'reload', runsCommandOnStart: true }], { files: { '/t0': 'A' } });
    await world.set('A');
    expect(world.takeDiary()).toEqual(['run reload', 'all were right']);
    world.files.set('/t0', 'B');
    await world.set('B');
    expect(world.takeDiary()).toEqual([]);
  });
});

describe('a change', () => {
  it('is written at once without a quiet time, and told of', async () => {
    const world = startRunner([{ command: 'reload' }]);
    await world.set('A');
    world.takeDiary();
    await world.set('B');
    expect(world.takeDiary()).toEqual(['write /t0 B', 'run reload', 'changed']);
  });

  it('waits for calm, and is written once for many changes', async () => {
    const world = startRunner([{ command: 'reload', wait: WAIT }]);
    await world.set('A');
    world.takeDiary();
    for (const text of ['B', 'C', 'D']) {
      await world.set(text);
      await world.clock.advance(99);
      expect(world.takeDiary()).toEqual([]);
    }
    await world.clock.advance(1);
    expect(world.takeDiary()).toEqual(['write /t0 D', 'run reload', 'changed']);
  });

  it('waits no longer than the maximum, however often it comes', async () => {
    const world = startRunner([{ wait: WAIT }]);
    await world.set('A');
    world.takeDiary();
    for (let i = 0; i < 20; i++) {
      await world.set(`change ${i}`);
      await world.clock.advance(50);
    }
    expect(world.takeDiary()).toEqual(['write /t0 change 19', 'changed']);
  });

  it('that is taken back within the quiet time writes and runs nothing', async () => {
    const world = startRunner([{ command: 'reload', wait: WAIT }]);
    await world.set('A');
    world.takeDiary();
    await world.set('B');
    await world.set('A');
    await world.clock.advance(1_000);
    expect(world.takeDiary()).toEqual([]);
  });

  it('of data that gives the same text does not prolong the quiet time', async () => {
    const world = startRunner([{ wait: WAIT }]);
    await world.set('A');
    world.takeDiary();
    await world.set('B');
    await world.clock.advance(60);
    await world.set('B');
    await world.clock.advance(40);
    expect(world.takeDiary()).toEqual(['write /t0 B', 'changed']);
  });

  it('has a quiet time of its own for each template, also while another one waits for data', async () => {
    const world = startRunner([{ wait: { quietMs: 10, maxWaitMs: 40 } }, { wait: WAIT }, {}]);
    await world.set('A', 'B', waiting('key(c)'));
    world.takeDiary();
    await world.set('AA', 'BB', waiting('key(c)'));
    await world.clock.advance(10);
    expect(world.takeDiary()).toEqual(['write /t0 AA']);
    await world.clock.advance(90);
    expect(world.takeDiary()).toEqual(['write /t1 BB']);
  });

  it('leaves the file of a template that waits again', async () => {
    const world = startRunner([{}]);
    await world.set('A');
    await world.set(waiting('key(a)'));
    expect(world.files.get('/t0')).toBe('A');
  });
});

it('puts a file right that somebody else has changed, when its text is another for a while', async () => {
  const world = startRunner([{ wait: WAIT }]);
  await world.set('A');
  world.takeDiary();
  world.files.set('/t0', 'not ours');
  await world.set('B');
  await world.set('A');
  await world.clock.advance(100);
  expect(world.takeDiary()).toEqual(['write /t0 A', 'changed']);
});

describe('a failure', () => {
  it('of a command is tried again with growing pauses, and ends nothing', async () => {
    const world = startRunner([{ command: 'reload' }]);
    world.failing.add('reload');
    await world.set('A');
    expect(world.takeDiary()).toEqual(['write /t0 A', 'run reload', 'all rendered']);
    await world.clock.advance(1_000);
    expect(world.takeDiary()).toEqual(['run reload']);
    await world.clock.advance(1_999);
    expect(world.takeDiary()).toEqual([]);
    world.failing.clear();
    await world.clock.advance(1);
    expect(world.takeDiary()).toEqual(['run reload']);
    await world.clock.advance(600_000);
    expect(world.takeDiary()).toEqual([]);
  });

  it('of a command does not hold it up when its file changes', async () => {
    const world = startRunner([{ command: 'reload' }]);
    world.failing.add('reload');
    await world.set('A');
    world.takeDiary();
    await world.set('B');
    expect(world.takeDiary()).toEqual(['write /t0 B', 'run reload', 'changed']);
  });

  it('of a check keeps the old file, is said once, and is tried again', async () => {
    const world = startRunner([{ check: 'check {}', command: 'reload' }], { files: { '/t0': 'old' } });
    world.failing.add('check /t0.new');
    await world.set('A');
    expect(world.takeDiary()).toEqual(['run check /t0.new', 'discard /t0']);
    await world.clock.advance(3_000);
    expect(world.takeDiary()).toEqual(['run check /t0.new', 'discard /t0', 'run check /t0.new', 'discard /t0']);
    expect(world.files.get('/t0')).toBe('old');
    expect(world.log.messages()).toEqual(['the file was not replaced; the old one stays']);
    world.failing.clear();
    await world.set('B');
    expect(world.takeDiary()).toEqual(['run check /t0.new', 'write /t0 B', 'run reload', 'all rendered']);
  });

  it('of a check does not take its calm from the next text', async () => {
    const world = startRunner([{ check: 'check', wait: WAIT }], { files: { '/t0': 'old' } });
    await world.set('A');
    world.failing.add('check');
    await world.set('B');
    await world.clock.advance(2_500);
    world.takeDiary();
    world.failing.clear();
    await world.set('C');
    await world.clock.advance(99);
    expect(world.takeDiary()).toEqual([]);
    await world.clock.advance(1);
    expect(world.takeDiary()).toEqual(['run check', 'write /t0 C', 'changed']);
  });

  it('of a command is not tried again because of another file', async () => {
    const world = startRunner([{ command: 'reload' }, {}]);
    world.failing.add('reload');
    await world.set('A', 'B');
    world.takeDiary();
    await world.set('A', 'BB');
    expect(world.takeDiary()).toEqual(['write /t1 BB', 'changed']);
  });

  it('to write one file is no reason to leave the others', async () => {
    const world = startRunner([{}, { command: 'reload' }]);
    world.failing.add('/t0');
    await world.set('A', 'B');
    expect(world.takeDiary()).toEqual(['write /t1 B', 'run reload']);
    world.failing.clear();
    await world.clock.advance(1_000);
    expect(world.takeDiary()).toEqual(['write /t0 A', 'all rendered']);
  });

  it('of a template leaves its file, and is said once', async () => {
    const world = startRunner([{}, {}]);
    await world.set('A', 'B');
    world.takeDiary();
    await world.set(failed('no such field'), 'B');
    await world.set(failed('no such field'), 'BB');
    expect(world.takeDiary()).toEqual(['write /t1 BB', 'changed']);
    const lines = world.log.lines.filter(({ level }) => level === 'warn');
    expect(lines).toEqual([
      {
        level: 'warn',
        message: 'a template failed; its file stays as it is',
        facts: { template: 't0', destination: '/t0', error: 'no such field' },
      },
    ]);
    expect(world.end()).toBeUndefined();
  });

  it('of a template ends it where that is asked for, after the others were written', async () => {
    const world = startRunner([{ endsOnError: true }, {}]);
    await world.set(failed('no such field'), 'B');
    expect(world.takeDiary()).toEqual(['write /t1 B']);
    expect(world.end()).toMatchObject({
      kind: 'failed',
      error: { code: 'TEMPLATE_FAILED', message: 't0: no such field' },
    });
  });
});

describe('what a template waits for', () => {
  it('is said after five seconds, once for each set', async () => {
    const world = startRunner([{}]);
    await world.set(waiting('key(b)', 'key(a)'));
    await world.clock.advance(4_999);
    expect(world.log.lines).toEqual([]);
    await world.clock.advance(1);
    await world.set(waiting('key(a)', 'key(b)'));
    await world.clock.advance(60_000);
    const said = (waitsFor: readonly string[]) => ({
      level: 'warn',
      message: 'a template waits for data that is not there',
      facts: { template: 't0', destination: '/t0', waitsFor },
    });
    expect(world.log.lines).toEqual([said(['key(a)', 'key(b)'])]);
    await world.set(waiting('key(a)'));
    await world.clock.advance(5_000);
    expect(world.log.lines).toEqual([said(['key(a)', 'key(b)']), said(['key(a)'])]);
  });

  it('is not said when it comes in time', async () => {
    const world = startRunner([{}]);
    await world.set(waiting('key(a)'));
    await world.clock.advance(4_000);
    await world.set('A');
    await world.clock.advance(60_000);
    expect(world.log.messages()).toEqual(['rendered']);
  });
});

describe('once', () => {
  const once = { once: true };

  it('ends when everything was rendered, quiet time or not', async () => {
    const world = startRunner([{ wait: WAIT, command: 'reload' }, {}], once);
    await world.set('A', waiting('key(b)'));
    expect(world.end()).toBeUndefined();
    await world.set('A', 'B');
    expect(world.end()).toEqual({ kind: 'done' });
    expect(world.takeDiary()).toEqual(['write /t0 A', 'run reload', 'write /t1 B', 'all rendered']);
  });

  it.each([
    { what: 'a template', sketch: {}, outcome: failed('no such field'), failing: 'nothing', code: 'TEMPLATE_FAILED' },
    { what: 'a command', sketch: { command: 'reload' }, outcome: 'A', failing: 'reload', code: 'COMMAND_FAILED' },
    { what: 'a check', sketch: { check: 'check' }, outcome: 'A', failing: 'check', code: 'COMMAND_FAILED' },
    { what: 'writing', sketch: {}, outcome: 'A', failing: '/t0', code: 'FILE_UNWRITABLE' },
  ])('ends with the failure of $what', async ({ sketch, outcome, failing, code }) => {
    const world = startRunner([sketch], once);
    world.failing.add(failing);
    await world.set(outcome);
    expect(world.end()).toMatchObject({ kind: 'failed', error: { code } });
  });
});

describe('printing', () => {
  it('takes the place of writing and of commands', async () => {
    const printed: string[] = [];
    const print = (destination: string, content: Uint8Array): void => {
      printed.push(`${destination} ${Buffer.from(content).toString()}`);
    };
    const world = startRunner([{ command: 'reload' }, { command: 'reload' }], { print, files: { '/t1': 'B' } });
    await world.set('A', 'B');
    expect(printed).toEqual(['/t0 A']);
    expect(world.takeDiary()).toEqual(['all rendered']);
  });
});

it('stops when it is aborted', async () => {
  const world = startRunner([{}]);
  await world.stop();
  expect(world.end()).toBe('aborted');
});

it('tells of its files when it is aborted while their commands run', async () => {
  const world = startRunner([{ command: 'hang' }]);
  await world.set('A');
  expect(world.takeDiary()).toEqual(['write /t0 A', 'run hang']);
  await world.stop();
  expect(world.takeDiary()).toEqual(['changed']);
  expect(world.end()).toBe('aborted');
});

it('writes bytes that are no text as they are', async () => {
  const world = startRunner([{}]);
  await world.set('\udcff');
  expect(world.files.get('/t0')).toBe('\u00ff');
});
