import { type ExecuteOptions, parse, TemplateError, type Value } from '../../../../src/template/index.ts';
import { data, FUNCTIONS } from '../values.ts';

/** JSON data that the rows share; whole numbers are `int64`. */
export const DATA = data({
  s: 'hello',
  i: 42,
  z: 0,
  f: 3.5,
  t: true,
  n: null,
  l: ['a', 'b', 'c'],
  e: [],
  m: { b: 2, a: 1 },
  nest: { x: { y: 'deep' }, list: [{ k: 'v1' }, { k: 'v2' }] },
});

/** What a template makes of some data: its text, or the message of its error without `template: t:`. */
export function outcome(template: string, dot: Value = DATA, options: ExecuteOptions = {}): string {
  try {
    return parse('t', template, { functions: FUNCTIONS }).execute(dot, options);
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    return error.message.replace(/^template: t:/, '');
  }
}

/** What an error of the expression `context` at a column of the first line looks like. */
export function failure(column: number, context: string, reason: string): string {
  return `1:${column}: executing "t" at <${context}>: ${reason}`;
}
