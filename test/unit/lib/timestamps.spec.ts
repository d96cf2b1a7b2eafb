import { describe, expect, it } from 'vitest';
import { parseTimestampMs } from '../../../src/lib/timestamps.ts';

describe('parseTimestampMs', () => {
  it.each([
    { text: '2024-01-02T03:04:05Z', ms: 1_704_164_645_000 },
    { text: '2024-01-02T03:04:05.1Z', ms: 1_704_164_645_100 },
    { text: '2024-01-02T03:04:05.123Z', ms: 1_704_164_645_123 },
    { text: '2024-01-02T03:04:05.123999999Z', ms: 1_704_164_645_123 },
    { text: '2024-01-02T03:04:05.123456789+02:00', ms: 1_704_157_445_123 },
    { text: '2024-01-02T03:04:05-00:30', ms: 1_704_166_445_000 },
    { text: '1970-01-01T00:00:00Z', ms: 0 },
  ])('reads $text', ({ text, ms }) => {
    expect(parseTimestampMs(text)).toBe(ms);
  });

  it('is 0 for the time that Docker gives to what has not happened', () => {
    expect(parseTimestampMs('0001-01-01T00:00:00Z')).toBe(0);
  });

  it.each([
    '',
    'never',
    '1',
    '1704164645000',
    '2024-01-02',
    '2024-01-02 03:04:05Z',
    '2024-01-02T03:04:05',
    '2024-13-45T00:00:00Z',
    'Tue, 02 Jan 2024 03:04:05 GMT',
    'started 2024-01-02T03:04:05Z',
  ])('is 0 for %j, which is no such time', (text) => {
    expect(parseTimestampMs(text)).toBe(0);
  });
});
