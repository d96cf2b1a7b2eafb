import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('scratch', () => {
  it.each([
    [
      '{{scratch.Set "a" 1}}{{scratch.Get "a"}} {{scratch.Key "a"}} {{scratch.Key "b"}} [{{scratch.Get "b"}}]',
      '1 true false [<no value>]',
    ],
    ['{{scratch.SetX "a" 1}}{{scratch.SetX "a" 2}}{{scratch.Get "a"}}', '1'],
    ['{{scratch.SetX "a" nil}}{{scratch.SetX "a" 2}}{{scratch.Key "a"}} [{{scratch.Get "a"}}]', 'true [<no value>]'],
    ['{{"v" | scratch.Set "k"}}{{scratch.Get "k"}}', 'v'],
    ['{{with $s := scratch}}{{$s.Set "q" 5}}{{$s.Get "q"}}{{end}}', '5'],
    ['{{scratch.Set "a" (parseJSON `{"b":[1]}`)}}{{(scratch.Get "a").b}}', '[1]'],
    ['{{define "x"}}{{scratch.Get "a"}}{{end}}{{scratch.Set "a" "v"}}{{template "x"}}', 'v'],
  ])('keeps values under keys: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{scratch.MapSet "m" "z" 1}}{{scratch.MapSet "m" "a" 2}}{{scratch.MapSetX "m" "a" 3}}{{scratch.MapSetX "m" "b" 4}}{{scratch.MapValues "m"}} {{scratch.Get "m"}}',
      '[2 4 1] map[a:2 b:4 z:1]',
    ],
    ['{{scratch.Set "m" (sprig_dict "k" 1)}}{{scratch.MapSet "m" "z" 2}}{{scratch.Get "m"}}', 'map[k:1 z:2]'],
    ['{{printf "%T %d" (scratch.MapValues "no") (len (scratch.MapValues "no"))}}', '[]interface {} 0'],
    ['{{scratch.Set "s" "x"}}{{scratch.MapValues "s"}}', '[]'],
    [
      '{{scratch.Set "s" "x"}}{{scratch.MapSet "s" "k" 1}}',
      '1:32: executing "" at <scratch.MapSet>: error calling MapSet: "s" is not a map',
    ],
    [
      '{{scratch.Set "s" nil}}{{scratch.MapSetX "s" "k" 1}}',
      '1:32: executing "" at <scratch.MapSetX>: error calling MapSetX: "s" is not a map',
    ],
  ])('keeps maps, whose values come in the order of their keys: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    ['{{printf "%T" scratch}}', '*template.Scratch'],
    ['{{scratch.Nope "x"}}', '1:2: executing "" at <scratch>: can\'t evaluate field Nope in type *template.Scratch'],
    [
      '{{scratch.values}}',
      '1:2: executing "" at <scratch>: values is an unexported field of struct type *template.Scratch',
    ],
    ['{{scratch.Get}}', '1:2: executing "" at <scratch>: wrong number of args for Get: want 1 got 0'],
    ['{{scratch.Key 1}}', '1:14: executing "" at <1>: expected string; found 1'],
  ])('is a pointer to a struct: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });
});
