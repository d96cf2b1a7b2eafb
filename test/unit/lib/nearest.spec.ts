import { describe, expect, it } from 'vitest';
import { nearestWords } from '../../../src/lib/nearest.ts';

describe('nearestWords', () => {
  it.each([
    { rule: 'finds a word with a letter too few', word: 'wb', words: ['web', 'db-main'], nearest: ['web'] },
    { rule: 'finds a word with a letter too many', word: 'webb', words: ['web'], nearest: ['web'] },
    { rule: 'finds a word with another letter', word: 'wev', words: ['web'], nearest: ['web'] },
    { rule: 'finds two letters that changed places', word: 'wbe', words: ['web'], nearest: ['web'] },
    { rule: 'allows more in a longer word', word: 'iventnry', words: ['inventory'], nearest: ['inventory'] },
    { rule: 'allows one in a short word', word: 'wab', words: ['wed', 'web'], nearest: ['web'] },
    {
      rule: 'finds words that contain it, in any case',
      word: 'WEB',
      words: ['shop-web-1', 'db'],
      nearest: ['shop-web-1'],
    },
    { rule: 'gives the nearest first', word: 'shop', words: ['chap', 'ship', 'shop-1'], nearest: ['shop-1', 'ship'] },
    {
      rule: 'gives equals by their letters, three at most',
      word: 'a',
      words: ['a4', 'a3', 'a2', 'a1'],
      nearest: ['a1', 'a2', 'a3'],
    },
    { rule: 'finds nothing far away', word: 'web', words: ['inventory', 'xyz', 'weather'], nearest: [] },
    { rule: 'finds nothing among nothing', word: 'web', words: [], nearest: [] },
    { rule: 'means nothing by nothing', word: '', words: ['web'], nearest: [] },
  ])('$rule', ({ word, words, nearest }) => {
    expect(nearestWords(word, words)).toEqual(nearest);
  });
});
