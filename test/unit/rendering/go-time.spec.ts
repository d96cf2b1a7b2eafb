import { describe, expect, it } from 'vitest';
import { formatTime, type GoTime, layoutParts, utcTime } from '../../../src/rendering/go-time.ts';

/** 2024-02-09T03:04:05.120Z, a Friday. */
const TIME = utcTime(1_707_447_845_120);

describe('utcTime', () => {
  it.each([
    [0, { seconds: 0, nanoseconds: 0, offsetSeconds: 0, zone: 'UTC' }],
    [1500, { seconds: 1, nanoseconds: 500_000_000, offsetSeconds: 0, zone: 'UTC' }],
    [-1, { seconds: -1, nanoseconds: 999_000_000, offsetSeconds: 0, zone: 'UTC' }],
  ])('%j ms', (ms, expected) => {
    expect(utcTime(ms)).toStrictEqual(expected);
  });
});

describe('formatTime', () => {
  it.each([
    ['2006-01-02T15:04:05Z07:00', '2024-02-09T03:04:05Z'],
    ['Monday Mon January Jan', 'Friday Fri February Feb'],
    ['Months Janet', 'Months Janet'],
    ['06 1 01 2 02 _2 002 __2', '24 2 02 9 09  9 040  40'],
    ['3:4:5 03:04:05 PM pm', '3:4:5 03:04:05 AM am'],
    ['05.000 05.999 05,0 05.999999999', '05.120 05.12 05,1 05.12'],
    ['MST -0700 -07 Z07', 'UTC +0000 +00 Z'],
    ['_2006 07 x', '_2024 07 x'],
  ])('%j', (layout, expected) => {
    expect(formatTime(TIME, layout)).toBe(expected);
  });

  it.each([
    [{ offsetSeconds: 3600, zone: 'CET' }, '04:04 CET +0100 +01:00 +01:00'],
    [{ offsetSeconds: -12_600, zone: '' }, '23:34 -0330 -0330 -03:30 -03:30'],
    [{ offsetSeconds: 7200, zone: '' }, '05:04 +0200 +0200 +02:00 +02:00'],
  ] as const)('in another zone: %j', (zone, expected) => {
    const time: GoTime = { ...TIME, ...zone };
    expect(formatTime(time, '15:04 MST -0700 -07:00 Z07:00')).toBe(expected);
  });

  it.each([
    [0, '12:00 AM'],
    [43_200_000, '12:00 PM'],
    [46_800_000, '1:00 PM'],
  ])('by twelve hours: %j ms', (ms, expected) => {
    expect(formatTime(utcTime(ms), '3:04 PM')).toBe(expected);
  });

  it('leaves out a fraction of nothing', () => {
    expect(formatTime(utcTime(0), '05.999 05.000')).toBe('00 00.000');
  });

  it('cuts no digits of what is less than a millisecond', () => {
    expect(formatTime({ ...TIME, nanoseconds: 1_002_003 }, '.000000000 .999')).toBe('.001002003 .001');
  });
});

it('a layout falls into texts and parts, by turns', () => {
  expect(layoutParts('at 15:04Z07')).toStrictEqual(['at ', '15', ':', '04', '', 'Z07', '']);
});
