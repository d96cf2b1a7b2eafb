import { describe, expect, it } from 'vitest';
import { durationText, parseGoDuration } from '../../../src/rendering/go-duration.ts';

describe('a duration', () => {
  it.each([
    ['1h15m30.918s', 4_530_918_000_000n, '1h15m30.918s'],
    ['-1.5h', -5_400_000_000_000n, '-1h30m0s'],
    ['100us', 100_000n, '100µs'],
    ['1.5µs', 1_500n, '1.5µs'],
    ['2.5ms', 2_500_000n, '2.5ms'],
    ['7ns', 7n, '7ns'],
    ['.5s', 500_000_000n, '500ms'],
    ['1.s', 1_000_000_000n, '1s'],
    ['90s', 90_000_000_000n, '1m30s'],
    ['+0', 0n, '0s'],
    ['0.9223372036854775807s', 922_337_203n, '922.337203ms'],
    ['-9223372036854775808ns', -9_223_372_036_854_775_808n, '-2562047h47m16.854775808s'],
  ])('%s is %d ns, which is %s', (text, nanoseconds, shown) => {
    expect(parseGoDuration(text)).toBe(nanoseconds);
    expect(durationText(nanoseconds)).toBe(shown);
  });

  it.each([
    ['', 'time: invalid duration ""'],
    ['5', 'time: missing unit in duration "5"'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
    ['5constructor', 'time: unknown unit "constructor" in duration "5constructor"'],
    ['.s', 'time: invalid duration ".s"'],
    ['1"é', String.raw`time: unknown unit "\"\xc3\xa9" in duration "1\"\xc3\xa9"`],
    ['9223372036854775808ns', 'time: invalid duration "9223372036854775808ns"'],
    ['9999999h', 'time: invalid duration "9999999h"'],
  ])('is not %j', (text, message) => {
    expect(() => parseGoDuration(text)).toThrow(new Error(message));
  });
});
