import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backoffMs } from '../../../src/lib/backoff.ts';

const options = { minMs: 1_000, maxMs: 30_000 };
const almostOne = 1 - Number.EPSILON;

describe('backoffMs', () => {
  it.each([
    { attempt: 1, ms: 1_000 },
    { attempt: 2, ms: 2_000 },
    { attempt: 3, ms: 4_000 },
    { attempt: 4, ms: 8_000 },
    { attempt: 5, ms: 16_000 },
    { attempt: 6, ms: 30_000 },
    { attempt: 7, ms: 30_000 },
    { attempt: Number.MAX_SAFE_INTEGER, ms: 30_000 },
  ])('waits at most $ms ms after failure $attempt', ({ attempt, ms }) => {
    expect(backoffMs(attempt, options, almostOne)).toBe(ms);
  });

  it.each([
    { random: 0, ms: 500 },
    { random: 0.25, ms: 625 },
    { random: 0.5, ms: 750 },
    { random: almostOne, ms: 1_000 },
  ])('spreads the first delay over its upper half: $ms ms for $random', ({ random, ms }) => {
    expect(backoffMs(1, options, random)).toBe(ms);
  });

  it('gives whole milliseconds', () => {
    expect(backoffMs(1, { minMs: 5, maxMs: 5 }, 0)).toBe(3);
  });

  it('never goes above the limit, not even for the first delay', () => {
    expect(backoffMs(1, { minMs: 1_000, maxMs: 100 }, almostOne)).toBe(100);
  });

  const anyCase = fc.record({
    attempt: fc.integer({ min: 1 }),
    minMs: fc.integer({ min: 1, max: 60_000 }),
    maxMs: fc.integer({ min: 1, max: 3_600_000 }),
    random: fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }),
  });

  it('lies between half of the smaller bound and the limit, whatever happens', () =>
    fc.assert(
      fc.property(anyCase, ({ attempt, minMs, maxMs, random }) => {
        const ms = backoffMs(attempt, { minMs, maxMs }, random);
        expect(ms).toBeGreaterThanOrEqual(Math.min(minMs, maxMs) / 2);
        expect(ms).toBeLessThanOrEqual(maxMs);
      }),
    ));
});
