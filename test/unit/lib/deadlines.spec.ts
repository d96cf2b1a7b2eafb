import { beforeEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../../src/lib/clock.ts';
import { createDeadlines, type Deadlines } from '../../../src/lib/deadlines.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let timers: number;
let deadlines: Deadlines;
let over: string[];

beforeEach(() => {
  clock = createFakeClock();
  timers = 0;
  over = [];
  const counted: Clock = {
    ...clock,
    sleep: async (ms, signal) => {
      timers += 1;
      try {
        await clock.sleep(ms, signal);
      } finally {
        timers -= 1;
      }
    },
  };
  deadlines = createDeadlines(counted);
});

const start = (name: string, ms: number) => deadlines.start(ms, () => over.push(name));

describe('deadlines', () => {
  it('are over when their time has passed, each once, in the order of time', async () => {
    start('c', 30);
    start('a', 10);
    start('b', 20);
    await clock.advance(9);
    expect(over).toEqual([]);
    await clock.advance(1);
    expect(over).toEqual(['a']);
    await clock.advance(1_000);
    expect(over).toEqual(['a', 'b', 'c']);
  });

  it('are not over when they were ended before', async () => {
    const end = start('a', 10);
    start('b', 20);
    end();
    await clock.advance(1_000);
    expect(over).toEqual(['b']);
  });

  it('begin when they are started', async () => {
    start('a', 10);
    await clock.advance(5);
    start('b', 10);
    await clock.advance(5);
    expect(over).toEqual(['a']);
    await clock.advance(5);
    expect(over).toEqual(['a', 'b']);
  });

  it('need one timer, however many they are, and none when there is none', async () => {
    const ends = Array.from({ length: 100 }, (_, i) => start(String(i), 10 + i));
    await clock.advance(0);
    expect(timers).toBe(1);
    for (const end of ends) end();
    await clock.advance(0);
    expect(timers).toBe(0);
  });

  it('may be started by one that is over', async () => {
    deadlines.start(10, () => start('second', 10));
    await clock.advance(20);
    expect(over).toEqual(['second']);
  });
});
