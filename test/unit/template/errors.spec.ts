import { describe, expect, it } from 'vitest';
import { Suspend, TemplateError } from '../../../src/template/errors.ts';
import { parse } from '../../../src/template/index.ts';

describe('TemplateError', () => {
  it('keeps the parts of its message, and what caused it', () => {
    const cause = new Error('no');
    const error = new TemplateError('EXEC', 'template: t: no', { reason: 'no', name: 't', line: undefined, cause });
    const { name, code, message, reason, templateName, line, column, context } = error;
    expect({ name, code, message, reason, templateName, line, column, context, cause: error.cause }).toEqual({
      ...{ name: 'TemplateError', code: 'EXEC', message: 'template: t: no', reason: 'no', templateName: 't' },
      ...{ line: undefined, column: undefined, context: undefined, cause },
    });
    expect(error).toBeInstanceOf(Error);
  });

  it('has no cause when there is none', () => {
    expect(Object.hasOwn(new TemplateError('PARSE', 'm', { reason: 'r', name: 't', line: 1 }), 'cause')).toBe(false);
  });
});

describe('a text that is no template', () => {
  it.each([
    ['a\n{{ kye "x" }}', 'kye "x" }}'],
    ['{{ "abc }}', '"abc }}'],
    ['{{ .a }', '}'],
    ['{{if .a}}b', ''],
  ])('%j is refused from %j on', (text, rest) => {
    try {
      parse('', text);
      expect.unreachable();
    } catch (error) {
      expect(error).toBeInstanceOf(TemplateError);
      expect(text.slice((error as TemplateError).position)).toBe(rest);
    }
  });
});

describe('Suspend', () => {
  it('is no error', () => {
    expect(new Suspend('a key')).not.toBeInstanceOf(Error);
  });
});
