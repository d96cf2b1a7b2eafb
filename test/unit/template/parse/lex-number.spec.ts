import { describe, expect, it } from 'vitest';
import { actionTokens, tokens } from './tokens.ts';

describe('numbers', () => {
  it.each([
    ...[
      '0',
      '42',
      '-7',
      '+1',
      '0x1F',
      '0X1f',
      '0b101',
      '0o17',
      '017',
      '1_000',
      '1.5',
      '.5',
      '5.',
      '1e3',
      '1E+3',
      '1e-3',
    ],
    ...['0x1p4', '0x1.8P-2', '1i', '1.5e3i', '0x', '1e', '-', '1.e1', '__'.replace('__', '0__1')],
  ])('%s is one token', (text) => {
    expect(actionTokens(text)).toEqual([['number', text]]);
  });

  it.each(['1+2i', '-1.5-2.5i', '1e3+0x1p2i'])('%s is a complex one', (text) => {
    expect(actionTokens(text)).toEqual([['complex', text]]);
  });

  it.each([
    { text: '123abc', shown: '123a' },
    { text: '3-', shown: '3-' },
    { text: '1+2', shown: '1+2' },
    { text: '0b12', shown: '0b12' },
    { text: '0xg', shown: '0xg' },
    { text: '1x', shown: '1x' },
    { text: '1é', shown: '1é' },
    { text: '1+2j', shown: '1+2j' },
  ])('$text is a bad one', ({ text, shown }) => {
    expect(actionTokens(text)).toEqual([['error', `bad number syntax: "${shown}"`]]);
  });

  it('takes a point at the very end for one', () => {
    expect(tokens('{{.')).toEqual([
      ['leftDelim', '{{'],
      ['number', '.'],
      ['error', 'unclosed action'],
    ]);
  });
});
