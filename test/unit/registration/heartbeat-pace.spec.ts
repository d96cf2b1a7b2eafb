import { describe, expect, it } from 'vitest';
import { createRenewalPacer, heartbeatPeriodMs, isHurried, ttlFor } from '../../../src/registration/heartbeat-pace.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const byItself = { ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false };
const given = (ttlMs: number, heartbeatMs = ttlMs / 4) => ({ ttlMs, heartbeatMs, isTtlGiven: true });

describe('ttlFor', () => {
  it.each([
    { checks: 0, ttlMs: 60_000 },
    { checks: 300, ttlMs: 60_000 },
    { checks: 301, ttlMs: 120_000 },
    { checks: 600, ttlMs: 120_000 },
    { checks: 601, ttlMs: 240_000 },
    { checks: 1_200, ttlMs: 240_000 },
    { checks: 1_201, ttlMs: 480_000 },
    { checks: 2_400, ttlMs: 480_000 },
    { checks: 2_401, ttlMs: 960_000 },
    { checks: 4_800, ttlMs: 960_000 },
    { checks: 4_801, ttlMs: 1_920_000 },
    { checks: 9_600, ttlMs: 1_920_000 },
    { checks: 100_000, ttlMs: 1_920_000 },
  ])('lets $checks checks beat 20 times a second together: $ttlMs ms', ({ checks, ttlMs }) => {
    expect(ttlFor(checks, byItself)).toBe(ttlMs);
  });

  it.each([0, 1, 60_000, 3_600_000])('takes %d ms as it is when the operator says so', (ttlMs) => {
    expect([ttlFor(1, given(ttlMs)), ttlFor(100_000, given(ttlMs))]).toEqual([ttlMs, ttlMs]);
  });
});

describe('heartbeatPeriodMs', () => {
  it.each([60_000, 120_000, 1_920_000, 7_000])('is a quarter of the TTL that is registered: %d ms', (ttlMs) => {
    expect(heartbeatPeriodMs(ttlMs, byItself)).toBe(ttlMs / 4);
  });

  it.each([
    { rule: 'what the operator says', registeredMs: 40_000, options: given(40_000, 30_000), periodMs: 30_000 },
    {
      rule: 'never more than the registered TTL bears, until the longer one is registered',
      registeredMs: 20_000,
      options: given(40_000, 30_000),
      periodMs: 5_000,
    },
    {
      rule: 'what the operator says at once where the TTL is to be shortened',
      registeredMs: 480_000,
      options: given(40_000, 30_000),
      periodMs: 30_000,
    },
    {
      rule: 'a quarter of a TTL that is left over where there are to be none',
      registeredMs: 60_000,
      options: given(0),
      periodMs: 15_000,
    },
    {
      rule: 'the same where only the time between heartbeats is given',
      registeredMs: 60_000,
      options: given(0, 10_000),
      periodMs: 15_000,
    },
  ])('is $rule', ({ registeredMs, options, periodMs }) => {
    expect(heartbeatPeriodMs(registeredMs, options)).toBe(periodMs);
  });
});

describe('isHurried', () => {
  it.each([
    { rule: '20 a second are none too many', checks: 300, options: given(60_000), is: false },
    { rule: 'more are', checks: 301, options: given(60_000), is: true },
    { rule: 'a longer period makes it good', checks: 301, options: given(120_000), is: false },
    { rule: 'without heartbeats there is no hurry', checks: 301, options: given(0), is: false },
    { rule: 'nobody is blamed who has given nothing', checks: 301, options: byItself, is: false },
  ])('$rule', ({ checks, options, is }) => {
    expect(isHurried(checks, options)).toBe(is);
  });
});

describe('createRenewalPacer', () => {
  const takeAll = (pacer: ReturnType<typeof createRenewalPacer>): number => {
    let taken = 0;
    while (taken < 1_000 && pacer.mayRenew()) taken += 1;
    return taken;
  };

  it('lets 5 through at once, and then 5 a second', async () => {
    const clock = createFakeClock();
    const pacer = createRenewalPacer(clock);
    const taken: number[] = [];
    for (const ms of [0, 0, 199, 1, 400, 1_000]) {
      await clock.advance(ms);
      taken.push(takeAll(pacer));
    }
    expect(taken).toEqual([5, 0, 0, 1, 2, 5]);
  });

  it('saves up no more than one second', async () => {
    const clock = createFakeClock();
    const pacer = createRenewalPacer(clock);
    await clock.advance(3_600_000);
    expect(takeAll(pacer)).toBe(5);
  });
});
