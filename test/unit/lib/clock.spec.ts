import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { settle } from '../../support/fake-clock.ts';

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date', 'performance'], now: 1_800_000_000_000 });
  });

  afterEach(() => {
    vi.useRealTimers();
  });

  it('counts wall time from 1970 in milliseconds', () => {
    expect(systemClock.wallMs()).toBe(1_800_000_000_000);
  });

  it('keeps monotonic time going when the wall clock is set back', () => {
    const beforeMs = systemClock.monotonicMs();
    vi.advanceTimersByTime(250);
    vi.setSystemTime(0);
    expect({ wallMs: systemClock.wallMs(), passedMs: systemClock.monotonicMs() - beforeMs }).toEqual({
      wallMs: 0,
      passedMs: 250,
    });
  });
});

describe('systemClock.sleep', () => {
  it.each([0, -1, Number.NEGATIVE_INFINITY])('wakes at once after %d ms', async (ms) => {
    await expect(systemClock.sleep(ms)).resolves.toBeUndefined();
  });

  it('rejects with the reason of a signal that is aborted already', async () => {
    const reason = new Error('over');
    await expect(systemClock.sleep(0, AbortSignal.abort(reason))).rejects.toBe(reason);
  });

  it('rejects with the reason of a signal that is aborted meanwhile', async () => {
    const ending = new AbortController();
    const reason = new Error('over');
    const sleeping = systemClock.sleep(60_000, ending.signal);
    ending.abort(reason);
    await expect(sleeping).rejects.toBe(reason);
  });

  // Node warns of a timer that does not fit and lets it fire after a millisecond.
  it.each([2 ** 31, 1e15, Number.POSITIVE_INFINITY])('sleeps on when %d ms do not fit a timer', async (ms) => {
    const ending = new AbortController();
    const warned = vi.fn<(warning: Error) => void>();
    process.on('warning', warned);
    const sleeping = systemClock.sleep(ms, ending.signal);
    await settle();
    process.off('warning', warned);
    ending.abort('woken');
    await expect(sleeping).rejects.toBe('woken');
    expect(warned).not.toHaveBeenCalled();
  });
});
