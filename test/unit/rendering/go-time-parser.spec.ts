import { describe, expect, it } from 'vitest';
import { parseTime } from '../../../src/rendering/go-time-parser.ts';

describe('a time by a layout', () => {
  it.each([
    {
      layout: '2006-01-02T15:04:05Z07:00',
      text: '2020-05-06T07:08:09.123Z',
      time: { seconds: 1_588_748_889, nanoseconds: 123_000_000, offsetSeconds: 0, zone: 'UTC' },
    },
    {
      layout: '2006-01-02T15:04:05Z07:00',
      text: '2020-05-06T07:08:09+02:00',
      time: { seconds: 1_588_741_689, nanoseconds: 0, offsetSeconds: 7_200, zone: '' },
    },
    {
      layout: '02 Jan 06 15:04 MST',
      text: '06 May 20 07:08 PST',
      time: { seconds: 1_588_748_880, nanoseconds: 0, offsetSeconds: 0, zone: 'PST' },
    },
    {
      layout: '2006 002',
      text: '2020 060',
      time: { seconds: 1_582_934_400, nanoseconds: 0, offsetSeconds: 0, zone: 'UTC' },
    },
  ])('reads $text', ({ layout, text, time }) => {
    expect(parseTime(layout, text)).toEqual(time);
  });

  it.each([
    ['2006-01-02', '2020-02-30', 'parsing time "2020-02-30": day out of range'],
    ['2006-01-02', '2020/01', 'parsing time "2020/01" as "2006-01-02": cannot parse "/01" as "-"'],
  ])('of %s is not %s', (layout, text, message) => {
    expect(() => parseTime(layout, text)).toThrow(new Error(message));
  });
});
