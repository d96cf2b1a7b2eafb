import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isLegalName, serverNames } from '../../../src/haproxy/names.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';

describe('thousands of texts that meet in one name', () => {
  it('get one each, at once', () => {
    const names = serverNames(Array.from({ length: 20_000 }, (_, i) => 'w'.repeat(200) + i));
    expect(new Set(names).size).toBe(20_000);
    expect(names.at(-1)).toBe(`${'w'.repeat(114)}-20000`);
  });
});

describe('isLegalName', () => {
  it.each(['web', 'Web_2.eu-west', 'node-a:web.1:80', '-', '.', '1', 'w'.repeat(120)])('takes %s', (text) => {
    expect(isLegalName(text)).toBe(true);
  });

  it.each([
    ...hostileTexts,
    { what: '121 characters', text: 'w'.repeat(121) },
    { what: 'a final newline', text: 'web\n' },
  ])('refuses $what', ({ text }) => {
    expect(isLegalName(text)).toBe(false);
  });
});

describe('serverNames', () => {
  it.each([
    { rule: 'legal texts stay as they are', texts: ['node-a:web.1:80', 'b'], names: ['node-a:web.1:80', 'b'] },
    { rule: 'the order stays', texts: ['b', 'a'], names: ['b', 'a'] },
    { rule: 'each illegal character becomes _', texts: ['a b/c%[d]\n'], names: ['a_b_c__d__'] },
    { rule: 'a character of two code units becomes two', texts: ['🚢'], names: ['__'] },
    { rule: 'a text of nothing has a name as well', texts: ['', ''], names: ['_', '_-2'] },
    { rule: 'equal names are numbered from the second on', texts: ['a', 'a', 'a'], names: ['a', 'a-2', 'a-3'] },
    { rule: 'texts that become equal are numbered', texts: ['a b', 'a/b', 'a_b'], names: ['a_b', 'a_b-2', 'a_b-3'] },
    { rule: 'a number that is taken is left out', texts: ['a-2', 'a', 'a'], names: ['a-2', 'a', 'a-3'] },
    { rule: 'names differ by case', texts: ['a', 'A'], names: ['a', 'A'] },
    { rule: 'a long text is cut at 120 characters', texts: ['w'.repeat(5_000)], names: ['w'.repeat(120)] },
    {
      rule: 'a number does not make a long name longer',
      texts: ['w'.repeat(121), 'w'.repeat(122)],
      names: ['w'.repeat(120), `${'w'.repeat(118)}-2`],
    },
  ])('$rule', ({ texts, names }) => {
    expect(serverNames(texts)).toEqual(names);
  });

  it('gives any texts as many names, all of them legal, no two equal', async () => {
    const texts = fc.array(
      fc.oneof(fc.string({ unit: 'binary' }), fc.constantFrom('a', 'a b', 'a-2', 'w'.repeat(130))),
    );
    await fc.assert(
      fc.asyncProperty(texts, async (some) => {
        const names = serverNames(some);
        expect(names).toHaveLength(some.length);
        expect(names.filter((name) => !isLegalName(name))).toEqual([]);
        expect(new Set(names).size).toBe(names.length);
      }),
    );
  });
});
