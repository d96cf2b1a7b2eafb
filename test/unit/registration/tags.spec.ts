import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { splitTags } from '../../../src/registration/tags.ts';

describe('splitTags', () => {
  it.each([
    { rule: 'keeps the order of the text', text: 'c,a,b', tags: ['c', 'a', 'b'] },
    { rule: 'takes a text without commas as one tag', text: 'prod', tags: ['prod'] },
    { rule: 'gives no tags for an empty text', text: '', tags: [] },
    { rule: 'drops empty items', text: ',,a,,,b,,', tags: ['a', 'b'] },
    { rule: 'keeps duplicates', text: 'a,b,a', tags: ['a', 'b', 'a'] },
    { rule: 'keeps blanks', text: ' a , b,  ', tags: [' a ', ' b', '  '] },
    { rule: 'reads an escaped comma as a comma', text: 'a\\,b,c', tags: ['a,b', 'c'] },
    { rule: 'reads escaped commas at both ends', text: '\\,a\\,', tags: [',a,'] },
    { rule: 'keeps every other backslash', text: 'C:\\dir,\\n,\\', tags: ['C:\\dir', '\\n', '\\'] },
    { rule: 'knows no escaped backslash', text: 'a\\\\,b', tags: ['a\\,b'] },
    {
      rule: 'leaves the text of a tag alone',
      text: 'traefik.http.routers.x.rule=Host(`ü.example`)',
      tags: ['traefik.http.routers.x.rule=Host(`ü.example`)'],
    },
  ])('$rule', ({ text, tags }) => {
    expect(splitTags(text)).toEqual(tags);
  });

  // A tag that ends in a backslash cannot be written: it would escape the comma after it.
  const tag = fc
    .string({ minLength: 1, unit: fc.constantFrom('a', ',', '\\', ' ', 'ü') })
    .filter((text) => !text.endsWith('\\'));

  it('gives back any tags that were joined by commas with their own commas escaped', () =>
    fc.assert(
      fc.property(fc.array(tag), (tags) => {
        const text = tags.map((one) => one.replaceAll(',', '\\,')).join(',');
        expect(splitTags(text)).toEqual(tags);
      }),
    ));
});
