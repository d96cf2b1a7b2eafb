import { describe, expect, it } from 'vitest';
import { parseBool, parseFloat, parseInt64, parseUint64 } from '../../../src/rendering/strconv.ts';

describe('numbers and booleans of Go', () => {
  it.each(['1', 't', 'T', 'true', 'TRUE', 'True'])('%j is true', (text) => {
    expect(parseBool(text)).toBe(true);
  });

  it.each(['0', 'f', 'F', 'false', 'FALSE', 'False'])('%j is false', (text) => {
    expect(parseBool(text)).toBe(false);
  });

  it.each([
    ['-9223372036854775808', -9_223_372_036_854_775_808n],
    ['+7', 7n],
    ['007', 7n],
  ])('an int64: %j', (text, expected) => {
    expect(parseInt64(text)).toBe(expected);
  });

  it('an uint64', () => {
    expect(parseUint64('18446744073709551615')).toBe(18_446_744_073_709_551_615n);
  });

  it.each([
    ['.5', 0.5],
    ['-1e3', -1000],
    ['0x1p4', 16],
    ['1_000', 1000],
    ['+Inf', Infinity],
    ['-infinity', -Infinity],
    ['nan', Number.NaN],
    ['1e-400', 0],
  ])('a float64: %j', (text, expected) => {
    expect(parseFloat(text)).toBe(expected);
  });

  it.each([
    [parseBool, 'tRUE', 'strconv.ParseBool: parsing "tRUE": invalid syntax'],
    [parseInt64, '0x1', 'strconv.ParseInt: parsing "0x1": invalid syntax'],
    [parseInt64, '9223372036854775808', 'strconv.ParseInt: parsing "9223372036854775808": value out of range'],
    [parseInt64, '-9223372036854775809', 'strconv.ParseInt: parsing "-9223372036854775809": value out of range'],
    [parseUint64, '-1', 'strconv.ParseUint: parsing "-1": invalid syntax'],
    [parseUint64, '18446744073709551616', 'strconv.ParseUint: parsing "18446744073709551616": value out of range'],
    [parseFloat, 'a"é\n', String.raw`strconv.ParseFloat: parsing "a\"é\n": invalid syntax`],
    [parseFloat, '-nan', 'strconv.ParseFloat: parsing "-nan": invalid syntax'],
    [parseFloat, '1e309', 'strconv.ParseFloat: parsing "1e309": value out of range'],
  ])('what is none is refused: %o %j', (parse: (text: string) => unknown, text, message) => {
    expect(() => parse(text)).toThrow(new Error(message));
  });
});
