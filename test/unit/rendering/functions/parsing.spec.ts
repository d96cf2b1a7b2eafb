import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('parsing', () => {
  it.each([
    ['{{parseBool "true"}} {{parseBool "T"}} {{parseBool "0"}} {{parseBool ""}}', 'true true false false'],
    [
      '{{parseBool "yes"}}',
      '1:2: executing "" at <parseBool "yes">: error calling parseBool: parseBool: strconv.ParseBool: parsing "yes": invalid syntax',
    ],
  ])('booleans: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{parseInt "42"}} {{parseInt "-7"}} {{parseInt "+7"}} {{parseInt "007"}} {{parseInt ""}} {{parseUint ""}}',
      '42 -7 7 7 0 0',
    ],
    ['{{printf "%T %T" (parseInt "1") (parseUint "1")}}', 'int64 uint64'],
    [
      '{{parseInt "9223372036854775807"}} {{parseUint "18446744073709551615"}}',
      '9223372036854775807 18446744073709551615',
    ],
    [
      '{{parseInt "9223372036854775808"}}',
      '1:2: executing "" at <parseInt "9223372036854775808">: error calling parseInt: parseInt: strconv.ParseInt: parsing "9223372036854775808": value out of range',
    ],
    [
      '{{parseInt "0x10"}}',
      '1:2: executing "" at <parseInt "0x10">: error calling parseInt: parseInt: strconv.ParseInt: parsing "0x10": invalid syntax',
    ],
    [
      '{{parseInt "1_0"}}',
      '1:2: executing "" at <parseInt "1_0">: error calling parseInt: parseInt: strconv.ParseInt: parsing "1_0": invalid syntax',
    ],
    [
      '{{parseUint "-1"}}',
      '1:2: executing "" at <parseUint "-1">: error calling parseUint: parseUint: strconv.ParseUint: parsing "-1": invalid syntax',
    ],
    [
      '{{parseUint "+1"}}',
      '1:2: executing "" at <parseUint "+1">: error calling parseUint: parseUint: strconv.ParseUint: parsing "+1": invalid syntax',
    ],
    [
      '{{parseUint "18446744073709551616"}}',
      '1:2: executing "" at <parseUint "18446744073709551616">: error calling parseUint: parseUint: strconv.ParseUint: parsing "18446744073709551616": value out of range',
    ],
  ])('integers are decimal, and fit 64 bits: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{parseFloat "1.50"}} {{parseFloat ".5"}} {{parseFloat "1e3"}} {{parseFloat ""}} {{parseFloat "0x1p-2"}} {{parseFloat "1_000.5"}}',
      '1.5 0.5 1000 0 0.25 1000.5',
    ],
    ['{{parseFloat "Inf"}} {{parseFloat "-infinity"}} {{parseFloat "NaN"}}', '+Inf -Inf NaN'],
    [
      '{{parseFloat "1e400"}}',
      '1:2: executing "" at <parseFloat "1e400">: error calling parseFloat: parseFloat: strconv.ParseFloat: parsing "1e400": value out of range',
    ],
    [
      '{{parseFloat "x"}}',
      '1:2: executing "" at <parseFloat "x">: error calling parseFloat: parseFloat: strconv.ParseFloat: parsing "x": invalid syntax',
    ],
    [
      '{{parseFloat "-nan"}}',
      '1:2: executing "" at <parseFloat "-nan">: error calling parseFloat: parseFloat: strconv.ParseFloat: parsing "-nan": invalid syntax',
    ],
    ['{{printf "%T" (parseFloat "1")}}', 'float64'],
  ])('floats: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      String.raw`{{$x := parseJSON "{\"a\":[1,1.5,true,null,\"s\"]}"}}{{$x}} {{printf "%T %T %T" $x $x.a (index $x.a 0)}}`,
      'map[a:[1 1.5 true <nil> s]] map[string]interface {} []interface {} float64',
    ],
    ['{{parseJSON "1234567890123"}} {{parseJSON "5"}}', '1.234567890123e+12 5'],
    ['{{printf "%T" (parseJSON "")}} {{parseJSON "null"}}', 'map[string]interface {} <no value>'],
    [
      '{{parseJSON "{bad"}}',
      '1:2: executing "" at <parseJSON "{bad">: error calling parseJSON: invalid character \'b\' looking for beginning of object key string',
    ],
  ])('JSON: numbers are floats: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      String.raw`{{$x := parseYAML "a: yes\nb: [1, 2.5, 0x1F, 017]\n1: ~"}}{{$x}} {{printf "%T %T" $x $x.b}}`,
      'map[a:true b:[1 2.5 31 15] 1:<nil>] map[interface {}]interface {} []interface {}',
    ],
    ['{{printf "%T" (parseYAML "")}} {{parseYAML "# nothing"}}', 'map[string]interface {} <no value>'],
    [
      String.raw`{{parseYAML "\ta: b"}}`,
      String.raw`1:2: executing "" at <parseYAML "\ta: b">: error calling parseYAML: yaml: found character that cannot start any token`,
    ],
  ])('YAML: words and numbers of YAML 1.1: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
