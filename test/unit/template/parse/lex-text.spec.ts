import { describe, expect, it } from 'vitest';
import { tokens, tokensOf } from './tokens.ts';

const L = ['leftDelim', '{{'] as const;
const R = ['rightDelim', '}}'] as const;
const A = ['field', '.a'] as const;

describe('text around actions', () => {
  it.each([
    { rule: 'nothing', input: '', expected: [] },
    { rule: 'text alone', input: 'a } b', expected: [['text', 'a } b']] },
    { rule: 'an action alone', input: '{{.a}}', expected: [L, A, R] },
    { rule: 'text on both sides', input: 'x{{.a}}y', expected: [['text', 'x'], L, A, R, ['text', 'y']] },
    { rule: 'a trim marker takes blanks before', input: 'x \n\t\r{{- .a}}', expected: [['text', 'x'], L, A, R] },
    { rule: 'and behind', input: '{{.a -}} \n y', expected: [L, A, R, ['text', 'y']] },
    { rule: 'and all of a text of blanks', input: ' {{- .a -}} ', expected: [L, A, R] },
    { rule: 'a vertical tab is no blank', input: 'x\v{{- .a}}', expected: [['text', 'x\v'], L, A, R] },
    {
      rule: 'a minus without a blank is a sign',
      input: 'x {{-3}}',
      expected: [['text', 'x '], L, ['number', '-3'], R],
    },
    {
      rule: 'a marker may be a line break',
      input: 'x {{-\n.a\n-}} y',
      expected: [['text', 'x'], L, A, R, ['text', 'y']],
    },
    {
      rule: 'a comment leaves nothing',
      input: 'x{{/* c }} */}}y',
      expected: [
        ['text', 'x'],
        ['text', 'y'],
      ],
    },
    {
      rule: 'a comment can trim',
      input: 'x {{- /* c */ -}} y',
      expected: [
        ['text', 'x'],
        ['text', 'y'],
      ],
    },
    { rule: 'an unclosed comment', input: '{{/* }}', expected: [['error', 'unclosed comment']] },
    {
      rule: 'a comment with more behind',
      input: '{{/* */ }}',
      expected: [['error', 'comment ends before closing delimiter']],
    },
    { rule: 'an unclosed action', input: 'x{{.a', expected: [['text', 'x'], L, A, ['error', 'unclosed action']] },
  ] as const)('$rule', ({ input, expected }) => {
    expect(tokens(input)).toEqual(expected);
  });

  it.each([
    { left: '[[', right: ']]', input: '[[.a]] {{.a}}' },
    { left: '<%', right: '%>', input: '<%- .a -%> {{.a}}' },
    { left: '(', right: ')', input: '(.a) {{.a}}' },
  ])('knows the delimiters $left and $right', ({ left, right, input }) => {
    const [open, field, close, text] = tokens(input, { left, right });
    expect([open, field, close]).toEqual([['leftDelim', left], A, ['rightDelim', right]]);
    expect(text?.[1].trim()).toBe('{{.a}}');
  });

  it('counts lines, and places every token', () => {
    expect(tokensOf('a\n{{/* b\n */}}{{\n .a\n | `x\n`}}\n\n{{- .b}}')).toEqual([
      { kind: 'text', position: 0, text: 'a\n', line: 1 },
      { kind: 'leftDelim', position: 14, text: '{{', line: 3 },
      { kind: 'space', position: 16, text: '\n ', line: 3 },
      { kind: 'field', position: 18, text: '.a', line: 4 },
      { kind: 'space', position: 20, text: '\n ', line: 4 },
      { kind: 'pipe', position: 22, text: '|', line: 5 },
      { kind: 'space', position: 23, text: ' ', line: 5 },
      { kind: 'rawString', position: 24, text: '`x\n`', line: 5 },
      { kind: 'rightDelim', position: 28, text: '}}', line: 6 },
      { kind: 'leftDelim', position: 32, text: '{{', line: 8 },
      { kind: 'field', position: 36, text: '.b', line: 8 },
      { kind: 'rightDelim', position: 38, text: '}}', line: 8 },
    ]);
  });
});
