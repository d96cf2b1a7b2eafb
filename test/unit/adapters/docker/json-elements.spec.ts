import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createJsonElements } from '../../../../src/adapters/docker/json-elements.ts';

type Element = [text: string, isWhole: boolean];

function elementsOf(chunks: readonly string[], maxLength = 1_000_000): readonly Element[] {
  const found: Element[] = [];
  const elements = createJsonElements(maxLength, (...element) => found.push(element));
  for (const chunk of chunks) elements.push(chunk);
  elements.end();
  return found;
}

const objects = fc.array(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()));

describe('createJsonElements', () => {
  it.each([
    { what: 'an empty array', text: '[]', texts: [] },
    { what: 'objects', text: '[{"a":1},{"b":[{}]}]', texts: ['{"a":1}', '{"b":[{}]}'] },
    { what: 'blanks between', text: ' [ {"a":1}\n, {} ]\n', texts: ['{"a":1}', '{}'] },
    { what: 'brackets in texts', text: '[{"a":"]}[{"},{"]":"}"}]', texts: ['{"a":"]}[{"}', '{"]":"}"}'] },
    { what: 'escapes', text: String.raw`[{"a":"\"}"},{"b":"\\"}]`, texts: [String.raw`{"a":"\"}"}`, '{"b":"\\\\"}'] },
  ])('takes $what apart', ({ text, texts }) => {
    expect(elementsOf([text])).toEqual(texts.map((it) => [it, true]));
  });

  it('does so however the text is cut', () =>
    fc.assert(
      fc.property(objects, fc.array(fc.nat(200)), (values, lengths) => {
        const text = JSON.stringify(values);
        const chunks: string[] = [];
        let from = 0;
        for (const length of lengths) {
          chunks.push(text.slice(from, from + length));
          from += length;
        }
        const found = elementsOf([...chunks, text.slice(from)]);
        expect(found).toEqual(values.map((value) => [JSON.stringify(value), true]));
      }),
    ));

  it('gives the beginning of an object that is too long, and the next whole', () => {
    const chunks = ['[{"a":"12', '345678', '90"},{"b":1}]'];
    expect(elementsOf(chunks, 10)).toEqual([
      ['{"a":"1234', false],
      ['{"b":1}', true],
    ]);
    expect(elementsOf(chunks, 17)[0]).toEqual(['{"a":"1234567890"', false]);
    expect(elementsOf(chunks, 18)[0]).toEqual(['{"a":"1234567890"}', true]);
  });

  it.each(['{}', '{"a":[]}', '<html>', '["a"]', '[1]', '[[]]', '[{}]x', '[{}]{}', 'x[{}]', '[{}}', '"[]"'])(
    'refuses %s',
    (text) => {
      expect(() => elementsOf([text])).toThrow(new SyntaxError('it is no JSON array of objects'));
    },
  );

  it.each(['', ' ', '[', '[{}', '[{"a":"', '[{},'])('refuses %j, which ends before its time', (text) => {
    expect(() => elementsOf([text])).toThrow(new SyntaxError('it ends before its time'));
  });
});
