import { describe, expect, it } from 'vitest';
import { refusal, rendered } from './render.ts';

describe('Lists of texts', () => {
  it.each([
    ['{{sprig_join "," (sprig_list "a" 1 true)}}', 'a,1,true'],
    ['{{sprig_splitList "," "a,b"}}', '[a b]'],
    ['{{(sprig_split "," "a,b")._1}}', 'b'],
    ['{{(sprig_splitn "," 2 "a,b,c")._1}}', 'b,c'],
    ['{{sprig_split "," "a,b"}}', 'map[_0:a _1:b]'],
    ['{{sprig_toStrings (sprig_list 1 2)}}', '[1 2]'],
    ['{{sprig_sortAlpha (sprig_list "c" "a" "B")}}', '[B a c]'],
    ['{{sprig_join "-" "x"}}', 'x'],
    ['{{sprig_join "," (sprig_list "a" 1 nil true 1.5)}}', 'a,1,true,1.5'],
    ['{{sprig_join "-" nil}}', ''],
    ['{{sprig_join "-" 5}}', '5'],
    ['{{sprig_join "-" (sprig_dict "a" 1)}}', 'map[a:1]'],
    ['{{sprig_join "," (sprig_splitList "," "a,b")}}', 'a,b'],
    ['{{sprig_join "," (sprig_until 3)}}', '0,1,2'],
    ['{{sprig_split "" "aé"}}', 'map[_0:a _1:é]'],
    ['{{sprig_split "," ""}}', 'map[_0:]'],
    ['{{sprig_splitList "" ""}}', '[]'],
    ['{{sprig_splitList "" "aé"}}', '[a é]'],
    ['{{sprig_splitList "," ""}}', '[]'],
    ['{{len (sprig_splitList "," "")}}', '1'],
    ['{{len (sprig_splitList "" "")}}', '0'],
    ['{{sprig_splitn "," 0 "a,b"}}', 'map[]'],
    ['{{sprig_splitn "," -1 "a,b"}}', 'map[_0:a _1:b]'],
    ['{{sprig_splitn "," 2 "a,b,c"}}', 'map[_0:a _1:b,c]'],
    ['{{sprig_splitn "" 2 "abc"}}', 'map[_0:a _1:bc]'],
    ['{{(sprig_split "/" "a/b")._1}}', 'b'],
    ['{{(sprig_split "/" "a/b")._9}}', ''],
    [
      '{{printf "%T %T %T %#v" (sprig_split "," "a") (sprig_splitList "," "a") (sprig_toStrings 1) (sprig_toStrings nil)}}',
      'map[string]string []string []string []string{}',
    ],
    ['{{sprig_toStrings (sprig_list 1 nil "a")}}', '[1 a]'],
    ['{{sprig_toStrings (sprig_until 2)}}', '[0 1]'],
    ['{{sprig_sortAlpha (sprig_list "c" "a" "B" 10 9)}}', '[10 9 B a c]'],
    ['{{sprig_sortAlpha "x"}}', '[x]'],
    ['{{sprig_sortAlpha nil}}', '[<nil>]'],
    ['{{sprig_sortAlpha 5}}', '[5]'],
    ['{{printf "%T" (sprig_sortAlpha (sprig_list))}}', '[]string'],
  ])('%s', (template, expected) => {
    expect(rendered(template)).toBe(expected);
  });

  it.each([
    [
      '{{sprig_join (sprig_list "a") ","}}',
      'template: :1:25: executing "" at <"a">: wrong type for value; expected string; got []interface {}',
    ],
  ])('%s is an error', (template, message) => {
    expect(refusal(template)).toBe(message);
  });
});
