import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Merged maps', () => {
  it.each([
    [
      '{{sprig_merge (sprig_dict "a" 1 "b" "" "m" (sprig_dict "x" 1)) (sprig_dict "a" 2 "b" 3 "c" 4 "m" (sprig_dict "x" 9 "y" 2))}}',
      'map[a:1 b:3 c:4 m:map[x:1 y:2]]',
    ],
    [
      '{{sprig_mergeOverwrite (sprig_dict "a" 1 "b" 5 "m" (sprig_dict "x" 1) "l" (sprig_list 1)) (sprig_dict "a" 0 "b" nil "c" 4 "m" (sprig_dict "x" 9 "y" 2) "l" (sprig_list))}}',
      'map[a:0 b:<nil> c:4 l:[] m:map[x:9 y:2]]',
    ],
    [
      '{{sprig_merge (sprig_dict "l" (sprig_list 1) "e" (sprig_list) "n" nil) (sprig_dict "l" (sprig_list 2 3) "e" (sprig_list 4) "n" (sprig_dict "q" 1) "new" (sprig_list))}}',
      'map[e:[4] l:[1] n:map[q:1] new:[]]',
    ],
    [
      '{{sprig_mergeOverwrite (sprig_dict "m" (sprig_dict "a" 1) "s" "x" "t" (sprig_dict "z" 1)) (sprig_dict "m" "scalar" "s" (sprig_dict "b" 1) "t" (sprig_dict))}}',
      'map[m:scalar s:map[b:1] t:map[z:1]]',
    ],
    [
      '{{sprig_merge (sprig_dict "m" (sprig_dict "a" 1) "s" "x" "i" 0 "f" false) (sprig_dict "m" "scalar" "s" (sprig_dict "b" 1) "i" (sprig_dict "c" 1) "f" (sprig_list 1))}}',
      'map[f:[1] i:map[c:1] m:map[a:1] s:x]',
    ],
    [
      '{{sprig_merge nil (sprig_dict "a" 1)}} {{sprig_merge nil nil}} {{sprig_merge (sprig_dict "a" 1)}} {{sprig_merge (sprig_dict "a" 1) nil}} {{sprig_mergeOverwrite (sprig_dict) (sprig_dict "a" 1) (sprig_dict "a" 2)}} {{$d := sprig_dict}}{{$_ := sprig_merge $d (sprig_dict "k" "v")}}{{$d}} {{sprig_mustMerge (sprig_dict "a" 1) (sprig_dict "b" 2)}} {{sprig_mustMergeOverwrite (sprig_dict "a" 1) (sprig_dict "a" 2)}}',
      'map[a:1] map[] map[a:1] map[a:1] map[a:2] map[k:v] map[a:1 b:2] map[a:2]',
    ],
    ['{{sprig_merge (sprig_dict "v" (sprig_semver "1")) (sprig_dict "v" (sprig_dict "a" 1))}}', ''],
    [
      '{{sprig_mergeOverwrite (sprig_dict "v" (sprig_semver "1")) (sprig_dict "v" (sprig_dict "a" 1))}}',
      'map[v:map[a:1]]',
    ],
    [
      '{{sprig_merge (sprig_dict "m" (sprig_split "," "a")) (sprig_dict "m" (sprig_split "," "x,y"))}}',
      'map[m:map[_0:a _1:y]]',
    ],
    [
      '{{sprig_merge (sprig_dict "m" (sprig_dict "x" 1)) (sprig_dict "m" (sprig_split "," "x,y"))}}',
      'map[m:map[_0:x _1:y x:1]]',
    ],
    ['{{sprig_merge (sprig_dict "m" (sprig_dict)) (sprig_dict "m" (sprig_split "," "x,y"))}}', 'map[m:map[_0:x _1:y]]'],
    [
      '{{sprig_mergeOverwrite (sprig_dict "m" nilMap "x" nilMap) (sprig_dict "m" (sprig_dict "a" 1) "x" 5)}}',
      'map[m:map[a:1] x:5]',
    ],
    [
      '{{sprig_merge (sprig_dict "m" nilMap "l" nilList) (sprig_dict "m" (sprig_dict "a" 1) "l" (sprig_list 1))}}',
      'map[l:[1] m:map[a:1]]',
    ],
    [
      '{{sprig_merge (sprig_dict "m" (sprig_dict "a" 1)) (sprig_dict "m" nilMap "x" nilMap)}}',
      'map[m:map[a:1] x:map[]]',
    ],
    [
      '{{$s := sprig_dict "in" (sprig_dict "a" 1)}}{{$d := sprig_merge (sprig_dict) $s}}{{$_ := sprig_set $d.in "b" 2}}{{$s}} {{$c := sprig_deepCopy $s}}{{$_ = sprig_set $c.in "z" 9}}{{$s}} {{$c}}',
      'map[in:map[a:1 b:2]] map[in:map[a:1 b:2]] map[in:map[a:1 b:2 z:9]]',
    ],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_mustMerge (sprig_dict "v" (sprig_semver "1")) (sprig_dict "v" (sprig_dict "a" 1))}}',
      'template: :1:2: executing "" at <sprig_mustMerge (sprig_dict "v" (sprig_semver "1")) (sprig_dict "v" (sprig_dict "a" 1))>: error calling sprig_mustMerge: src and dst must be of same type',
    ],
    [
      '{{sprig_merge (sprig_dict "m" (sprig_split "," "a")) (sprig_dict "m" (sprig_dict "x" 1))}}',
      'template: :1:2: executing "" at <sprig_merge (sprig_dict "m" (sprig_split "," "a")) (sprig_dict "m" (sprig_dict "x" 1))>: error calling sprig_merge: reflect.Value.SetMapIndex: value of type interface {} is not assignable to type string',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
