import { describe, expect, it } from 'vitest';
import { outcome } from '../functions/outcome.ts';

describe('toGoToml', () => {
  it.each([
    [
      '{{toTOML (sprig_dict "s" "x" "n" 1 "f" 1.5 "b" true "l" (sprig_list "x" "y") "t" (sprig_dict "k" "v" "u" (sprig_dict "w" 1)))}}',
      'b = true\nf = 1.5\nl = ["x", "y"]\nn = 1\ns = "x"\n\n[t]\n  k = "v"\n  [t.u]\n    w = 1',
    ],
    ['{{toTOML (sprig_dict "t" (sprig_dict) "z" 1)}}', 'z = 1\n\n[t]'],
  ])('what a table holds comes before the tables in it: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toTOML (sprig_dict "a" 1.0 "b" 1e21 "c" (parseFloat "inf") "d" (parseFloat "nan") "e" 1e-7)}}',
      'a = 1.0\nb = 1000000000000000000000.0\nc = inf\nd = nan\ne = 0.0000001',
    ],
  ])('floats have a point: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toTOML (sprig_dict "l" (sprig_list (sprig_dict "a" 1) (sprig_dict "b" (sprig_dict "c" 2))))}}',
      '[[l]]\n  a = 1\n\n[[l]]\n  [l.b]\n    c = 2',
    ],
    ['{{toTOML (sprig_dict "t" (sprig_dict "l" (sprig_list (sprig_dict "a" 1))))}}', '[t]\n\n  [[t.l]]\n    a = 1'],
  ])('lists of tables: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{toTOML (sprig_dict "l" (sprig_list (sprig_dict "a" 1 "b" (sprig_list)) 2))}}', 'l = [{a = 1, b = []}, 2]'],
    ['{{toTOML (sprig_dict "l" (sprig_list (sprig_dict "a" nil "b" 1 "c" nil) 2))}}', 'l = [{b = 1, }, 2]'],
  ])('tables within lists of others: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      String.raw`{{toTOML (sprig_dict "a b" "q\"\\\n\t\x00\x7fé" "" 1 "é" 2 "a-b_1" 3)}}`,
      '"" = 1\n"a b" = "q\\"\\\\\\n\\t\\u0000\\u007fé"\na-b_1 = 3\n"é" = 2',
    ],
    ['{{toTOML (sprig_dict "a.b" (sprig_dict "c d" (sprig_dict "e" 1)))}}', '["a.b"]\n  ["a.b"."c d"]\n    e = 1'],
  ])('texts and keys are quoted: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([['{{toTOML (sprig_dict "a" nil "b" 1)}}', 'b = 1']])('nil is left out: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([['{{toTOML (sprig_dict "a" (sprig_list) "b" (sprig_dict))}}', 'a = []\n\n[b]']])(
    'an empty list is no list of tables: %s',
    (template, expected) => {
      expect(outcome(template)).toBe(expected);
    },
  );

  it.each([['{{toTOML "x"}} {{toTOML 1}} {{toTOML (sprig_list 1 2)}}', '"x" 1 [1, 2]']])(
    'a value alone: %s',
    (template, expected) => {
      expect(outcome(template)).toBe(expected);
    },
  );

  it.each([
    [
      '{{toTOML nil}}',
      '1:2: executing "" at <toTOML nil>: error calling toTOML: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{toTOML (sprig_dict "a" (sprig_list 1 nil))}}',
      '1:2: executing "" at <toTOML (sprig_dict "a" (sprig_list 1 nil))>: error calling toTOML: toTOML: toml: cannot encode array with nil element',
    ],
    [
      '{{toTOML (parseYAML "a: {1: 2}")}}',
      '1:2: executing "" at <toTOML (parseYAML "a: {1: 2}")>: error calling toTOML: toTOML: toml: cannot encode a map with non-string key type',
    ],
    [
      '{{toTOML (sprig_list (sprig_dict "a" 1))}}',
      '1:2: executing "" at <toTOML (sprig_list (sprig_dict "a" 1))>: error calling toTOML: toTOML: toml: top-level values must be Go maps or structs',
    ],
    [
      '{{toTOML (sprig_dict "a" (loop 1))}}',
      '1:2: executing "" at <toTOML (sprig_dict "a" (loop 1))>: error calling toTOML: toTOML: unsupported type: chan',
    ],
  ])('others are refused: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
