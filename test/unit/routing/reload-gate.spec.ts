import { beforeEach, describe, expect, it } from 'vitest';
import { createReloadGate, type ReloadGate } from '../../../src/routing/reload-gate.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let gate: ReloadGate;

beforeEach(() => {
  clock = createFakeClock();
  gate = createReloadGate(clock);
});

describe('createReloadGate', () => {
  it('waits for 250 ms of calm', async () => {
    expect(gate.waitMs('a')).toBe(250);
    await clock.advance(249);
    expect(gate.waitMs('a')).toBe(1);
    await clock.advance(1);
    expect(gate.waitMs('a')).toBe(0);
  });

  it('waits anew when something else is wanted', async () => {
    gate.waitMs('a');
    await clock.advance(200);
    expect(gate.waitMs('b')).toBe(250);
    await clock.advance(250);
    expect(gate.waitMs('b')).toBe(0);
  });

  it('waits for calm no longer than 2 s', async () => {
    const waits: number[] = [];
    for (const shape of 'abcdefghijk') {
      waits.push(gate.waitMs(shape));
      await clock.advance(200);
    }
    expect(waits).toEqual([250, 250, 250, 250, 250, 250, 250, 250, 250, 200, 0]);
  });

  it('lets 2 s pass between two reloads', async () => {
    gate.tried();
    expect(gate.waitMs('a')).toBe(2_000);
    await clock.advance(1_999);
    expect(gate.waitMs('a')).toBe(1);
    await clock.advance(1);
    expect(gate.waitMs('a')).toBe(0);
  });

  it('does not wait for calm again when the same is tried again', async () => {
    gate.waitMs('a');
    await clock.advance(250);
    gate.tried();
    await clock.advance(1_999);
    expect(gate.waitMs('a')).toBe(1);
    await clock.advance(1);
    expect(gate.waitMs('a')).toBe(0);
  });

  it('waits for calm anew when for a while no reload was wanted', async () => {
    gate.waitMs('a');
    gate.tried();
    gate.unwanted();
    await clock.advance(60_000);
    expect(gate.waitMs('a')).toBe(250);
  });

  it('keeps the 2 s between two reloads when for a while none was wanted', async () => {
    gate.tried();
    gate.unwanted();
    await clock.advance(500);
    expect(gate.waitMs('a')).toBe(1_500);
  });
});
