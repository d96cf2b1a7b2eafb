import { describe, expect, it } from 'vitest';
import { brief, counted, printable } from '../../../src/cli/printable.ts';

describe('printable', () => {
  it('ends every line', () => {
    expect(printable(['a', 'b'])).toBe('a\nb\n');
  });

  it.each([
    ['a\nb', 'a\\u000ab'],
    ['\u001B[31mred', '\\u001b[31mred'],
    ['\u0000\r\u0085', '\\u0000\\u000d\\u0085'],
    ['a\u2028b', 'a\\u2028b'],
    ['a\u202eb\u2066', 'a\\u202eb\\u2066'],
    ['ü 漢 🚢', 'ü 漢 🚢'],
  ])('shows %j as %j', (line, shown) => {
    expect(printable([line])).toBe(`${shown}\n`);
  });
});

describe('brief', () => {
  it.each([
    ['web', 'web'],
    ['a\nb', 'a\\u000ab'],
    ['w'.repeat(5_000), `${'w'.repeat(100)}…`],
  ])('shows %j as %j', (text, shown) => {
    expect(brief(text)).toBe(shown);
  });
});

describe('counted', () => {
  it.each([
    [0, '0 services'],
    [1, '1 service'],
    [2, '2 services'],
  ])('says %d in words', (count, text) => {
    expect(counted(count, 'service')).toBe(text);
  });
});
