import { type FunctionCall, type GoFunction, parse, type Template, TemplateError } from '../template/index.ts';
import { placeAt, type TemplateProblem } from './template-problem.ts';

export interface CallOptions {
  readonly functions: Readonly<Record<string, GoFunction>>;
  /** Whether what it gives depends on its arguments alone. */
  readonly isPure: (name: string) => boolean;
}

/** Calls that fail whatever the data is, once they are come to. */
export function callProblems(template: Template, text: string, options: CallOptions): readonly TemplateProblem[] {
  const problems = template.calls.flatMap((call): readonly TemplateProblem[] => {
    const message = countMistake(call, options) ?? failureOf(call, options);
    return message === undefined ? [] : [{ kind: 'call', message, ...placeAt(text, call.position) }];
  });
  const defined = template.names.filter((name) => name !== '');
  const hint = defined.length === 0 ? 'Nothing is defined here.' : `Defined here: ${defined.join(', ')}.`;
  const missing = template.undefinedTemplates.map(({ name, position }): TemplateProblem => {
    const at = placeAt(text, position);
    return { kind: 'call', message: `template ${JSON.stringify(name)} not defined`, ...at, hint };
  });
  return [...problems, ...missing];
}

/** In Go's words. */
function countMistake({ name, argCount }: FunctionCall, { functions }: CallOptions): string | undefined {
  const type = Object.hasOwn(functions, name) ? functions[name]?.type : undefined;
  if (type === undefined) return undefined;
  const least = type.params.length - (type.isVariadic ? 1 : 0);
  if (type.isVariadic ? argCount >= least : argCount === least) return undefined;
  return `wrong number of args for ${name}: want ${type.isVariadic ? 'at least ' : ''}${least} got ${argCount}`;
}

/** What comes of a call that depends on nothing. */
function failureOf({ name, constant }: FunctionCall, { functions, isPure }: CallOptions): string | undefined {
  if (constant === undefined || !isPure(name)) return undefined;
  try {
    // Not all that it may give can be printed.
    parse('', `{{$_ := ${constant}}}`, { functions }).execute();
    return undefined;
  } catch (error) {
    // One that does not parse names a function that nobody knows, which is told already.
    if (error instanceof TemplateError) return error.code === 'EXEC' ? error.reason : undefined;
    throw error;
  }
}
