import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('What chance decides', () => {
  it.each([
    ['{{sprig_randInt 5 6}}', '5'],
    ['{{sprig_shuffle ""}}', ''],
    ['{{sprig_shuffle "aaa"}}', 'aaa'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_randInt 5 5}}',
      'template: :1:2: executing "" at <sprig_randInt 5 5>: error calling sprig_randInt: invalid argument to Intn',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
