import { describe, expect, it } from 'vitest';
import { parse, TemplateError } from '../../../../src/template/index.ts';
import { data } from '../values.ts';

function thrown(name: string, text: string): unknown {
  try {
    parse(name, text).execute(data({ s: 'a' }));
  } catch (error) {
    return error;
  }
  return undefined;
}

describe('errors', () => {
  it('tell where they are', () => {
    const error = thrown('page', 'é\n é{{define "d"}}{{.x.y}}{{end}}{{template "d" .s}}');
    expect(error).toBeInstanceOf(TemplateError);
    const { code, templateName, line, column, context, reason, message } = error as TemplateError;
    expect({ code, templateName, line, column, context, reason, message }).toEqual({
      code: 'EXEC',
      templateName: 'd',
      line: 2,
      column: 21,
      context: '.x.y',
      reason: "can't evaluate field x in type string",
      message: `template: page:2:21: executing "d" at <.x.y>: can't evaluate field x in type string`,
    });
  });

  it.each([
    {
      name: '',
      text: '{{.s.x}}',
      message: `template: :1:4: executing "" at <.s.x>: can't evaluate field x in type interface {}`,
    },
    {
      name: 'a"b',
      text: '{{.s.x}}',
      message: String.raw`template: a"b:1:4: executing "a\"b" at <.s.x>: can't evaluate field x in type interface {}`,
    },
  ])('name the template $name', ({ name, text, message }) => {
    expect(thrown(name, text)).toEqual(expect.objectContaining({ message }));
  });

  it('can be read by people whatever bytes are in them', () => {
    expect(thrown('t', String.raw`{{range "\xff"}}{{end}}`)).toEqual(
      expect.objectContaining({
        message: `template: t:1:8: executing "t" at <"\\xff">: range can't iterate over \uFFFD`,
      }),
    );
  });
});
