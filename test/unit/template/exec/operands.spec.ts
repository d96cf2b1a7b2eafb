import { describe, expect, it } from 'vitest';
import { failure, outcome } from './outcome.ts';

describe('pipelines', () => {
  it.each([
    ['{{.s | upper}}', 'HELLO'],
    ['{{.s | printf "%s-%s" "x"}}', 'x-hello'],
    ['{{"a" | printf "%s%s" "b" | upper}}', 'BA'],
    ['{{(len .l) | printf "%03d"}}', '003'],
    ['{{print (print 1) (print 2)}}', '12'],
    ['{{((1))}}', '1'],
    ['{{upper\n .s}}', 'HELLO'],
    ['{{ident .n}}|{{ident nil}}|{{print nil}}', '<no value>|<no value>|<nil>'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{nil}}', failure(2, 'nil', 'nil is not a command')],
    ['{{if nil}}{{end}}', failure(5, 'nil', 'nil is not a command')],
    ['{{(nil).x}}', failure(3, 'nil', 'nil is not a command')],
    ['{{"x" .s}}', failure(2, '"x"', `can't give argument to non-function "x"`)],
    ['{{. 1}}', failure(2, '.', "can't give argument to non-function .")],
    ['{{(.s) .t}}', failure(2, '(.s) .t', "can't give argument to non-function .s")],
    ['{{.s | (print)}}', failure(2, '.s', "can't give argument to non-function print")],
    ['{{.s | $}}', failure(7, '$', "can't give argument to non-function $")],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('variables', () => {
  it.each([
    ['{{$x := 1}}{{$x}}', '1'],
    ['{{$x := 1}}{{$x := "b"}}{{$x}}', 'b'],
    ['{{$x := 1}}{{if true}}{{$x = 2}}{{end}}{{$x}}', '2'],
    ['{{$x := 1}}{{if true}}{{$x := 2}}{{end}}{{$x}}', '1'],
    ['{{$a := 1}}{{$b := $a}}{{$a = 5}}{{$b}}', '1'],
    ['{{if $x := .s}}{{$x}}{{end}}', 'hello'],
    ['{{if $x := .e}}{{else}}{{$x}}{{end}}', '[]'],
    ['{{with $x := .m}}{{$x.a}}{{.b}}{{end}}', '12'],
    ['{{print ($x := 1) $x}}', '1 1'],
    ['{{$x := 5}}{{or true ($x := 1)}}{{$x}}', 'true5'],
    ['{{$x := .nope}}{{$x}}', '<no value>'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{$x = 1}}', failure(7, '1', 'undefined variable: $x')],
    ['{{or true ($x := 1)}}{{$x}}', failure(23, '$x', 'undefined variable: $x')],
    ['{{$x := 1}}{{$x 1}}', failure(13, '$x', "can't give argument to non-function $x")],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('and, or, not', () => {
  it.each([
    ['{{and 1 0 2}} {{and 1 2 3}} {{and 0 (fail "x")}}', '0 3 0'],
    ['{{or 0 "" .s}} {{or 0 ""}}| {{or 1 (fail "x")}}', 'hello | 1'],
    ['{{.t | and .i}} {{.t | or .e}} {{0 | or 1}}', 'true true 1'],
    ['{{not .t}} {{not nil}} {{not .nope}} {{.s | not}}', 'false true true false'],
    ['{{and nil}} {{or .n}}', '<no value> <no value>'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{and}}', failure(2, 'and', 'wrong number of args for and: want at least 1 got 0')],
    ['{{or 0 (fail "x")}}', failure(8, 'fail "x"', 'error calling fail: x')],
    ['{{not 1 2}}', failure(2, 'not', 'wrong number of args for not: want 1 got 2')],
    ['{{(and .s).x}}', failure(7, '.s', "can't evaluate field x in type string")],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('call', () => {
  it.each([
    ['{{call adder 1 2}}', '3'],
    ['{{2 | call adder 1}}', '3'],
    ['{{call adder .i 1}}', '43'],
  ])('%s', (template, text) => {
    expect(outcome(template)).toBe(text);
  });

  it.each([
    ['{{call}}', failure(2, 'call', 'wrong number of args for call: want at least 1 got 0')],
    ['{{call nil}}', failure(2, 'call nil', 'error calling call: call of nil')],
    ['{{call .s}}', failure(2, 'call .s', 'error calling call: non-function .s of type string')],
    ['{{call nofunc}}', failure(2, 'call nofunc', 'error calling call: reflect.Value.Call: call of nil function')],
    [
      '{{adder | call}}',
      failure(10, 'call', 'error calling call: wrong number of args for <func(int, int) int Value>: got 0 want 2'),
    ],
    ['{{"f" | call}}', failure(8, 'call', 'error calling call: non-function f of type string')],
  ])('%s', (template, message) => {
    expect(outcome(template)).toBe(message);
  });
});

describe('slice', () => {
  it('does not look through the interface of an index, as index does', () => {
    const refused = (column: number, context: string) =>
      failure(column, context, 'error calling slice: cannot index slice/array with type interface {}');
    expect(outcome('{{slice .l .z}}')).toBe(refused(2, 'slice .l .z'));
    expect(outcome('{{slice .l $.z}}')).toBe(refused(2, 'slice .l $.z'));
    expect(outcome('{{slice .l mixed.a}}')).toBe(refused(2, 'slice .l mixed.a'));
    expect(outcome('{{slice .l (.z)}}{{$z := .z}}{{slice .l $z}}{{index .l .z}}')).toBe('[a b c][a b c]a');
    expect(outcome('{{range list 1}}{{slice $.l .}}{{end}}')).toBe(refused(18, 'slice $.l .'));
    expect(outcome('{{range $i, $e := list 1}}{{slice $.l $e}}{{end}}')).toBe(refused(28, 'slice $.l $e'));
    expect(outcome('{{range $i, $e := list 1}}{{slice $.l $i 1}}{{end}}{{slice .l service.Port}}')).toMatch(
      /^1:53.*index out of range: 80$/,
    );
  });
});
