import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Confirmation, createConfirmation } from '../../../../src/adapters/consul/confirmation.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

let clock: FakeClock;
let confirmation: Confirmation;
let ending: AbortController;
let running: Promise<void>;
/** When everything was read. */
let reads: number[];

beforeEach(async () => {
  clock = createFakeClock();
  ending = new AbortController();
  reads = [];
  confirmation = createConfirmation(clock, () => undefined);
  const read = async (): Promise<void> => {
    reads.push(clock.monotonicMs());
  };
  running = confirmation.run(read, () => undefined, ending.signal);
  await clock.advance(100_000);
});

afterEach(async () => {
  ending.abort();
  await running;
});

describe('a confirmation that is asked for', () => {
  it.each([
    { missing: 'this moment', sinceMs: 100_000, readMs: 110_000 },
    { missing: 'for 4 s', sinceMs: 96_000, readMs: 106_000 },
    { missing: 'for long', sinceMs: 1_000, readMs: 100_000 },
  ])('reads everything 10 s after what is missing $missing went', async ({ sinceMs, readMs }) => {
    confirmation.ask(sinceMs);
    await clock.advance(60_000);
    expect(reads).toEqual([readMs]);
    expect(confirmation.current()).toEqual({ trust: 'confirmed', confirmedMs: readMs });
  });

  it('is one that is awaited already, also after a doubt', async () => {
    confirmation.doubt();
    await clock.advance(5_000);
    confirmation.ask(105_000);
    await clock.advance(5_000);
    expect(reads).toEqual([110_000]);
    // That proves too little for what went later.
    confirmation.ask(105_000);
    await clock.advance(60_000);
    expect(reads).toEqual([110_000, 115_000]);
  });
});
