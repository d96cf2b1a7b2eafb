import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('scalars in quotes and without', () => {
  it.each([
    ['a b\n c\n\n d', String.raw`"a b c\nd"`],
    ['a #b', '"a"'],
    ['a#b', '"a#b"'],
    ['http://x:80/y', '"http://x:80/y"'],
    ['a: b:c', 'map[interface {}]interface {}{"a":"b:c"}'],
    ['- -1\n- -a', '[]interface {}{-1, "-a"}'],
    ["don't", '"don\'t"'],
    ['{a: b-c d}', 'map[interface {}]interface {}{"a":"b-c d"}'],
  ])('without quotes, over several lines: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ["'it''s'", '"it\'s"'],
    ["'a\n\n b\n c '", String.raw`"a\nb c "`],
    ["'a: b'", '"a: b"'],
  ])('in single quotes: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    [
      String.raw`"\x41\u00e9\U0001F600\n\t\\\" \N\_\L\P\0\e"`,
      String.raw`"Aé😀\n\t\\\" \u0085\u00a0\u2028\u2029\x00\x1b"`,
    ],
    ['"a\\\n  b"', '"ab"'],
    ['"a \n\n  b"', String.raw`"a\nb"`],
  ])('in double quotes: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['"x', 'yaml: found unexpected end of stream'],
    ["'x", 'yaml: found unexpected end of stream'],
    [String.raw`"\z"`, 'yaml: found unknown escape character'],
    [String.raw`"\xg1"`, 'yaml: did not find expected hexdecimal number'],
    [String.raw`"\ud800"`, 'yaml: found invalid Unicode character escape code'],
    ['"a\n---\nb"', 'yaml: line 2: found unexpected document indicator'],
    ['a:\n  "\n', 'yaml: line 3: found unexpected end of stream'],
  ])('quotes is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([['a:\n  b\n\tc', 'yaml: line 3: found a tab character that violates indentation']])(
    'tabs that look like indentation is refused: %j',
    (text, message) => {
      expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
    },
  );
});
