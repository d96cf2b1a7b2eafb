import { describe, expect, it } from 'vitest';
import { callProblems } from '../../../src/rendering/call-problems.ts';
import { goFunction, parse } from '../../../src/template/index.ts';

const functions = {
  key: goFunction('func(string) string', () => 'x'),
  split: goFunction('func(string, string) []string', (by: string, text: string) => text.split(by)),
  join: goFunction('func(string, ...any) string', () => ''),
  broken: goFunction('func(string) string', () => {
    throw new Error('it is broken');
  }),
  numbers: goFunction('func(int) <-chan int64', function* () {
    yield 1n;
  }),
  impure: goFunction('func() string', () => {
    throw new Error('there is no data');
  }),
};

/** `line:column message (hint)` of each problem. */
function problems(text: string): readonly string[] {
  const found = callProblems(parse('', text, { functions }), text, { functions, isPure: (name) => name !== 'impure' });
  return found.map(({ line, column, message, hint }) => `${line}:${column} ${message}${hint ? ` (${hint})` : ''}`);
}

describe('callProblems', () => {
  it.each([
    ['{{key "a" | split}}', '1:12 wrong number of args for split: want 2 got 1'],
    ['{{key "a" | split "," "b"}}', '1:12 wrong number of args for split: want 2 got 3'],
    ['{{if .x}}\n  {{key}}\n{{end}}', '2:4 wrong number of args for key: want 1 got 0'],
    ['{{join}}', '1:2 wrong number of args for join: want at least 1 got 0'],
    ['{{split "," key}}', '1:12 wrong number of args for key: want 1 got 0'],
    ['{{key.x}}', '1:2 wrong number of args for key: want 1 got 0'],
    ['{{broken "a"}}', '1:2 error calling broken: it is broken'],
    ['{{"a" | broken}}', '1:8 error calling broken: it is broken'],
    ['{{len 3}}', '1:2 error calling len: len of type int'],
    ['{{template "a" .}}', '1:11 template "a" not defined (Nothing is defined here.)'],
    [
      '{{define "b"}}{{if .}}{{else}}{{template "a"}}{{end}}{{end}}',
      '1:41 template "a" not defined (Defined here: b.)',
    ],
  ])('finds in %s: %s', (text, problem) => {
    expect(problems(text)).toEqual([problem]);
  });

  it.each([
    '{{key "a" | split ","}}{{split "," "a"}}',
    '{{join "a"}}{{join "a" 1 2}}',
    '{{broken .x}}{{broken (key "a")}}{{impure}}',
    '{{template "later" .}}{{define "later"}}{{template "later"}}{{end}}{{block "here" .}}{{end}}',
    '{{range numbers 3}}{{end}}',
    '{{and 1 2}}{{print}}{{printf "%d" "x"}}',
  ])('finds nothing in %s', (text) => {
    expect(problems(text)).toEqual([]);
  });
});
