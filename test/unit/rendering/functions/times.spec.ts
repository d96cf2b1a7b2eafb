import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

/** 2023-11-14T22:13:20.500Z */
const NOW_MS = 1_700_000_000_500;

describe('timestamp', () => {
  it.each([
    ['{{timestamp}}', '2023-11-14T22:13:20Z'],
    ['{{timestamp "unix"}}', '1700000000'],
    ['{{timestamp "Jan _2 15:04:05.000 MST"}}', 'Nov 14 22:13:20.500 UTC'],
    ['{{timestamp ""}}|', '|'],
    [
      '{{timestamp "a" "b"}}',
      '1:2: executing "" at <timestamp "a" "b">: error calling timestamp: ' +
        'timestamp: wrong number of arguments, expected 0 or 1, but got 2',
    ],
  ])('is the time of the evaluation, in UTC: %s', (template, expected) => {
    expect(outcome(template, { nowMs: NOW_MS })).toBe(expected);
  });
});
