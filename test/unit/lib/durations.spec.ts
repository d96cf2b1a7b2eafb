import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatDuration, parseDuration, parseGoDuration } from '../../../src/lib/durations.ts';

describe('parseGoDuration', () => {
  it.each([
    { text: '0', ms: 0 },
    { text: '-0', ms: 0 },
    { text: '+0', ms: 0 },
    { text: '0s', ms: 0 },
    { text: '-0s', ms: 0 },
    { text: '250ms', ms: 250 },
    { text: '30s', ms: 30_000 },
    { text: '+30s', ms: 30_000 },
    { text: '-2s', ms: -2_000 },
    { text: '1.5h', ms: 5_400_000 },
    { text: '.5s', ms: 500 },
    { text: '1.s', ms: 1_000 },
    { text: '1m30s', ms: 90_000 },
    { text: '-1m30s', ms: -90_000 },
    { text: '1h2m3s4ms', ms: 3_723_004 },
    { text: '30s1m', ms: 90_000 },
    { text: '1m1m', ms: 120_000 },
    { text: '1500us', ms: 1.5 },
    { text: '1500µs', ms: 1.5 },
    { text: '1500μs', ms: 1.5 },
    { text: '500000ns', ms: 0.5 },
    { text: '2562047h', ms: 9_223_369_200_000 },
  ])('reads $text as $ms ms', ({ text, ms }) => {
    expect(parseGoDuration(text)).toBe(ms);
  });

  it.each([
    { text: '', why: 'nothing' },
    { text: '30', why: 'no unit' },
    { text: '00', why: 'no unit' },
    { text: 's', why: 'no number' },
    { text: '.s', why: 'no digit' },
    { text: '-', why: 'a sign alone' },
    { text: '--1s', why: 'two signs' },
    { text: '1m-30s', why: 'a sign inside' },
    { text: '1.2.3s', why: 'two points' },
    { text: '1,5s', why: 'a comma' },
    { text: '1e3s', why: 'scientific notation' },
    { text: '0x1s', why: 'hexadecimal digits' },
    { text: '1_000ms', why: 'an underscore' },
    { text: '1S', why: 'a capital unit' },
    { text: '1d', why: 'days, which Go does not know' },
    { text: '1 s', why: 'a blank inside' },
    { text: ' 1s', why: 'a blank before' },
    { text: '1s\n', why: 'a line break' },
    { text: 'Infinitys', why: 'a word' },
    { text: '2562048h', why: 'more nanoseconds than 64 bits hold' },
    { text: '-2562048h', why: 'fewer nanoseconds than 64 bits hold' },
  ])('refuses $text: $why', ({ text }) => {
    expect(parseGoDuration(text)).toBeUndefined();
  });

  it('refuses more digits than a number holds', () => {
    expect(parseGoDuration(`${'9'.repeat(400)}h`)).toBeUndefined();
  });

  it('adds up all parts', () =>
    fc.assert(
      fc.property(fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), fc.nat(1_000), (h, m, s, ms) => {
        expect(parseGoDuration(`${h}h${m}m${s}s${ms}ms`)).toBe(((h * 60 + m) * 60 + s) * 1_000 + ms);
      }),
    ));
});

describe('parseDuration', () => {
  it.each([
    { text: '30', bareUnit: 's' as const, ms: 30_000 },
    { text: '30', bareUnit: 'ms' as const, ms: 30 },
    { text: '-5', bareUnit: 's' as const, ms: -5_000 },
    { text: '+5', bareUnit: 's' as const, ms: 5_000 },
    { text: '1.5', bareUnit: 's' as const, ms: 1_500 },
    { text: '0', bareUnit: 's' as const, ms: 0 },
    { text: '00', bareUnit: 's' as const, ms: 0 },
    { text: '200ms', bareUnit: 's' as const, ms: 200 },
    { text: '2s', bareUnit: 'ms' as const, ms: 2_000 },
  ])('reads $text as $ms ms where a bare number counts $bareUnit', ({ text, bareUnit, ms }) => {
    expect(parseDuration(text, bareUnit)).toBe(ms);
  });

  it.each(['', ' ', 'abc', '30 s', '30sec', '0x10', '1e3', '.', '5.', '-', '99999999999999999999'])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text, 's')).toBeUndefined();
    },
  );
});

describe('formatDuration', () => {
  it.each([
    { ms: 0, text: '0ms' },
    { ms: 0.4, text: '0ms' },
    { ms: 1.5, text: '2ms' },
    { ms: 250, text: '250ms' },
    { ms: 999, text: '999ms' },
    { ms: 1_000, text: '1s' },
    { ms: 1_500, text: '1500ms' },
    { ms: 59_000, text: '59s' },
    { ms: 60_000, text: '1m' },
    { ms: 90_000, text: '90s' },
    { ms: 300_000, text: '5m' },
  ])('writes $ms ms as $text', ({ ms, text }) => {
    expect(formatDuration(ms)).toBe(text);
  });

  // Most random numbers are neither whole seconds nor whole minutes, and those have forms of their own.
  const tenYearsMs = 315_360_000_000;
  const wholeMs = fc.tuple(fc.constantFrom(1, 1_000, 60_000), fc.nat(tenYearsMs)).map(([unit, n]) => n - (n % unit));

  it('writes whole milliseconds so that they are read back the same', () =>
    fc.assert(
      fc.property(wholeMs, (ms) => {
        expect(parseGoDuration(formatDuration(ms))).toBe(ms);
      }),
    ));
});
