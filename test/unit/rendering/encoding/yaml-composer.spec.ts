import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('the structure of a document', () => {
  it.each([
    ['a:\n- 1\n- 2\nb: 3', 'map[interface {}]interface {}{"a":[]interface {}{1, 2}, "b":3}'],
    ['a:\n  b: 1\nc: 2', 'map[interface {}]interface {}{"a":map[interface {}]interface {}{"b":1}, "c":2}'],
    ['- - a\n  - b\n- c', '[]interface {}{[]interface {}{"a", "b"}, "c"}'],
    ['- a: 1\n  b: 2\n-\n- c', '[]interface {}{map[interface {}]interface {}{"a":1, "b":2}, interface {}(nil), "c"}'],
    ['? a\n: b\n? c', 'map[interface {}]interface {}{"a":"b", "c":interface {}(nil)}'],
    [
      'a:\n- x: 1\n  y: 2',
      'map[interface {}]interface {}{"a":[]interface {}{map[interface {}]interface {}{"x":1, true:2}}}',
    ],
    ['k:\n\n  - a # b\n', 'map[interface {}]interface {}{"k":[]interface {}{"a"}}'],
    ['- &x\n- b', '[]interface {}{interface {}(nil), "b"}'],
    ['a: &x\n- b', 'map[interface {}]interface {}{"a":[]interface {}{"b"}}'],
  ])('blocks: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['{a: b, c, "d": 1, ? e : f}', 'map[interface {}]interface {}{"a":"b", "c":interface {}(nil), "d":1, "e":"f"}'],
    ['[a, [b], {}, ]', '[]interface {}{"a", []interface {}{"b"}, map[interface {}]interface {}{}}'],
    ['{a: 1,}', 'map[interface {}]interface {}{"a":1}'],
    ['{a:1, b: http://x}', 'map[interface {}]interface {}{"a:1":interface {}(nil), "b":"http://x"}'],
    ['[]: x', '[]interface {}{}'],
  ])('flows: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([['[a: 1, b, ? c : d, : e]', 'yaml: did not find expected node content']])(
    'flows is refused: %j',
    (text, message) => {
      expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
    },
  );

  it.each([
    ['- a\nb: c', "yaml: line 1: did not find expected '-' indicator"],
    ['a: b: c', 'yaml: mapping values are not allowed in this context'],
    ['x: y\n- z', 'yaml: line 1: did not find expected key'],
    ['a: 1\n  b: 2', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a:\n  b: 1\n c: 2', 'yaml: line 2: did not find expected key'],
    ['a\nb: c', 'yaml: line 2: mapping values are not allowed in this context'],
    ['a: - b', 'yaml: block sequence entries are not allowed in this context'],
    ['- a\n\t- b', 'yaml: line 2: found a tab character that violates indentation'],
    ['a: "b" c', 'yaml: did not find expected key'],
  ])('blocks is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([['[a]]', '[]interface {}{"a"}']])('flows: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['[a, b', "yaml: line 1: did not find expected ',' or ']'"],
    ['{a: b', "yaml: line 1: did not find expected ',' or '}'"],
    ['a: ]', 'yaml: did not find expected node content'],
    ['[a, , b]', 'yaml: did not find expected node content'],
    ['x: 1\n[,]', 'yaml: line 1: did not find expected key'],
    ['{a: [b}', "yaml: did not find expected ',' or ']'"],
  ])('flows is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    ['%YAML 1.1\n---\na', '"a"'],
    ['%YAML 1.1 # x\n--- a', '"a"'],
  ])('directives: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['%YAML 1.2\n---\na', 'yaml: found incompatible YAML document'],
    ['%YAML 1.1\n%YAML 1.1\n---\n', 'yaml: line 1: found duplicate %YAML directive'],
    ['%TAG ! a\n%TAG ! b\n---\n', 'yaml: line 1: found duplicate %TAG directive'],
    ['%x', 'yaml: found unknown directive name'],
    ['%YAML 1.1\na', 'yaml: line 1: did not find expected <document start>'],
  ])('directives is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    [
      'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: 1',
      'yaml: mapping values are not allowed in this context',
    ],
  ])('keys of more than 1024 characters is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });
});
