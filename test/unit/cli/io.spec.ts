import { describe, expect, it } from 'vitest';
import { EXIT } from '../../../src/cli/io.ts';

describe('EXIT', () => {
  // Scripts compare them, and 0, 1 and 2 are registrator's.
  it('gives each outcome the code that is documented', () => {
    expect(EXIT).toStrictEqual({ ok: 0, failure: 1, usage: 2, problems: 3, unreachable: 4 });
  });
});
