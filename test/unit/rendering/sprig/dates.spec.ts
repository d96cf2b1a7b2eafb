import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('Dates and durations', () => {
  it.each([
    ['{{sprig_duration 95}}', '0s'],
    ['{{sprig_durationRound "2h10m5s"}}', '2h'],
    ['{{sprig_toDate "2006-01-02" "2020-05-06" | printf "%.10v"}}', '2020-05-06'],
    ['{{sprig_unixEpoch (sprig_toDate "2006-01-02" "2020-05-06")}}', '1588723200'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
