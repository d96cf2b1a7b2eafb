import { describe, expect, it } from 'vitest';
import { ALL_FUNCTIONS } from '../../../src/rendering/functions/all-functions.ts';
import { syntaxHint } from '../../../src/rendering/syntax-hint.ts';

const NAMES = Object.keys(ALL_FUNCTIONS);
const hint = (reason: string, text = '') => syntaxHint({ reason }, text, NAMES);

describe('the hint for a function that nobody knows', () => {
  it.each([
    ['uper', 'Did you mean toUpper or sprig_upper?'],
    ['keyOrDefalt', 'Did you mean keyOrDefault?'],
    ['servcie', 'Did you mean service or services?'],
    ['default', 'Did you mean sprig_default or envOrDefault or keyOrDefault?'],
    ['frobnicate', 'Functions of consul-template, of Go and, with the prefix sprig_, of sprig are known.'],
  ])('%s: %s', (name, text) => {
    expect(hint(`function "${name}" not defined`)).toBe(text);
  });
});

describe('the hint for a block without end', () => {
  it.each([
    ['{{range .}}\n{{if .}}', 'A block has no {{end}}: {{if}} on line 2.'],
    ['{{range .}}\n{{if .}}{{end}}', 'A block has no {{end}}: {{range}} on line 1.'],
    ['{{define "a"}}{{- with .}}{{- end}}', 'A block has no {{end}}: {{define}} on line 1.'],
    ['[[if .]]', 'A block has no {{end}}.'],
  ])('%j: %s', (text, expected) => {
    expect(hint('unexpected EOF', text)).toBe(expected);
  });
});

it('there is none for what nothing is known of', () => {
  expect(hint('too many declarations in range')).toBeUndefined();
});
