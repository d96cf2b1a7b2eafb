import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('spew_sdump', () => {
  it.each([
    ['{{spew_sdump "a"}}', '(string) (len=1) "a"\n'],
    [
      '{{spew_sdump 1 2.5 nil true (parseInt "7") 1e6 1i}}',
      '(int) 1\n(float64) 2.5\n(interface {}) <nil>\n(bool) true\n(int64) 7\n(float64) 1e+06\n(complex128) (0+1i)\n',
    ],
    [String.raw`{{spew_sdump "é\n"}}`, '(string) (len=3) "é\\n"\n'],
    ['{{spew_sdump}}|', '|'],
  ])('shows values with their types: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{spew_sdump (sprig_list 1 "x" nil (sprig_list))}}',
      '([]interface {}) (len=4 cap=4) {\n (int) 1,\n (string) (len=1) "x",\n (interface {}) <nil>,\n ([]interface {}) {\n }\n}\n',
    ],
    [
      '{{spew_sdump (sprig_dict "a" (sprig_dict "b" 1.5))}}',
      '(map[string]interface {}) (len=1) {\n (string) (len=1) "a": (map[string]interface {}) (len=1) {\n  (string) (len=1) "b": (float64) 1.5\n }\n}\n',
    ],
    ['{{spew_sdump (sprig_dict)}}', '(map[string]interface {}) {\n}\n'],
    [
      '{{spew_sdump (split "," "a,b")}}',
      '([]string) (len=2 cap=2) {\n (string) (len=1) "a",\n (string) (len=1) "b"\n}\n',
    ],
    [
      '{{spew_sdump (parseYAML "1: a")}}',
      '(map[interface {}]interface {}) (len=1) {\n (int) 1: (string) (len=1) "a"\n}\n',
    ],
    ['{{spew_sdump (scratch.MapValues "x")}}', '([]interface {}) <nil>\n'],
  ])('shows what is in lists and maps: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it('shows what pointers point to, and channels by where they lie', () => {
    expect(outcome('{{spew_sdump scratch}}')).toBe(
      '(*template.Scratch)(0xc000010000)({\n values: (map[string]interface {}) {\n }\n})\n',
    );
    expect(outcome('{{spew_sdump (loop 1)}}')).toBe('(<-chan int64) 0xc000010000\n');
  });
});
