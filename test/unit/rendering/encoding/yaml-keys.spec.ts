import { describe, expect, it } from 'vitest';
import { outcome } from '../functions/outcome.ts';

describe('the order of keys', () => {
  it.each([
    [
      '{{toYAML (sprig_dict "a10" 1 "a2" 1 "a1" 1 "a02" 1 "a1b" 1 "a" 1)}}',
      'a: 1\na1: 1\na1b: 1\na2: 1\na02: 1\na10: 1',
    ],
    ['{{toYAML (sprig_dict "10.0.0.10" 1 "10.0.0.9" 1 "9" 1)}}', '"9": 1\n10.0.0.9: 1\n10.0.0.10: 1'],
  ])('digits count as numbers: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (sprig_dict "b" 1 "B" 1 "a" 1 "_a" 1 "a_b" 1 "a-b" 1 "ab" 1 "é" 1)}}',
      '_a: 1\nB: 1\na: 1\na-b: 1\na_b: 1\nab: 1\nb: 1\né: 1',
    ],
  ])('letters come last, capitals first: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
