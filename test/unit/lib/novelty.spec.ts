import { describe, expect, it } from 'vitest';
import { createNovelty } from '../../../src/lib/novelty.ts';

describe('createNovelty', () => {
  it.each([
    { rule: 'gives everything at first, in order', passes: ['ba'], news: ['ba'] },
    { rule: 'gives nothing twice', passes: ['ab', 'ba'], news: ['ab', ''] },
    { rule: 'gives only what came in addition', passes: ['a', 'cab'], news: ['a', 'cb'] },
    { rule: 'gives again what was away for a pass', passes: ['ab', 'b', 'ab'], news: ['ab', '', 'a'] },
    { rule: 'gives nothing of nothing', passes: ['', 'a', ''], news: ['', 'a', ''] },
  ])('$rule', ({ passes, news }) => {
    const novelty = createNovelty();
    expect(passes.map((keys) => novelty(factsOf(keys)).join(''))).toEqual(news);
  });

  it('knows a fact by its key, whatever else it says', () => {
    const novelty = createNovelty();
    novelty(new Map([['web.1', 'not published']]));
    expect(novelty(new Map([['web.1', 'ignored']]))).toEqual([]);
  });

  it('remembers for itself alone', () => {
    createNovelty()(factsOf('a'));
    expect(createNovelty()(factsOf('a'))).toEqual(['a']);
  });
});

/** One fact for each letter. */
function factsOf(keys: string): ReadonlyMap<string, string> {
  return new Map(keys.split('').map((key) => [key, key]));
}
