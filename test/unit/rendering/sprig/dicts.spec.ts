import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Maps', () => {
  it.each([
    ['{{(sprig_dict "a" 1).b}}', '<no value>'],
    ['{{sprig_dict "a"}}', 'map[a:]'],
    ['{{sprig_dict "a" 1 "a" 2}}', 'map[a:2]'],
    ['{{sprig_dict 1 2 nil 3 true 4}}', 'map[1:2 <nil>:3 true:4]'],
    ['{{sprig_dict}}', 'map[]'],
    ['{{(sprig_dict "a" nil).a}}', '<no value>'],
    ['{{(sprig_dict).x}}', '<no value>'],
    [
      '{{$d := sprig_dict "a" 1}}{{$e := $d}}{{sprig_set $e "b" 2}} {{$d}} {{sprig_unset $d "a"}} {{$e}} {{sprig_hasKey $d "b"}} {{sprig_get $d "b"}} {{sprig_get $d "zz"}}| {{sprig_hasKey $d "a"}} {{$_ := sprig_set $d "x" (sprig_dict)}}{{$_ = sprig_set $d.x "y" 1}}{{$d}}',
      'map[a:1 b:2] map[a:1 b:2] map[b:2] map[b:2] true 2 | false map[b:2 x:map[y:1]]',
    ],
    ['{{sprig_unset nil "a"}}', 'map[]'],
    ['{{sprig_get nil "a"}}', ''],
    ['{{sprig_keys nil}}', '[]'],
    ['{{sprig_values nil}}', '[]'],
    ['{{sprig_hasKey nil "a"}}', 'false'],
    ['{{sprig_pluck "a" nil}}', '[]'],
    ['{{sprig_pick nil "a"}}', 'map[]'],
    ['{{sprig_omit nil "a"}}', 'map[]'],
    ['{{sprig_keys (sprig_dict "a" 1)}}', '[a]'],
    ['{{sprig_keys}}', '[]'],
    ['{{sprig_keys (sprig_dict "b" 1) (sprig_dict "a" 1) | sprig_sortAlpha}}', '[a b]'],
    ['{{sprig_values (sprig_dict "b" 1)}}', '[1]'],
    ['{{printf "%T %T" (sprig_keys) (sprig_values (sprig_dict))}}', '[]string []interface {}'],
    ['{{sprig_pluck "a" (sprig_dict "a" 1) (sprig_dict) (sprig_dict "a" nil)}}', '[1 <nil>]'],
    ['{{sprig_pick (sprig_dict "a" 1 "b" 2) "a" "z"}}', 'map[a:1]'],
    ['{{sprig_omit (sprig_dict "a" 1 "b" 2) "a" "z"}}', 'map[b:2]'],
    ['{{sprig_pick (sprig_dict "a" 1)}}', 'map[]'],
    ['{{sprig_omit (sprig_dict "a" 1)}}', 'map[a:1]'],
    ['{{sprig_dig "a" "b" "def" (sprig_dict "a" (sprig_dict "b" 1))}}', '1'],
    ['{{sprig_dig "a" "c" "def" (sprig_dict "a" (sprig_dict "b" 1))}}', 'def'],
    ['{{sprig_dig "a" "def" (sprig_dict "a" nil)}}', '<no value>'],
    ['{{sprig_dig "z" "y" nil (sprig_dict)}}', '<no value>'],
    ['{{sprig_dig "a" "d" nilMap}}', 'd'],
    ['{{sprig_deepCopy (sprig_list 1 "a" nil (sprig_dict "a" nil))}}', '[1 a <nil> map[a:<nil>]]'],
    ['{{sprig_deepCopy "x"}}', 'x'],
    ['{{sprig_deepCopy 5}}', '5'],
    ['{{sprig_deepCopy (sprig_splitList "," "a,b")}}', '[a b]'],
    ['{{sprig_deepCopy nilMap}}', 'map[]'],
    ['{{sprig_deepCopy (sprig_split "," "a,b")}}', 'map[_0:a _1:b]'],
    ['{{sprig_deepCopy (sprig_chunk 1 (sprig_list 1 2))}}', '[[1] [2]]'],
    ['{{printf "%T" (sprig_deepCopy (sprig_chunk 1 (sprig_list 1 2)))}}', '[][]interface {}'],
    ['{{sprig_deepCopy nilList}}', '[]'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    ['{{(sprig_dict "a" 1).b.c}}', 'template: :1:18: executing "" at <1>: nil pointer evaluating interface {}.c'],
    [
      '{{sprig_set nil "a" 1}}',
      'template: :1:2: executing "" at <sprig_set nil "a" 1>: error calling sprig_set: assignment to entry in nil map',
    ],
    [
      '{{sprig_get (sprig_split "," "a") "_0"}}',
      'template: :1:29: executing "" at <"a">: wrong type for value; expected map[string]interface {}; got map[string]string',
    ],
    [
      '{{sprig_get (sprig_list) "a"}}',
      'template: :1:13: executing "" at <sprig_list>: wrong type for value; expected map[string]interface {}; got []interface {}',
    ],
    [
      '{{sprig_dig "a" "b"}}',
      'template: :1:2: executing "" at <sprig_dig "a" "b">: error calling sprig_dig: dig needs at least three arguments',
    ],
    [
      '{{sprig_dig "a" "b" "def" (sprig_dict "a" 1)}}',
      'template: :1:2: executing "" at <sprig_dig "a" "b" "def" (sprig_dict "a" 1)>: error calling sprig_dig: interface conversion: interface {} is int, not map[string]interface {}',
    ],
    [
      '{{sprig_dig "a" "b" "def" (sprig_dict "a" nil)}}',
      'template: :1:2: executing "" at <sprig_dig "a" "b" "def" (sprig_dict "a" nil)>: error calling sprig_dig: interface conversion: interface {} is nil, not map[string]interface {}',
    ],
    [
      '{{sprig_dig "a" "def" nil}}',
      'template: :1:2: executing "" at <sprig_dig "a" "def" nil>: error calling sprig_dig: interface conversion: interface {} is nil, not map[string]interface {}',
    ],
    [
      '{{sprig_dig 1 "def" (sprig_dict)}}',
      'template: :1:2: executing "" at <sprig_dig 1 "def" (sprig_dict)>: error calling sprig_dig: interface conversion: interface {} is int, not string',
    ],
    [
      '{{sprig_dig "a" "def" (sprig_list)}}',
      'template: :1:2: executing "" at <sprig_dig "a" "def" (sprig_list)>: error calling sprig_dig: interface conversion: interface {} is []interface {}, not map[string]interface {}',
    ],
    [
      '{{sprig_dig nil "def" (sprig_dict)}}',
      'template: :1:2: executing "" at <sprig_dig nil "def" (sprig_dict)>: error calling sprig_dig: interface conversion: interface {} is nil, not string',
    ],
    [
      '{{sprig_dig "a" "d" (sprig_split "," "x")}}',
      'template: :1:2: executing "" at <sprig_dig "a" "d" (sprig_split "," "x")>: error calling sprig_dig: interface conversion: interface {} is map[string]string, not map[string]interface {}',
    ],
    [
      '{{sprig_deepCopy nil}}',
      'template: :1:2: executing "" at <sprig_deepCopy nil>: error calling sprig_deepCopy: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{sprig_mustDeepCopy nil}}',
      'template: :1:2: executing "" at <sprig_mustDeepCopy nil>: error calling sprig_mustDeepCopy: reflect: call of reflect.Value.Type on zero Value',
    ],
    [
      '{{(sprig_get (sprig_dict) "a").x}}',
      'template: :1:26: executing "" at <"a">: can\'t evaluate field x in type string',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
