import { describe, expect, it } from 'vitest';
import { civilDay, daysInMonth, daysSince1970 } from '../../../src/rendering/calendar.ts';

const DAYS = [
  [0, { year: 1970, month: 1, day: 1, weekday: 4, dayOfYear: 1 }],
  [-1, { year: 1969, month: 12, day: 31, weekday: 3, dayOfYear: 365 }],
  [11_016, { year: 2000, month: 2, day: 29, weekday: 2, dayOfYear: 60 }],
  [11_017, { year: 2000, month: 3, day: 1, weekday: 3, dayOfYear: 61 }],
  [19_723, { year: 2024, month: 1, day: 1, weekday: 1, dayOfYear: 1 }],
  [20_088, { year: 2024, month: 12, day: 31, weekday: 2, dayOfYear: 366 }],
  [-25_508, { year: 1900, month: 3, day: 1, weekday: 4, dayOfYear: 60 }],
  [-719_162, { year: 1, month: 1, day: 1, weekday: 1, dayOfYear: 1 }],
  [-719_528, { year: 0, month: 1, day: 1, weekday: 6, dayOfYear: 1 }],
] as const;

it.each(DAYS)('%j days after 1970 began: %j', (days, expected) => {
  expect(civilDay(days)).toStrictEqual(expected);
});

it.each(DAYS)('and back: %j', (days, { year, month, day }) => {
  expect(daysSince1970(year, month, day)).toBe(days);
});

describe('daysInMonth', () => {
  it.each([
    [2023, 1, 31],
    [2023, 2, 28],
    [2024, 2, 29],
    [1900, 2, 28],
    [2000, 2, 29],
    [2023, 13, 0],
    [2023, 0, 0],
  ])('%j-%j: %j', (year, month, expected) => {
    expect(daysInMonth(year, month)).toBe(expected);
  });
});
