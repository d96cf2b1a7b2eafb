import { describe, expect, it } from 'vitest';
import { isPrintable } from '../../../../src/template/text/printable.ts';

describe('isPrintable', () => {
  it.each([0x20, 0x7e, 0xa1, 0xae, 0xe9, 0x378 - 1, 0x4e16, 0xfffd, 0x1f600, 0x31350, 0xe0100])('%i is', (rune) => {
    expect(isPrintable(rune)).toBe(true);
  });

  it.each([
    ...[-1, 0, 0x1f, 0x7f, 0x80, 0xa0, 0xad, 0x378, 0x2028, 0x3000, 0xd800, 0xe000, 0xfeff, 0xffff],
    ...[0x10ffff, 0x110000],
  ])('%i is not', (rune) => {
    expect(isPrintable(rune)).toBe(false);
  });

  it('knows Unicode 15, whatever the runtime knows', () => {
    // Added in 15.1 and 16.
    expect([0x2ebf0, 0x1c89, 0x10d40].map(isPrintable)).toEqual([false, false, false]);
    const count = Array.from({ length: 0x110000 }, (_, rune) => rune).filter(isPrintable).length;
    expect(count).toBe(148_998);
  });
});
