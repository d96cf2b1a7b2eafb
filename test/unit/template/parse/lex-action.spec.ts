import { describe, expect, it } from 'vitest';
import { rawText } from '../../../../src/template/text/utf8.ts';
import { actionTokens, tokens } from './tokens.ts';

describe('what stands in an action', () => {
  it.each([
    { input: '', expected: [] },
    { input: '.', expected: [['dot', '.']] },
    { input: '$', expected: [['variable', '$']] },
    { input: '$x', expected: [['variable', '$x']] },
    {
      input: '.a.b',
      expected: [
        ['field', '.a'],
        ['field', '.b'],
      ],
    },
    {
      input: '.ключ._x1',
      expected: [
        ['field', '.ключ'],
        ['field', '._x1'],
      ],
    },
    {
      input: '$x.a',
      expected: [
        ['variable', '$x'],
        ['field', '.a'],
      ],
    },
    {
      input: 'f|g',
      expected: [
        ['identifier', 'f'],
        ['pipe', '|'],
        ['identifier', 'g'],
      ],
    },
    {
      input: '$x := 1',
      expected: [
        ['variable', '$x'],
        ['declare', ':='],
        ['number', '1'],
      ],
    },
    { input: '$x=1', expected: [['error', `bad character U+003D '='`]] },
    {
      input: '$x = 1',
      expected: [
        ['variable', '$x'],
        ['assign', '='],
        ['number', '1'],
      ],
    },
    {
      input: '$a, $b',
      expected: [
        ['variable', '$a'],
        ['char', ','],
        ['variable', '$b'],
      ],
    },
    {
      input: '(f (g)).x',
      expected: [
        ['leftParen', '('],
        ['identifier', 'f'],
        ['leftParen', '('],
        ['identifier', 'g'],
        ['rightParen', ')'],
        ['rightParen', ')'],
        ['field', '.x'],
      ],
    },
    {
      input: 'true false nil',
      expected: [
        ['bool', 'true'],
        ['bool', 'false'],
        ['nil', 'nil'],
      ],
    },
    {
      input: 'if else end range with',
      expected: [
        ['if', 'if'],
        ['else', 'else'],
        ['end', 'end'],
        ['range', 'range'],
        ['with', 'with'],
      ],
    },
    {
      input: 'define template block',
      expected: [
        ['define', 'define'],
        ['template', 'template'],
        ['block', 'block'],
      ],
    },
    {
      input: 'break continue',
      expected: [
        ['break', 'break'],
        ['continue', 'continue'],
      ],
    },
    { input: String.raw`"a\"b}}"`, expected: [['string', String.raw`"a\"b}}"`]] },
    { input: '`a"\nb}}`', expected: [['rawString', '`a"\nb}}`']] },
    { input: String.raw`'\''`, expected: [['charConstant', String.raw`'\''`]] },
    {
      input: '.a(1)',
      expected: [
        ['field', '.a'],
        ['leftParen', '('],
        ['number', '1'],
        ['rightParen', ')'],
      ],
    },
    { input: '.5', expected: [['number', '.5']] },
    { input: '#', expected: [['char', '#']] },
  ] as const)('$input', ({ input, expected }) => {
    expect(actionTokens(input)).toEqual(expected);
  });

  it.each([
    { input: '{{(1}}', message: 'unclosed left paren' },
    { input: '{{1)}}', message: 'unexpected right paren' },
    { input: '{{"a}}', message: 'unterminated quoted string' },
    { input: '{{"a\n"}}', message: 'unterminated quoted string' },
    { input: '{{"a\\\n"}}', message: 'unterminated quoted string' },
    { input: '{{"a\\', message: 'unterminated quoted string' },
    { input: '{{`a}}', message: 'unterminated raw quoted string' },
    { input: "{{'a}}", message: 'unterminated character constant' },
    { input: '{{:}}', message: 'expected :=' },
    { input: '{{.a"b"}}', message: `bad character U+0022 '"'` },
    { input: '{{f"b"}}', message: `bad character U+0022 '"'` },
    { input: '{{$x[0]}}', message: `bad character U+005B '['` },
    { input: '{{.s}', message: `bad character U+007D '}'` },
    { input: '{{\0}}', message: 'unrecognized character in action: U+0000' },
    { input: '{{\x7f}}', message: 'unrecognized character in action: U+007F' },
    { input: '{{✓}}', message: "unrecognized character in action: U+2713 '✓'" },
    { input: '{{😀}}', message: "unrecognized character in action: U+1F600 '😀'" },
    { input: `{{${rawText(0xff)}}}`, message: "unrecognized character in action: U+FFFD '\uFFFD'" },
    { input: '{{', message: 'unclosed action' },
  ])('$input: $message', ({ input, message }) => {
    expect(tokens(input).at(-1)).toEqual(['error', message]);
  });

  it('gives break and continue back to templates that have functions of these names', () => {
    const options = { isBreakKeyword: false, isContinueKeyword: false };
    expect(tokens('{{break continue}}', options).slice(1, 3)).toEqual([
      ['identifier', 'break'],
      ['identifier', 'continue'],
    ]);
  });
});
