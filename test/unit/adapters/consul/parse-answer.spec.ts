import { describe, expect, it } from 'vitest';
import { parseAnswer } from '../../../../src/adapters/consul/parse-answer.ts';

describe('parseAnswer', () => {
  it('gives what the parser makes of it', () => {
    expect(parseAnswer('/x', () => ['a'])).toEqual(['a']);
  });

  it('says whose answer it was and what is wrong with it, on one line', () => {
    const cause = new Error('expected array,\n  received string');
    const parse = () =>
      parseAnswer('/health/service/web', () => {
        throw cause;
      });
    expect(parse).toThrow(
      expect.objectContaining({
        code: 'RESPONSE_INVALID',
        message: "Consul's answer to /health/service/web is not what it should be: expected array,; received string",
        hint: 'Is that address really a Consul agent?',
        cause,
      }),
    );
  });
});
