import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Lists of anything', () => {
  it.each([
    ['{{sprig_list 1 2 3}}', '[1 2 3]'],
    ['{{sprig_list 1 2 3 | sprig_first}}', '1'],
    ['{{sprig_list 1 2 3 | sprig_last}}', '3'],
    ['{{sprig_rest (sprig_list 1 2 3)}}', '[2 3]'],
    ['{{sprig_initial (sprig_list 1 2 3)}}', '[1 2]'],
    ['{{sprig_reverse (sprig_list 1 2 3)}}', '[3 2 1]'],
    ['{{sprig_uniq (sprig_list 1 2 1)}}', '[1 2]'],
    ['{{sprig_without (sprig_list 1 2 3) 2}}', '[1 3]'],
    ['{{sprig_has 2 (sprig_list 1 2)}}', 'true'],
    ['{{sprig_append (sprig_list 1) 2}}', '[1 2]'],
    ['{{sprig_prepend (sprig_list 1) 0}}', '[0 1]'],
    ['{{sprig_concat (sprig_list 1) (sprig_list 2)}}', '[1 2]'],
    ['{{sprig_slice (sprig_list 1 2 3) 1 2}}', '[2]'],
    ['{{sprig_chunk 2 (sprig_list 1 2 3)}}', '[[1 2] [3]]'],
    ['{{sprig_compact (sprig_list 0 1 "" "a")}}', '[1 a]'],
    ['{{sprig_tuple 1 2}}', '[1 2]'],
    ['{{sprig_push (sprig_list 1) 2}}', '[1 2]'],
    ['{{sprig_chunk -2 (sprig_list 1)}}', '[[1]]'],
    ['{{sprig_chunk -2 (sprig_list 1 2 3)}}', '[]'],
    ['{{sprig_chunk 5 (sprig_list 1 2)}}', '[[1 2]]'],
    ['{{sprig_chunk 2 (sprig_list)}}', '[]'],
    ['{{sprig_chunk 2 (sprig_list 1 2 3 4)}}', '[[1 2] [3 4]]'],
    ['{{len (sprig_chunk 2 (sprig_list 1 2 3 4))}}', '2'],
    ['{{sprig_first (sprig_list)}}', '<no value>'],
    ['{{sprig_last (sprig_list)}}', '<no value>'],
    ['{{sprig_rest (sprig_list)}}', '[]'],
    ['{{sprig_initial (sprig_list)}}', '[]'],
    ['{{sprig_first (sprig_splitList "," "a,b")}}', 'a'],
    ['{{sprig_last (sprig_until 3)}}', '2'],
    ['{{sprig_rest (sprig_until 3)}}', '[1 2]'],
    ['{{printf "%T" (sprig_rest (sprig_until 3))}}', '[]interface {}'],
    ['{{sprig_initial (sprig_splitList "," "a,b")}}', '[a]'],
    ['{{sprig_reverse (sprig_list)}}', '[]'],
    ['{{printf "%v %#v" (sprig_rest (sprig_list)) (sprig_rest (sprig_list))}}', '[] []interface {}(nil)'],
    ['{{sprig_uniq (sprig_list 1 1.0 "1" 1 nil nil)}}', '[1 1 1 <nil>]'],
    ['{{sprig_without (sprig_list 1 2 3 2) 2 3}}', '[1]'],
    ['{{sprig_without (sprig_list 1)}}', '[1]'],
    ['{{sprig_has 4 (sprig_list 1 2)}}', 'false'],
    ['{{sprig_has 1 nil}}', 'false'],
    ['{{sprig_has "a" (sprig_splitList "," "a,b")}}', 'true'],
    ['{{sprig_has nil (sprig_list nil)}}', 'true'],
    ['{{sprig_compact (sprig_list nil 0 "" (sprig_list) 1)}}', '[1]'],
    ['{{sprig_concat (sprig_list 1) (sprig_splitList "," "a,b") (sprig_until 2)}}', '[1 a b 0 1]'],
    ['{{sprig_concat}}', '[]'],
    ['{{printf "%T %T" (sprig_concat) (sprig_compact (sprig_list 0))}}', '[]interface {} []interface {}'],
    ['{{sprig_slice (sprig_list 1 2 3)}}', '[1 2 3]'],
    ['{{sprig_slice (sprig_list 1 2 3) 1}}', '[2 3]'],
    ['{{sprig_slice (sprig_list 1 2 3) "1" 2}}', '[2]'],
    ['{{sprig_slice (sprig_list 1 2 3) 3}}', '[]'],
    ['{{sprig_slice (sprig_list)}}', '<no value>'],
    ['{{sprig_slice (sprig_list) 5}}', '<no value>'],
    ['{{printf "%T" (sprig_slice (sprig_splitList "," "a,b") 1)}}', '[]string'],
    ['{{sprig_slice (sprig_list 1 2 3) 1 1}}', '[]'],
    ['{{slice (sprig_append (sprig_list 1 2) 3) 0 4}}', '[1 2 3 <nil>]'],
    ['{{(sprig_first (sprig_list)).x}}', '<no value>'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_first nil}}',
      'template: :1:2: executing "" at <sprig_first nil>: error calling sprig_first: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_last "abc"}}',
      'template: :1:2: executing "" at <sprig_last "abc">: error calling sprig_last: Cannot find last on type string',
    ],
    [
      '{{sprig_rest 5}}',
      'template: :1:2: executing "" at <sprig_rest 5>: error calling sprig_rest: Cannot find rest on type int',
    ],
    [
      '{{sprig_initial (sprig_dict)}}',
      'template: :1:2: executing "" at <sprig_initial (sprig_dict)>: error calling sprig_initial: Cannot find initial on type map',
    ],
    [
      '{{sprig_append nil 1}}',
      'template: :1:2: executing "" at <sprig_append nil 1>: error calling sprig_append: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_append "a" 1}}',
      'template: :1:2: executing "" at <sprig_append "a" 1>: error calling sprig_append: Cannot push on type string',
    ],
    [
      '{{sprig_push (sprig_dict) 1}}',
      'template: :1:2: executing "" at <sprig_push (sprig_dict) 1>: error calling sprig_push: Cannot push on type map',
    ],
    [
      '{{sprig_prepend 1 2}}',
      'template: :1:2: executing "" at <sprig_prepend 1 2>: error calling sprig_prepend: Cannot prepend on type int',
    ],
    [
      '{{sprig_reverse "abc"}}',
      'template: :1:2: executing "" at <sprig_reverse "abc">: error calling sprig_reverse: Cannot find reverse on type string',
    ],
    [
      '{{sprig_uniq 1.5}}',
      'template: :1:2: executing "" at <sprig_uniq 1.5>: error calling sprig_uniq: Cannot find uniq on type float64',
    ],
    [
      '{{sprig_without true 1}}',
      'template: :1:2: executing "" at <sprig_without true 1>: error calling sprig_without: Cannot find without on type bool',
    ],
    [
      '{{sprig_compact "a"}}',
      'template: :1:2: executing "" at <sprig_compact "a">: error calling sprig_compact: Cannot compact on type string',
    ],
    [
      '{{sprig_has 1 "a"}}',
      'template: :1:2: executing "" at <sprig_has 1 "a">: error calling sprig_has: Cannot find has on type string',
    ],
    [
      '{{sprig_slice "abc" 1}}',
      'template: :1:2: executing "" at <sprig_slice "abc" 1>: error calling sprig_slice: list should be type of slice or array but string',
    ],
    [
      '{{sprig_slice nil 1}}',
      'template: :1:2: executing "" at <sprig_slice nil 1>: error calling sprig_slice: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_concat "a"}}',
      'template: :1:2: executing "" at <sprig_concat "a">: error calling sprig_concat: Cannot concat type string as list',
    ],
    [
      '{{sprig_concat nil}}',
      'template: :1:2: executing "" at <sprig_concat nil>: error calling sprig_concat: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_chunk 1 "a"}}',
      'template: :1:2: executing "" at <sprig_chunk 1 "a">: error calling sprig_chunk: Cannot chunk type string',
    ],
    [
      '{{sprig_chunk 0 (sprig_list 1 2)}}',
      'template: :1:2: executing "" at <sprig_chunk 0 (sprig_list 1 2)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk 0 (sprig_list)}}',
      'template: :1:2: executing "" at <sprig_chunk 0 (sprig_list)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk 0 (sprig_list 1)}}',
      'template: :1:2: executing "" at <sprig_chunk 0 (sprig_list 1)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk -1 (sprig_list 1)}}',
      'template: :1:2: executing "" at <sprig_chunk -1 (sprig_list 1)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk -1 (sprig_list)}}',
      'template: :1:2: executing "" at <sprig_chunk -1 (sprig_list)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk -2 (sprig_list)}}',
      'template: :1:2: executing "" at <sprig_chunk -2 (sprig_list)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_chunk -1 (sprig_list 1 2 3)}}',
      'template: :1:2: executing "" at <sprig_chunk -1 (sprig_list 1 2 3)>: error calling sprig_chunk: runtime error: makeslice: len out of range',
    ],
    [
      '{{sprig_mustFirst nil}}',
      'template: :1:2: executing "" at <sprig_mustFirst nil>: error calling sprig_mustFirst: runtime error: invalid memory address or nil pointer dereference',
    ],
    [
      '{{sprig_mustAppend "x" 1}}',
      'template: :1:2: executing "" at <sprig_mustAppend "x" 1>: error calling sprig_mustAppend: Cannot push on type string',
    ],
    [
      '{{sprig_mustSlice 5 1}}',
      'template: :1:2: executing "" at <sprig_mustSlice 5 1>: error calling sprig_mustSlice: list should be type of slice or array but int',
    ],
    [
      '{{sprig_slice (sprig_list 1 2 3) 2 1}}',
      'template: :1:2: executing "" at <sprig_slice (sprig_list 1 2 3) 2 1>: error calling sprig_slice: reflect.Value.Slice: slice index out of bounds',
    ],
    [
      '{{sprig_slice (sprig_list 1 2 3) -1}}',
      'template: :1:2: executing "" at <sprig_slice (sprig_list 1 2 3) -1>: error calling sprig_slice: reflect.Value.Slice: slice index out of bounds',
    ],
    [
      '{{sprig_slice (sprig_list 1 2 3) 4}}',
      'template: :1:2: executing "" at <sprig_slice (sprig_list 1 2 3) 4>: error calling sprig_slice: reflect.Value.Slice: slice index out of bounds',
    ],
    [
      '{{slice (sprig_list 1 2 3) 0 4}}',
      'template: :1:2: executing "" at <slice (sprig_list 1 2 3) 0 4>: error calling slice: index out of range: 4',
    ],
    [
      '{{slice (sprig_rest (sprig_list 1 2 3)) 0 3}}',
      'template: :1:2: executing "" at <slice (sprig_rest (sprig_list 1 2 3)) 0 3>: error calling slice: index out of range: 3',
    ],
    [
      '{{index (sprig_list 1 2 3) 3}}',
      'template: :1:2: executing "" at <index (sprig_list 1 2 3) 3>: error calling index: reflect: slice index out of range',
    ],
    [
      '{{sprig_list 1 | sprig_append 2}}',
      'template: :1:17: executing "" at <sprig_append 2>: error calling sprig_append: Cannot push on type int',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
