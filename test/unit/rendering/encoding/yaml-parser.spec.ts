import { describe, expect, it } from 'vitest';
import { parseGoYaml } from '../../../../src/rendering/encoding/yaml-parser.ts';
import { printf } from '../../../../src/template/index.ts';

describe('parseGoYaml', () => {
  it.each([
    ['a: 1', 'map[interface {}]interface {}{"a":1}'],
    ['1: a', 'map[interface {}]interface {}{1:"a"}'],
    [
      '{a: [1, {b: c}]}',
      'map[interface {}]interface {}{"a":[]interface {}{1, map[interface {}]interface {}{"b":"c"}}}',
    ],
    ['- a\n- b', '[]interface {}{"a", "b"}'],
    ['a: 1\na: 2', 'map[interface {}]interface {}{"a":2}'],
    ['"1": x\n1: y', 'map[interface {}]interface {}{"1":"x", 1:true}'],
  ])('maps have keys of any type: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['- a\n---\n- b', '[]interface {}{"a"}'],
    ['--- a\n...\n: [', '"a"'],
    ['# nothing', '<nil>'],
    ['---\n...', '<nil>'],
  ])('only the first document counts: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    [
      '- &a {x: 1, z: 2}\n- <<: *a\n  z: 3',
      '[]interface {}{map[interface {}]interface {}{"x":1, "z":2}, map[interface {}]interface {}{"x":1, "z":3}}',
    ],
    [
      '- &a {x: 1}\n- &b {x: 2, w: 3}\n- <<: [*a, *b]',
      '[]interface {}{map[interface {}]interface {}{"x":1}, map[interface {}]interface {}{"w":3, "x":2}, map[interface {}]interface {}{"w":3, "x":1}}',
    ],
    ['a: 2\n<<: {a: 1, b: 3}', 'map[interface {}]interface {}{"a":1, "b":3}'],
    ['"<<": {a: 1}', 'map[interface {}]interface {}{"<<":map[interface {}]interface {}{"a":1}}'],
  ])('merge keys: own entries and earlier maps win: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['- <<: 5', 'yaml: map merge requires map or sequence of maps as the value'],
    ['- &a [1]\n- <<: *a', 'yaml: map merge requires map or sequence of maps as the value'],
    ['<<: [1]', 'yaml: map merge requires map or sequence of maps as the value'],
  ])('merge keys: own entries and earlier maps win is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    ['- &a 1\n- *a', '[]interface {}{1, 1}'],
    ['&a k: *a', 'map[interface {}]interface {}{"k":"k"}'],
    ['- &a b\n- *a : c', '[]interface {}{"b", map[interface {}]interface {}{"b":"c"}}'],
  ])('aliases: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['a: *nope', "yaml: unknown anchor 'nope' referenced"],
    ['a: &x [*x]', "yaml: anchor 'x' value contains itself"],
  ])('aliases is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    ['!!str 12', '"12"'],
    ['!!int "3"', '3'],
    ['!!float 3', '3'],
    ['!!binary aGVsbG8=', '"hello"'],
    ['!foo 12', '"12"'],
    ['! 12', '"12"'],
    ['!!set {a, b}', 'map[interface {}]interface {}{"a":interface {}(nil), "b":interface {}(nil)}'],
    ['!!null ""', '<nil>'],
    ['%TAG !e! tag:yaml.org,2002:\n---\n!e!int 3', '3'],
    ['!<tag:yaml.org,2002:int> 5', '5'],
  ])('tags: %j', (text, expected) => {
    expect(printf('%#v', [parseGoYaml(text)])).toBe(expected);
  });

  it.each([
    ['!!int x', 'yaml: cannot decode !!str `x` as a !!int'],
    ['!!bool 1', 'yaml: cannot decode !!int `1` as a !!bool'],
    ['!!binary "!"', 'yaml: !!binary value contains invalid base64 data'],
    ['!e!int 3', 'yaml: found undefined tag handle'],
  ])('tags is refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });

  it.each([
    ['? [x]\n: y', 'yaml: invalid map key: []interface {}{"x"}'],
    ['? {x: 1}\n: y', 'yaml: invalid map key: map[interface {}]interface {}{"x":1}'],
  ])('lists and maps as keys are refused: %j', (text, message) => {
    expect(() => printf('%#v', [parseGoYaml(text)])).toThrow(new Error(message));
  });
});
