import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('membership', () => {
  it.each([
    ['{{in "abc" "b"}} {{in "abc" "x"}} {{in "" ""}}', 'true false true'],
    ['{{"abc" | contains "b"}} {{contains "" "abc"}}', 'true true'],
    ['{{in "abc" 5}}', 'false'],
    [
      '{{in "abc" nil}}',
      '1:2: executing "" at <in "abc" nil>: error calling in: reflect: call of reflect.Value.Type on zero Value',
    ],
  ])('a text is in a text: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{$l := split "," "a,b"}}{{in $l "b"}} {{in $l "x"}} {{$l | contains "a"}}', 'true false true'],
    ['{{in (sprig_list 1 "a") 1}} {{in (sprig_list 1 "a") "a"}} {{in (sprig_list 1) "1"}}', 'true true false'],
    ['{{in (parseJSON "[1]") 1.0}} {{in (parseJSON "[1]") 1}}', 'true false'],
    ['{{in (sprig_list (parseInt "1")) 1}} {{in (sprig_list (parseUint "1")) (parseUint "1")}}', 'true false'],
    ['{{in (parseJSON "[true, null]") true}} {{in (parseJSON "[null]") nil}}', 'false false'],
    [
      '{{in (sprig_list "a") nil}}',
      '1:2: executing "" at <in (sprig_list "a") nil>: error calling in: reflect: call of reflect.Value.Type on zero Value',
    ],
  ])('an item is in a list of any type: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([['{{in nil "a"}} {{in 5 5}} {{in (sprig_dict "a" 1) "a"}}', 'false false false']])(
    'nothing else holds anything: %s',
    (template, expected) => {
      expect(outcome(template)).toBe(expected);
    },
  );

  it.each([
    [
      '{{$l := split "," "a,b"}}{{containsAll (sprig_list "a" "b") $l}} {{containsAll (sprig_list "a" "x") $l}}',
      'true false',
    ],
    [
      '{{$l := split "," "a,b"}}{{containsAny (sprig_list "x" "b") $l}} {{containsAny (sprig_list "x") $l}}',
      'true false',
    ],
    [
      '{{$l := split "," "a,b"}}{{containsNone (sprig_list "x") $l}} {{containsNone (sprig_list "x" "b") $l}}',
      'true false',
    ],
    [
      '{{$l := split "," "a,b"}}{{containsNotAll (sprig_list "a" "x") $l}} {{containsNotAll (sprig_list "a") $l}}',
      'true false',
    ],
    [
      '{{$e := sprig_list}}{{containsAll $e "a"}} {{containsAny $e "a"}} {{containsNone $e "a"}} {{containsNotAll $e "a"}}',
      'true false true false',
    ],
    [
      '{{containsAll (split "," "a") "a"}}',
      '1:25: executing "" at <"a">: wrong type for value; expected []interface {}; got []string',
    ],
    [
      '{{containsAny (sprig_list nil) "a"}}',
      '1:2: executing "" at <containsAny (sprig_list nil) "a">: error calling containsAny: reflect: call of reflect.Value.Type on zero Value',
    ],
  ])('all, any, none, not all of a list: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
