import { describe, expect, it } from 'vitest';
import { goFunction, parse } from '../../../../src/template/index.ts';
import { bytesOf, rawText } from '../../../../src/template/text/utf8.ts';
import { data } from '../values.ts';
import { failure, outcome } from './outcome.ts';

describe('output', () => {
  it('ends where it may not be longer', () => {
    const limit = (maxOutputBytes: number, template: string) => outcome(template, null, { maxOutputBytes });
    expect(limit(3, 'abc')).toBe('abc');
    expect(limit(2, 'abc')).toBe(failure(0, 'abc', 'output exceeds 2 bytes'));
    expect(limit(6, '{{"ééé"}}')).toBe('ééé');
    expect(limit(5, '{{"ééé"}}')).toBe(failure(2, '{{"ééé"}}', 'output exceeds 5 bytes'));
    expect(limit(1_000, '{{range 1000000000}}x{{end}}')).toBe(failure(20, 'x', 'output exceeds 1000 bytes'));
  });

  it('keeps bytes that are no UTF-8, and joins those that are', () => {
    expect(outcome(String.raw`{{"\xc3"}}{{"\xa9"}}{{"\xff"}}`)).toBe(`é${rawText(0xff)}`);
    expect([...bytesOf(outcome('{{slice "é" 0 1}}'))]).toEqual([0xc3]);
  });
});

describe('an evaluation', () => {
  it('stops when it is told to', () => {
    let calls = 0;
    const stopReason = () => (++calls > 3 ? 'out of time' : undefined);
    expect(outcome('{{range 1000000000}}{{end}}', null, { stopReason })).toBe(failure(8, '1000000000', 'out of time'));
    expect(calls).toBe(4);
    const first = outcome('{{fail "first"}}', null, { stopReason: () => 'not now' });
    expect(first).toBe(failure(0, '{{fail "first"}}', 'not now'));
  });

  it('can run inside another of the same template', () => {
    const functions = {
      again: goFunction('func(int) string', (n: number): string => (n > 0 ? template.execute(n - 1) : '.')),
    };
    const template = parse('t', '{{range $i := 2}}{{$}}{{again $}}{{end}}', { functions });
    expect(template.execute(2)).toBe('210.0.10.0.210.0.10.0.');
  });

  it('gives the same text each time', () => {
    const template = parse('t', '{{$x := 1}}{{range .}}{{$x = .}}{{$x}}{{end}}');
    const list = data(['a', 'b']);
    expect([template.execute(list), template.execute(list)]).toEqual(['ab', 'ab']);
  });

  it('of data that is nested too deeply is an error', () => {
    let deep: unknown[] = [];
    for (let i = 0; i < 100_000; i++) deep = [deep];
    expect(outcome('{{.}}', deep)).toMatch(/^1:2: executing "t" at <\{\{\.\}\}>: Maximum call stack size exceeded$/);
  });
});
