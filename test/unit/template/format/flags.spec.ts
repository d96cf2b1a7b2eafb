import { describe, expect, it } from 'vitest';
import { type Flags, filling, noFlags, pad, padBlank } from '../../../../src/template/format/flags.ts';

const flags = (over: Partial<Flags>): Flags => ({ ...noFlags(), ...over });

describe('pad', () => {
  it.each([
    { over: {}, padded: 'é😀', blank: 'é😀' },
    { over: { width: 1 }, padded: 'é😀', blank: 'é😀' },
    { over: { width: 4 }, padded: '  é😀', blank: '  é😀' },
    { over: { width: 4, minus: true }, padded: 'é😀  ', blank: 'é😀  ' },
    { over: { width: 4, zero: true }, padded: '00é😀', blank: '  é😀' },
    { over: { width: 4, zero: true, minus: true }, padded: 'é😀  ', blank: 'é😀  ' },
  ])('with $over', ({ over, padded, blank }) => {
    expect([pad(flags(over), 'é😀'), padBlank(flags(over), 'é😀')]).toEqual([padded, blank]);
  });

  it('fills nothing where there is no place', () => {
    expect([filling(noFlags(), 2), filling(noFlags(), -1)]).toEqual(['  ', '']);
  });
});
