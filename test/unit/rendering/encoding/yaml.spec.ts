import { describe, expect, it } from 'vitest';
import { outcome } from '../functions/outcome.ts';

describe('toGoYaml', () => {
  it.each([
    [
      '{{toYAML (sprig_dict "a" (sprig_list 1 (sprig_list 2 3) (sprig_dict "b" 1 "c" 2)) "d" (sprig_dict "e" "f"))}}',
      'a:\n- 1\n- - 2\n  - 3\n- b: 1\n  c: 2\nd:\n  e: f',
    ],
    [
      '{{toYAML (sprig_list)}} {{toYAML (sprig_dict)}} {{toYAML (sprig_dict "a" (sprig_list) "b" (sprig_dict))}}',
      '[] {} a: []\nb: {}',
    ],
    ['{{toYAML (sprig_list (sprig_list (sprig_list 1)))}}', '- - - 1'],
    ['{{toYAML (split "," "a,1")}} {{toYAML (splitToMap "," "=" "a=1")}}', '- a\n- "1" a: "1"'],
  ])('maps and lists: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (sprig_list 1 -2 1.5 1e6 1e-7 3.0 true false nil (parseUint "18446744073709551615") (parseFloat "inf") (parseFloat "-inf") (parseFloat "nan"))}}',
      '- 1\n- -2\n- 1.5\n- 1e+06\n- 1e-07\n- 3\n- true\n- false\n- null\n- 18446744073709551615\n- .inf\n- -.inf\n- .nan',
    ],
  ])('numbers, booleans, nil: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (parseYAML "{b: 1, 10: 2, 9: 3, true: 4, 1.5: 5, ~: 6, a: 7}")}}',
      'true: 4\n1.5: 5\n9: 3\n10: 2\nnull: 6\na: 7\nb: 1',
    ],
    ['{{toYAML (sprig_dict "" 1 "true" 2 "x: y" 3)}}', '"": 1\n"true": 2\n\'x: y\': 3'],
  ])('keys of any type: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [String.raw`{{toYAML (sprig_dict "a\nb" 1)}}`, '? |-\n  a\n  b\n: 1'],
    [
      '{{toYAML (sprig_dict "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" (sprig_list 1) "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk" 2)}}',
      'kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk: 2\n? kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk\n: - 1',
    ],
  ])('long keys and those of several lines have a mark: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{toYAML (loop 1)}}',
      '1:2: executing "" at <toYAML (loop 1)>: error calling toYAML: cannot marshal type: <-chan int64',
    ],
    [
      '{{toYAML (sprig_dict "a" 1i)}}',
      '1:2: executing "" at <toYAML (sprig_dict "a" 1i)>: error calling toYAML: cannot marshal type: complex128',
    ],
  ])('others are refused: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
