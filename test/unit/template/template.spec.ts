import { describe, expect, it } from 'vitest';
import { goFunction, parse, TemplateError } from '../../../src/template/index.ts';

const upper = goFunction('func(string) string', (text: string) => text.toUpperCase());

describe('a template', () => {
  const template = parse(
    'page',
    '{{define "b"}}B{{end}}{{/* c */}}{{upper "x" | printf "%s"}} {{block "a" .}}{{len "abc"}}{{end}}',
    {
      functions: { upper },
    },
  );

  it('knows its name, the templates it defines, and the functions it uses', () => {
    expect([template.name, template.names, template.functions]).toEqual([
      'page',
      ['a', 'b', 'page'],
      ['len', 'printf', 'upper'],
    ]);
  });

  it('gives out the others', () => {
    expect([template.lookup('a')?.execute(), template.lookup('a')?.name, template.lookup('c')]).toEqual([
      '3',
      'a',
      undefined,
    ]);
    expect(template.lookup('b')?.lookup('page')?.execute()).toBe('X 3');
  });

  it('is text again', () => {
    expect(String(template)).toBe('{{upper "x" | printf "%s"}} {{template "a" .}}');
    expect(String(template.lookup('b'))).toBe('B');
  });

  it('takes other delimiters, one or both', () => {
    expect(parse('t', '[[.]]{{.}}', { delimiters: { left: '[[', right: ']]' } }).execute('a')).toBe('a{{.}}');
    expect(parse('t', '<<.}}', { delimiters: { left: '<<' } }).execute('a')).toBe('a');
    expect(parse('t', '{{.}}', { delimiters: { left: '', right: '' } }).execute('a')).toBe('a');
  });

  it('lets its functions win over the builtins and the keywords', () => {
    const functions = {
      len: upper,
      break: upper,
      and: goFunction('func(string, string) string', (a: string, b: string) => a + b),
    };
    expect(parse('t', '{{len "a"}}{{break "b"}}{{and "" "c"}}', { functions }).execute()).toBe('ABc');
    expect(parse('t', '{{len "ab"}}').execute()).toBe('2');
  });
});

describe('a template on the base of another', () => {
  const base = parse('layout', '<{{template "body" .}}>{{block "foot" .}}f{{end}}');

  it('calls what is defined there', () => {
    expect(parse('page', '{{template "layout" .}}{{define "body"}}{{.}}{{end}}', { base }).execute('x')).toBe('<x>f');
  });

  it('defines anew, but not by blanks alone, and not for the other', () => {
    const page = parse('page', '{{define "body"}}b{{end}}{{define "foot"}}g{{end}}{{define "layout"}} \n{{end}}', {
      base,
    });
    expect(page.lookup('layout')?.execute()).toBe('<b>g');
    expect(page.names).toEqual(['body', 'foot', 'layout', 'page']);
    expect(base.names).toEqual(['foot', 'layout']);
  });
});

describe('parse', () => {
  it.each([
    { what: 'parentheses', text: `{{${'('.repeat(200_000)}1${')'.repeat(200_000)}}}` },
    { what: 'blocks', text: '{{if 1}}'.repeat(100_000) + '{{end}}'.repeat(100_000) },
    { what: 'else ifs', text: `{{if 0}}${'{{else if 0}}'.repeat(100_000)}{{end}}` },
  ])('refuses $what that are nested too deeply', ({ text }) => {
    let error: unknown;
    try {
      parse('t', text);
    } catch (caught) {
      error = caught;
    }
    expect(
      error instanceof TemplateError && [
        error.code,
        ['nested too deeply', 'max expression depth exceeded'].includes(error.reason),
      ],
    ).toEqual(['PARSE', true]);
  });

  it('takes a thousand of each', () => {
    const text = `{{${'('.repeat(1_000)}1${')'.repeat(1_000)}}}${'{{if 1}}'.repeat(1_000)}x${'{{end}}'.repeat(1_000)}`;
    expect(parse('t', text).execute()).toBe('1x');
  });
});
