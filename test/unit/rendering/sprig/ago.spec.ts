import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

/** It is 2026-01-02T03:04:05Z. */
describe('How long ago', () => {
  it.each([
    ['{{sprig_ago (sprig_toDate "2006-01-02" "2026-01-02")}}', '3h4m5s'],
    ['{{sprig_ago (sprig_toDate "2006-01-02 15:04:05" "2026-01-02 03:04:04.6")}}', '0s'],
    ['{{sprig_ago (sprig_toDate "2006-01-02 15:04:05" "2026-01-02 03:04:04.5")}}', '1s'],
    ['{{sprig_ago (sprig_toDate "2006-01-02" "2026-01-03")}}', '-20h55m55s'],
    ['{{sprig_ago 1767323000}}', '45s'],
    ['{{sprig_ago (sprig_int64 1767319445)}}', '1h0m0s'],
    ['{{sprig_ago "2026"}} {{sprig_ago nil}}', '0s 0s'],
    ['{{sprig_ago (sprig_toDate "" "no date")}}', '2562047h47m16.854775807s'],
    ['{{sprig_durationRound (sprig_toDate "2006-01-02" "2025-12-01")}}', '1mo'],
    ['{{sprig_durationRound (sprig_toDate "2006-01-02" "2026-01-01")}}', '1d'],
    ['{{sprig_durationRound (sprig_toDate "2006-01-02" "2029-01-01")}}', '2y'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
