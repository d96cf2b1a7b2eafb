import { describe, expect, it } from 'vitest';
import { failure, outcome } from './outcome.ts';

describe('if and with', () => {
  it.each([
    ['{{if .t}}a{{end}}b', 'ab'],
    ['{{if .z}}a{{else}}b{{end}}', 'b'],
    ['{{if .z}}a{{else if .n}}b{{else if .i}}c{{else}}d{{end}}', 'c'],
    ['{{with .s}}[{{.}}]{{end}}{{.s}}', '[hello]hello'],
    ['{{with .e}}a{{else}}{{.s}}{{end}}', 'hello'],
    ['{{with .e}}a{{else with .s}}{{.}}{{else}}c{{end}}', 'hello'],
    ['{{with .s}}{{with $.i}}{{.}}{{end}}{{.}}{{end}}', '42hello'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });
});

describe('templates', () => {
  it.each([
    ['{{define "a"}}A{{end}}{{template "a"}}', 'A'],
    ['{{define "a"}}[{{.}}]{{end}}{{template "a"}}{{template "a" .s}}', '[<no value>][hello]'],
    ['{{define "a"}}{{$}}{{end}}{{template "a" 5}}{{$.s}}', '5hello'],
    ['{{block "b" .m}}{{.a}}{{end}}{{.s}}', '1hello'],
    ['{{template "a" .s | upper}}{{define "a"}}{{.}}{{end}}', 'HELLO'],
    ['{{define "r"}}{{if .}}{{.}}{{template "r" (slice . 1)}}{{end}}{{end}}{{template "r" "abc"}}', 'abcbcc'],
    ['{{range .l}}{{template "d" .}}{{end}}{{define "d"}}{{$x := .}}<{{$x}}>{{end}}', '<a><b><c>'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it('that are not there are found out when they are called', () => {
    expect(outcome('{{if .z}}{{template "none"}}{{end}}')).toBe('');
    expect(outcome('x{{template "none" .}}')).toBe(failure(12, '{{template "none" .}}', 'template "none" not defined'));
  });

  it('know their own names in errors', () => {
    expect(outcome('{{define "a"}}{{.foo}}{{end}}\n{{template "a" .i}}')).toBe(
      `1:16: executing "a" at <.foo>: can't evaluate field foo in type int64`,
    );
  });

  it('may call one another 100,000 deep, whatever the stack of JavaScript', () => {
    const limit = 'exceeded maximum template depth (100000)';
    expect(outcome('{{define "a"}}{{template "a"}}{{end}}{{template "a"}}')).toBe(
      `1:25: executing "a" at <{{template "a"}}>: ${limit}`,
    );
    expect(
      outcome(
        '{{define "a"}}{{if .}}{{template "b" .}}{{end}}{{end}}{{define "b"}}{{template "a" .}}{{end}}{{template "a" .}}',
      ),
    ).toBe(`1:79: executing "b" at <{{template "a" .}}>: ${limit}`);
    const countdown =
      '{{define "a"}}{{if .}}{{template "a" (add . -1)}}{{else}}done{{end}}{{end}}{{template "a" 50000}}';
    expect(outcome(countdown)).toBe('done');
  });
});
