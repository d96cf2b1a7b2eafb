import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('merging of maps', () => {
  it.each([
    ['{{mergeMap (sprig_dict "a" 1) (sprig_dict "a" 2 "b" 3)}}', 'map[a:1 b:3]'],
    [
      '{{mergeMap (sprig_dict "m" (sprig_dict "x" 1)) (sprig_dict "m" (sprig_dict "x" 9 "y" 2))}}',
      'map[m:map[x:1 y:2]]',
    ],
    ['{{mergeMap (sprig_dict "l" (sprig_list 1)) (sprig_dict "l" (sprig_list 2 3))}}', 'map[l:[1]]'],
  ])('what the first holds wins: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{mergeMap (sprig_dict "a" "" "z" 0 "f" false "n" nil "e" (sprig_list) "m" (sprig_dict)) (sprig_dict "a" "x" "z" 5 "f" true "n" 1 "e" (sprig_list 1) "m" (sprig_dict "q" 1))}}',
      'map[a:x e:[1] f:true m:map[q:1] n:1 z:5]',
    ],
    ['{{mergeMap (sprig_dict "a" 0.0) (sprig_dict "a" nil "n" nil "s" "")}}', 'map[a:0 s:]'],
  ])('but not if it is empty: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{mergeMapWithOverride (sprig_dict "a" 1) (sprig_dict "a" 2 "b" 3)}}', 'map[a:2 b:3]'],
    [
      '{{mergeMapWithOverride (sprig_dict "m" (sprig_dict "x" 1 "k" 7)) (sprig_dict "m" (sprig_dict "x" 9 "y" 2))}}',
      'map[m:map[k:7 x:9 y:2]]',
    ],
    [
      '{{mergeMapWithOverride (sprig_dict "a" "x" "e" (sprig_list 1) "n" 1) (sprig_dict "a" "" "e" (sprig_list) "n" nil)}}',
      'map[a: e:[] n:<nil>]',
    ],
  ])('with override the second wins: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{$a := sprig_dict "a" 1}}{{$b := mergeMap $a (sprig_dict "b" 2)}}{{$a}} {{printf "%T" $b}}',
      'map[a:1 b:2] map[string]interface {}',
    ],
  ])('the first is changed: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{mergeMap 1 2}}', '1:11: executing "" at <1>: can\'t handle 1 for arg of type map[string]interface {}'],
    [
      '{{mergeMap (sprig_dict "a" 1)}}',
      '1:2: executing "" at <mergeMap>: wrong number of args for mergeMap: want at least 2 got 1',
    ],
    [
      '{{mergeMap (sprig_dict "m" (sprig_dict "b" 2)) (sprig_dict "m" (parseYAML "{a: 1}"))}}',
      '1:2: executing "" at <mergeMap (sprig_dict "m" (sprig_dict "b" 2)) (sprig_dict "m" (parseYAML "{a: 1}"))>: error calling mergeMap: reflect.Value.MapIndex: value of type interface {} is not assignable to type string',
    ],
    ['{{mergeMap (sprig_dict "m" (parseYAML "{a: 1}")) (sprig_dict "m" (sprig_dict "b" 2))}}', 'map[m:map[a:1 b:2]]'],
    [
      '{{mergeMap (sprig_dict "a" (splitToMap "," "=" "x=1")) (sprig_dict "a" (sprig_dict "y" 2))}}',
      '1:2: executing "" at <mergeMap (sprig_dict "a" (splitToMap "," "=" "x=1")) (sprig_dict "a" (sprig_dict "y" 2))>: error calling mergeMap: reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string',
    ],
  ])('types must fit: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
