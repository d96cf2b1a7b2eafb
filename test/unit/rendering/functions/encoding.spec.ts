import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('encoding', () => {
  it.each([
    [
      '{{sprig_dict "b" 1 "a" (sprig_list 1.5 "<&>" nil true) | toJSON}}',
      String.raw`{"a":[1.5,"\u003c\u0026\u003e",null,true],"b":1}`,
    ],
    ['{{toUnescapedJSON "<a&b>"}}', '"<a&b>"'],
    [
      String.raw`{{toJSON "\u2028\x00\x1f\x7f\u0085\xff\ufffd\b\f\n\r\t\"\\\\"}}`,
      String.raw`"\u2028\u0000\u001f\ufffd�\b\f\n\r\t\"\\\\"`,
    ],
    ['{{toJSON (sprig_list 1e20 1e21 1e-6 1e-7 -0.0 100.0)}}', '[100000000000000000000,1e+21,0.000001,1e-7,-0,100]'],
    ['{{toJSONPretty (sprig_dict "a" (sprig_list) "b" (sprig_list 1))}}', '{\n  "a": [],\n  "b": [\n    1\n  ]\n}'],
    ['{{toUnescapedJSONPretty (sprig_dict "a" "<")}}', '{\n  "a": "<"\n}'],
    ['{{toJSON nil}}', 'null'],
  ])('JSON has its keys sorted and escapes what HTML could take for its own: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{parseYAML "a: 1" | toJSON}}',
      '1:21: executing "" at <toJSON>: error calling toJSON: toJSON: json: unsupported type: map[interface {}]interface {}',
    ],
    [
      '{{parseYAML "{}" | toJSONPretty}}',
      '1:19: executing "" at <toJSONPretty>: error calling toJSONPretty: toJSONPretty: json: unsupported type: map[interface {}]interface {}',
    ],
    [
      '{{toUnescapedJSON (loop 1)}}',
      '1:2: executing "" at <toUnescapedJSON (loop 1)>: error calling toUnescapedJSON: toUnescapedJSON: json: unsupported type: <-chan int64',
    ],
    [
      '{{toJSON (parseFloat "inf")}}',
      '1:2: executing "" at <toJSON (parseFloat "inf")>: error calling toJSON: toJSON: json: unsupported value: +Inf',
    ],
  ])('what JSON cannot hold is refused with the name of the function: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{sprig_dict "b" 1 "a" (sprig_list 1 "x" true) | toYAML}}', 'a:\n- 1\n- x\n- true\nb: 1'],
    ['{{toTOML (sprig_dict "b" (sprig_dict "c" "x") "a" 1.0)}}', 'a = 1.0\n\n[b]\n  c = "x"'],
  ])('YAML and TOML: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (loop 1)}}',
      '1:2: executing "" at <toYAML (loop 1)>: error calling toYAML: cannot marshal type: <-chan int64',
    ],
    [
      '{{toTOML nil}}',
      '1:2: executing "" at <toTOML nil>: error calling toTOML: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{toTOML (parseYAML "1: 2")}}',
      '1:2: executing "" at <toTOML (parseYAML "1: 2")>: error calling toTOML: toTOML: toml: cannot encode a map with non-string key type',
    ],
    [
      '{{toTOML (sprig_list (sprig_dict "a" 1))}}',
      '1:2: executing "" at <toTOML (sprig_list (sprig_dict "a" 1))>: error calling toTOML: toTOML: toml: top-level values must be Go maps or structs',
    ],
    [
      '{{toTOML (sprig_dict "a" (sprig_list nil))}}',
      '1:2: executing "" at <toTOML (sprig_dict "a" (sprig_list nil))>: error calling toTOML: toTOML: toml: cannot encode array with nil element',
    ],
    [
      '{{toTOML (loop 1)}}',
      '1:2: executing "" at <toTOML (loop 1)>: error calling toTOML: toTOML: unsupported type for key \'\': chan',
    ],
    [
      '{{toTOML (sprig_dict "a" (loop 1))}}',
      '1:2: executing "" at <toTOML (sprig_dict "a" (loop 1))>: error calling toTOML: toTOML: unsupported type: chan',
    ],
  ])('what they cannot hold is refused: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
