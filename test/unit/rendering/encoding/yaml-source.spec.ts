import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('the characters of a document', () => {
  it.each([
    ['a: b\r\nc: d\r\n', 'map[interface {}]interface {}{"a":"b", "c":"d"}'],
    ['a: b\rc: d', 'map[interface {}]interface {}{"a":"b", "c":"d"}'],
    ['a\r\nb', '"a b"'],
    ['a: bc: d', 'map[interface {}]interface {}{"a":"b", "c":"d"}'],
    ['"a b"', String.raw`"a\u2028b"`],
  ])('all breaks of lines are one: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([['﻿a: 1', 'map[interface {}]interface {}{"a":1}']])(
    'a mark of the byte order is left out: %j',
    (text, expected) => {
      expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
    },
  );

  it.each([
    ['a: \u0001', 'yaml: control characters are not allowed'],
    ['a', 'yaml: control characters are not allowed'],
  ])('control characters is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });
});
