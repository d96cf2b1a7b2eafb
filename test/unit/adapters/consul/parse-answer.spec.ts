import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { parseAnswer } from '../../../../src/adapters/consul/parse-answer.ts';

const schema = z.record(z.string(), z.object({ ID: z.string() }));

describe('parseAnswer', () => {
  it('gives what is parsed', () => {
    expect(parseAnswer('/x', () => 7)).toBe(7);
  });

  it.each([
    { answer: [], says: 'Invalid input: expected record, received array' },
    { answer: { a: {} }, says: 'Invalid input: expected string, received undefined at a.ID' },
    { answer: { a: {}, b: 1, c: {} }, says: 'Invalid input: expected string, received undefined at a.ID, and 2 more' },
  ])('says in one line what is wrong with $answer', ({ answer, says }) => {
    expect(() => parseAnswer('/agent/services', () => schema.parse(answer))).toThrow(
      expect.objectContaining({
        code: 'RESPONSE_INVALID',
        message: `Consul's answer to /agent/services is not what it should be: ${says}`,
        hint: 'Is that address really a Consul agent?',
      }),
    );
  });

  it('passes on what else went wrong', () => {
    const fail = () => {
      throw new Error('no');
    };
    expect(() => parseAnswer('/x', fail)).toThrow("Consul's answer to /x is not what it should be: no");
  });
});
