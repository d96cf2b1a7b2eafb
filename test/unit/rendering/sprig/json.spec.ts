import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('JSON', () => {
  it.each([
    ['{{sprig_toJson (sprig_dict "a" 1)}}', '{"a":1}'],
    ['{{sprig_toPrettyJson (sprig_dict "a" 1)}}', '{\n  "a": 1\n}'],
    ['{{sprig_toRawJson "<a>"}}', '"<a>"'],
    ['{{sprig_toJson "<a>"}}', String.raw`"\u003ca\u003e"`],
    [String.raw`{{(sprig_fromJson "{\"x\":[1,2]}").x}}`, '[1 2]'],
    ['{{sprig_fromJson "bad"}}', '<no value>'],
    ['{{sprig_toPrettyJson (sprig_dict "h" "<&>" "n" nil)}}', '{\n  "h": "\\u003c\\u0026\\u003e",\n  "n": null\n}'],
    [
      '{{sprig_toPrettyJson (sprig_dict "a" 1 "b" (sprig_list) "c" (sprig_dict) "d" (sprig_list 1 2))}}',
      '{\n  "a": 1,\n  "b": [],\n  "c": {},\n  "d": [\n    1,\n    2\n  ]\n}',
    ],
    ['{{sprig_toRawJson "<a>&"}}', '"<a>&"'],
    ['{{sprig_toJson "<a>&"}}', String.raw`"\u003ca\u003e\u0026"`],
    ['{{sprig_toPrettyJson "<"}}', String.raw`"\u003c"`],
    ['{{sprig_toJson nil}}', 'null'],
    ['{{sprig_toJson 1.0}}', '1'],
    ['{{sprig_toJson 1e21}}', '1e+21'],
    [String.raw`{{sprig_toJson (sprig_list nil true "é\u2028\x00")}}`, String.raw`[null,true,"é\u2028\u0000"]`],
    [String.raw`{{sprig_toRawJson "\u2028"}}`, String.raw`"\u2028"`],
    ['{{sprig_toJson (sprig_rest (sprig_list))}}', 'null'],
    ['{{sprig_toJson nilMap}}', 'null'],
    ['{{sprig_toJson (sprig_int64 5)}}', '5'],
    ['{{sprig_toJson (sprig_semver "1.2.3-a+b")}}', '"1.2.3-a+b"'],
    ['{{sprig_toJson (sprig_list (sprig_semver "v1"))}}', '["1.0.0"]'],
    ['{{sprig_toRawJson (sprig_dict "v" (sprig_semver "1.2"))}}', '{"v":"1.2.0"}'],
    ['{{sprig_toPrettyJson (sprig_dict "v" (sprig_semver "1.2"))}}', '{\n  "v": "1.2.0"\n}'],
    ['{{sprig_toJson 1i}}', ''],
    ['{{sprig_toPrettyJson (sprig_float64 "inf")}}', ''],
    ['{{sprig_fromJson "null"}}', '<no value>'],
    [String.raw`{{sprig_fromJson "[1,2.5,\"a\",null,true,{\"b\":[]}]"}}`, '[1 2.5 a <nil> true map[b:[]]]'],
    ['{{sprig_fromJson "1234567890"}}', '1.23456789e+09'],
    ['{{printf "%T" (sprig_fromJson "1")}}', 'float64'],
    ['{{sprig_fromJson "[]"}}', '[]'],
    [String.raw`{{sprig_mustToJson (sprig_fromJson "{\"b\":1,\"a\":[{}]}")}}`, '{"a":[{}],"b":1}'],
    [String.raw`{{(sprig_fromJson "{\"a\":{\"b\":\"c\"}}").a.b}}`, 'c'],
    ['{{sprig_mustToPrettyJson (sprig_list)}}', '[]'],
    ['{{sprig_mustToRawJson (sprig_list "<")}}', '["<"]'],
    ['{{sprig_toJson (sprig_chunk 2 (sprig_list 1 2 3))}}', '[[1,2],[3]]'],
    ['{{sprig_toJson (sprig_split "," "b,a")}}', '{"_0":"b","_1":"a"}'],
    ['{{sprig_toJson (sprig_until 3)}}', '[0,1,2]'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_mustFromJson "bad"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "bad">: error calling sprig_mustFromJson: invalid character \'b\' looking for beginning of value',
    ],
    [
      '{{sprig_toRawJson 1i}}',
      'template: :1:2: executing "" at <sprig_toRawJson 1i>: error calling sprig_toRawJson: json: unsupported type: complex128',
    ],
    [
      '{{sprig_mustToJson (sprig_float64 "nan")}}',
      'template: :1:2: executing "" at <sprig_mustToJson (sprig_float64 "nan")>: error calling sprig_mustToJson: json: unsupported value: NaN',
    ],
    [
      '{{sprig_mustToPrettyJson 1i}}',
      'template: :1:2: executing "" at <sprig_mustToPrettyJson 1i>: error calling sprig_mustToPrettyJson: json: unsupported type: complex128',
    ],
    [
      '{{sprig_mustToRawJson 1i}}',
      'template: :1:2: executing "" at <sprig_mustToRawJson 1i>: error calling sprig_mustToRawJson: json: unsupported type: complex128',
    ],
    [
      '{{sprig_mustFromJson ""}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "">: error calling sprig_mustFromJson: unexpected end of JSON input',
    ],
    [
      String.raw`{{sprig_mustFromJson "{\"a\":1"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "{\"a\":1">: error calling sprig_mustFromJson: unexpected end of JSON input`,
    ],
    [
      '{{sprig_mustFromJson "[1,]"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "[1,]">: error calling sprig_mustFromJson: invalid character \']\' looking for beginning of value',
    ],
    [
      String.raw`{{sprig_mustFromJson "{\"a\" 1}"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "{\"a\" 1}">: error calling sprig_mustFromJson: invalid character '1' after object key`,
    ],
    [
      '{{sprig_mustFromJson "1 2"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "1 2">: error calling sprig_mustFromJson: invalid character \'2\' after top-level value',
    ],
    [
      '{{sprig_mustFromJson "nul"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "nul">: error calling sprig_mustFromJson: invalid character \' \' in literal null (expecting \'l\')',
    ],
    [
      String.raw`{{sprig_mustFromJson "\"a"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "\"a">: error calling sprig_mustFromJson: unexpected end of JSON input`,
    ],
    [
      '{{sprig_mustFromJson "t"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "t">: error calling sprig_mustFromJson: invalid character \' \' in literal true (expecting \'r\')',
    ],
    [
      '{{sprig_mustFromJson "-"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "-">: error calling sprig_mustFromJson: invalid character \' \' in numeric literal',
    ],
    [
      '{{sprig_mustFromJson "[1."}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "[1.">: error calling sprig_mustFromJson: invalid character \' \' after decimal point in numeric literal',
    ],
    [
      '{{sprig_mustFromJson "1e"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "1e">: error calling sprig_mustFromJson: invalid character \' \' in exponent of numeric literal',
    ],
    [
      '{{sprig_mustFromJson "1e+"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "1e+">: error calling sprig_mustFromJson: invalid character \' \' in exponent of numeric literal',
    ],
    [
      String.raw`{{sprig_mustFromJson "\"\\"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "\"\\">: error calling sprig_mustFromJson: invalid character ' ' in string escape code`,
    ],
    [
      String.raw`{{sprig_mustFromJson "\"\\u12"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "\"\\u12">: error calling sprig_mustFromJson: invalid character ' ' in \u hexadecimal character escape`,
    ],
    [
      '{{sprig_mustFromJson "["}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "[">: error calling sprig_mustFromJson: unexpected end of JSON input',
    ],
    [
      '{{sprig_mustFromJson "[1"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "[1">: error calling sprig_mustFromJson: unexpected end of JSON input',
    ],
    [
      '{{sprig_mustFromJson "{"}}',
      'template: :1:2: executing "" at <sprig_mustFromJson "{">: error calling sprig_mustFromJson: unexpected end of JSON input',
    ],
    [
      String.raw`{{sprig_mustFromJson "{\"a\""}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "{\"a\"">: error calling sprig_mustFromJson: unexpected end of JSON input`,
    ],
    [
      String.raw`{{sprig_mustFromJson "{\"a\":"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "{\"a\":">: error calling sprig_mustFromJson: unexpected end of JSON input`,
    ],
    [
      String.raw`{{sprig_mustFromJson "{\"a\":1,"}}`,
      String.raw`template: :1:2: executing "" at <sprig_mustFromJson "{\"a\":1,">: error calling sprig_mustFromJson: unexpected end of JSON input`,
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
