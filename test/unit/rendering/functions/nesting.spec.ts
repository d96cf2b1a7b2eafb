import { describe, expect, it } from 'vitest';
import { outcome } from './outcome.ts';

describe('executeTemplate', () => {
  it.each([
    ['{{define "s"}}<{{.}}>{{end}}{{executeTemplate "s" "x"}}{{executeTemplate "s"}}', '<x><<no value>>'],
    ['{{define "s"}}a{{end}}{{executeTemplate "s" | toUpper}}{{printf "%T" (executeTemplate "s")}}', 'Astring'],
    [
      '{{define "s"}}{{scratch.Get "k"}}{{scratch.Set "j" 1}}{{end}}{{scratch.Set "k" 5}}{{executeTemplate "s"}}{{scratch.Get "j"}}',
      '51',
    ],
  ])('gives what a template makes of a value, or of none: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it.each([
    [
      '{{define "s"}}{{divide 0 1}}{{end}}{{executeTemplate "s"}}',
      '1:37: executing "" at <executeTemplate "s">: error calling executeTemplate: template: :1:16: executing "s" at <divide 0 1>: error calling divide: runtime error: integer divide by zero',
    ],
    [
      '{{executeTemplate "x"}}',
      '1:2: executing "" at <executeTemplate "x">: error calling executeTemplate: template: no template "x" associated with template ""',
    ],
    [
      '{{define "s"}}{{end}}{{executeTemplate "s" 1 2}}',
      '1:23: executing "" at <executeTemplate "s" 1 2>: error calling executeTemplate: executeTemplate: wrong number of arguments, expected 1 or 2, but got 3',
    ],
    [
      '{{define "s"}}{{.Foo.Bar}}{{end}}{{executeTemplate "s" 1}}',
      '1:35: executing "" at <executeTemplate "s" 1>: error calling executeTemplate: template: :1:20: executing "s" at <.Foo.Bar>: can\'t evaluate field Foo in type int',
    ],
  ])('fails as that template does: %s', (template, expected) => {
    expect(outcome(template)).toBe(expected);
  });

  it('deals with missing keys as the template around it', () => {
    const template = '{{define "s"}}{{.x}}{{end}}{{executeTemplate "s" (sprig_dict)}}';
    expect(outcome(template)).toBe('<no value>');
    expect(outcome(template, { missingKey: 'error' })).toBe(
      '1:29: executing "" at <executeTemplate "s" (sprig_dict)>: error calling executeTemplate: ' +
        'template: :1:16: executing "s" at <.x>: map has no entry for key "x"',
    );
  });
});
