import { describe, expect, it } from 'vitest';
import { rendered } from './render.ts';

describe('What a value is', () => {
  it.each([
    ['{{sprig_typeOf 1}}', 'int'],
    ['{{sprig_kindOf "a"}}', 'string'],
    ['{{sprig_kindIs "map" (sprig_dict)}}', 'true'],
    ['{{sprig_typeIs "string" "x"}}', 'true'],
    ['{{sprig_typeOf (sprig_list)}}', '[]interface {}'],
    ['{{sprig_deepEqual (sprig_list 1) (sprig_list 1)}}', 'true'],
    ['{{sprig_kindOf nil}}', 'invalid'],
    ['{{sprig_typeOf nil}}', '<nil>'],
    ['{{sprig_typeIsLike "int" 1}}', 'true'],
    ['{{sprig_typeOf 1.5}}', 'float64'],
    ['{{sprig_typeOf (sprig_dict)}}', 'map[string]interface {}'],
    ['{{sprig_typeOf (sprig_splitList "" "a")}}', '[]string'],
    ['{{sprig_kindOf (sprig_splitList "" "a")}}', 'slice'],
    ['{{sprig_kindOf (sprig_int64 1)}}', 'int64'],
    ['{{sprig_kindOf 1.5}}', 'float64'],
    ['{{sprig_kindOf true}}', 'bool'],
    ['{{sprig_kindIs "invalid" nil}}', 'true'],
    ['{{sprig_typeIs "<nil>" nil}}', 'true'],
    ['{{sprig_typeIsLike "semver.Version" (sprig_semver "1")}}', 'true'],
    ['{{sprig_typeOf (sprig_semver "1")}}', '*semver.Version'],
    ['{{sprig_kindOf (sprig_semver "1")}}', 'ptr'],
    ['{{sprig_typeOf (sprig_chunk 1 (sprig_list 1))}}', '[][]interface {}'],
    ['{{sprig_typeOf (nilMap)}}', 'map[string]interface {}'],
    ['{{sprig_kindOf nilList}}', 'slice'],
    ['{{sprig_deepEqual 1 1}}', 'true'],
    ['{{sprig_deepEqual 1 1.0}}', 'false'],
    ['{{sprig_deepEqual nil nil}}', 'true'],
    ['{{sprig_deepEqual nil 0}}', 'false'],
    ['{{sprig_deepEqual (sprig_list 1 (sprig_dict "a" nil)) (sprig_list 1 (sprig_dict "a" nil))}}', 'true'],
    ['{{sprig_deepEqual (sprig_list) (sprig_rest (sprig_list))}}', 'false'],
    ['{{sprig_deepEqual (sprig_list "a") (sprig_splitList "" "a")}}', 'false'],
    ['{{sprig_deepEqual (sprig_dict "a" 1) (sprig_dict "b" 1)}}', 'false'],
    ['{{sprig_deepEqual (sprig_semver "1") (sprig_semver "1")}}', 'true'],
    ['{{sprig_deepEqual (sprig_semver "1") (sprig_semver "1.0")}}', 'false'],
    ['{{sprig_deepEqual 1 (sprig_int64 1)}}', 'false'],
    ['{{sprig_deepEqual nilList (sprig_list)}}', 'false'],
    ['{{sprig_deepEqual (sprig_float64 "nan") (sprig_float64 "nan")}}', 'false'],
    ['{{sprig_deepEqual "a" "a"}}', 'true'],
    ['{{sprig_deepEqual nilMap (sprig_dict)}}', 'false'],
    ['{{sprig_deepEqual (sprig_toDate "2006" "2020") (sprig_toDate "2006" "2020")}}', 'true'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });
});
