import { describe, expect, it } from 'vitest';
import { rawJson } from '../../../src/registration/raw-json.ts';

const DOCUMENT =
  ' { "a" : {"b": "x\\u00e9\\"y", "n": 1.50, "list": [1, {"k": true}, [2]]},\n"e": {}, "a": 2, "": "empty" } ';

describe('rawJson', () => {
  it.each<[path: readonly string[], found: string | undefined]>([
    [['a', 'b'], 'x\\u00e9\\"y'],
    [['a', 'n'], '1.50'],
    [['a', 'list'], '[1, {"k": true}, [2]]'],
    [['a', 'list', '[0]'], '1'],
    [['a', 'list', '[1]', 'k'], 'true'],
    [['a', 'list', '[2]', '[0]'], '2'],
    [['a', 'list', '[3]'], undefined],
    [['a', 'list', 'k'], undefined],
    [['e'], '{}'],
    [['e', 'x'], undefined],
    [[''], 'empty'],
    [['missing'], undefined],
    [['a', 'b', 'c'], undefined],
    [[], DOCUMENT.trim()],
  ])('finds %j as it is written: %j', (path, found) => {
    expect(rawJson(DOCUMENT, path)).toBe(found);
  });

  it('knows a key by what its escapes mean', () => {
    expect(rawJson('{"\\u0061\\n": 1}', ['a\n'])).toBe('1');
  });

  it.each([
    '',
    '{',
    '{"a"',
    '{"a":',
    '{"a":1',
    '{"a" 1}',
    '{a:1}',
    '[1',
    '<html>',
    '{"a":"x}',
    '{"a":tru}',
    '{"b":1 "a":2}',
  ])('finds nothing in %j, which is no JSON', (text) => {
    expect(rawJson(text, ['a'])).toBeUndefined();
  });

  it('finds nothing in what is nested without end', () => {
    expect(rawJson('['.repeat(100_000), ['[0]'])).toBeUndefined();
  });
});
