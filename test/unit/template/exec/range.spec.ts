import { describe, expect, it } from 'vitest';
import { failure, outcome } from './outcome.ts';

describe('range', () => {
  it.each([
    ['{{range .l}}{{.}}{{end}}', 'abc'],
    ['{{range $e := .l}}<{{$e}}>{{end}}', '<a><b><c>'],
    ['{{range $i, $e := .l}}{{$i}}:{{$e}}{{.}} {{end}}', '0:aa 1:bb 2:cc '],
    ['{{$i := 9}}{{$e := 9}}{{range $i, $e = .l}}{{end}}{{$i}}{{$e}}', '2c'],
    ['{{$e := 9}}{{range $e = .l}}{{end}}{{$e}}', 'c'],
    ['{{range $k, $v := .m}}{{$k}}={{$v}},{{end}}', 'a=1,b=2,'],
    ['{{range $k, $v := ports}}{{$k}}={{$v}},{{end}}', '80=p80,443=p443,'],
    ['{{range 3}}{{.}}{{end}} {{range $i := 2}}{{$i}}{{end}}', '012 01'],
    ['{{range $i := byte 2}}{{printf "%T%d" $i .}}{{end}}', 'uint80uint81'],
    ['{{range $i, $e := count 3}}{{$i}}={{$e}},{{end}}', '0=0,1=1,2=2,'],
    ['{{range bytes "ab"}}{{.}} {{end}}', '97 98 '],
    ['{{range list 1 nil}}[{{.}}]{{end}}', '[1][<no value>]'],
    ['{{range .l}}{{$.s}}{{end}}{{.s}}', 'hellohellohellohello'],
    ['{{$x := 9}}{{range 2}}{{$x}}{{$x := 1}}{{end}}', '99'],
    ['{{range .l}}{{range $.m}}{{.}}{{end}}{{.}}{{end}}', '12a12b12c'],
  ])('goes over %s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each(['.e', '.n', '.nope', '0', '.z', '-1', '""|len', 'strings', 'count 0'])('goes to else for %s', (source) => {
    expect(outcome(`{{range ${source}}}x{{else}}none{{end}}`)).toBe('none');
  });

  it('shows the whole value to the variables in else', () => {
    expect(outcome('{{range $i, $e := .e}}{{else}}{{$i}}{{$e}}{{end}}')).toBe('[][]');
  });

  it.each([
    ['{{range .l}}{{if eq . "b"}}{{break}}{{end}}{{.}}{{end}}{{.s}}', 'ahello'],
    ['{{range .l}}{{if eq . "b"}}{{continue}}{{end}}{{.}}{{end}}', 'ac'],
    ['{{range .l}}{{with 1}}{{$x := 1}}{{if true}}{{continue}}{{end}}{{end}}{{end}}{{.s}}', 'hello'],
    ['{{range .l}}{{with 1}}{{range $.m}}{{break}}{{end}}{{.}}{{end}}{{.}}{{break}}{{end}}{{.s}}', '1ahello'],
    ['{{range .l}}{{range 3}}{{if eq . 1}}{{continue}}{{end}}{{.}}{{end}}{{.}}{{end}}', '02a02b02c'],
    ['{{range .l}}{{break}}{{else}}x{{end}}y', 'y'],
    ['{{$x := 0}}{{range .l}}{{$x := 1}}{{$x = 2}}{{end}}{{$x}}', '0'],
    ['{{range .l}}{{template "d" .}}{{break}}{{end}}{{define "d"}}{{range 2}}{{.}}{{continue}}x{{end}}{{end}}', '01'],
  ])('leaves %s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{range .s}}{{end}}', failure(8, '.s', "range can't iterate over hello")],
    ['{{range .t}}{{end}}', failure(8, '.t', "range can't iterate over true")],
    ['{{range .f}}{{end}}', failure(8, '.f', "range can't iterate over 3.5")],
    ['{{range service}}{{end}}', failure(8, 'service', "range can't iterate over {web 80 [a b] }")],
    ['{{range $i, $e := 3}}{{end}}', failure(18, '3', "can't use 3 to iterate over more than one variable")],
    ['{{range $i, $e = .l}}{{end}}', failure(17, '.l', 'undefined variable: $i')],
  ])('refuses %s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});
