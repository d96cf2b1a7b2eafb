import { BUILTINS } from './builtins/builtins.ts';
import { TemplateError } from './errors.ts';
import { compile } from './exec/compile.ts';
import { type ExecuteOptions, run } from './exec/execute.ts';
import type { Program } from './exec/machine.ts';
import { type FunctionCall, functionCalls } from './parse/function-calls.ts';
import type { Delimiters } from './parse/lexer.ts';
import { isEmptyList } from './parse/node.ts';
import { nodeText } from './parse/node-text.ts';
import { parseTrees } from './parse/parse.ts';
import { type TemplateCall, templateCalls } from './parse/template-calls.ts';
import type { GoFunction, Value } from './value/values.ts';

export interface ParseOptions {
  /** Instead of `{{` and `}}`. */
  readonly delimiters?: Partial<Delimiters> | undefined;
  /** Functions by name, beside the builtins and before them. */
  readonly functions?: Readonly<Record<string, GoFunction>> | undefined;
  /** Templates that this one can call, and define anew for itself: Go's `base.New(name).Parse(text)`. */
  readonly base?: Template | undefined;
}

/** A template, compiled. It never changes and can be evaluated any number of times, also while it is being evaluated. */
export class Template {
  readonly name: string;
  readonly #programs: ReadonlyMap<string, Program>;
  readonly #program: Program;

  /** For `parse`. */
  constructor(program: Program, programs: ReadonlyMap<string, Program>) {
    this.name = program.tree.name;
    this.#program = program;
    this.#programs = programs;
  }

  /** The names that `{{template}}` can use, its own included, sorted. */
  get names(): readonly string[] {
    return [...this.#programs.keys()].toSorted();
  }

  /** The names of all functions called here and in the templates of `names`, builtins included, sorted. */
  get functions(): readonly string[] {
    return [...new Set(this.calls.map(({ name }) => name))].toSorted();
  }

  /** All calls of functions here and in the templates of `names`, in the order of the text. */
  get calls(): readonly FunctionCall[] {
    const calls = [...this.#programs.values()].flatMap(({ tree }) => functionCalls(tree.root));
    return calls.toSorted((a, b) => a.position - b.position);
  }

  /** All calls of templates, here and in the templates of `names`, that nobody defines; an evaluation fails there. */
  get undefinedTemplates(): readonly TemplateCall[] {
    const calls = [...this.#programs.values()].flatMap(({ tree }) => templateCalls(tree.root));
    return calls.filter(({ name }) => !this.#programs.has(name)).toSorted((a, b) => a.position - b.position);
  }

  /**
   * The text that the template makes of some data. Bytes that are no UTF-8 stand in it as lone surrogates: `bytesOf`
   * gives the exact bytes, `String.prototype.toWellFormed` a text for people.
   * Throws a `TemplateError` with the code `EXEC`, or the `Suspend` that a function threw.
   */
  execute(data?: Value, options: ExecuteOptions = {}): string {
    return run(this.#programs, this.#program, data, options);
  }

  /** Another template of `names`. */
  lookup(name: string): Template | undefined {
    const program = this.#programs.get(name);
    return program && new Template(program, this.#programs);
  }

  /** The template as text again, without its comments, trim markers and definitions. */
  toString(): string {
    return nodeText(this.#program.tree.root);
  }

  /** What `parse` needs of its `base`. */
  static programsOf(template: Template | undefined): ReadonlyMap<string, Program> {
    return template === undefined ? new Map() : template.#programs;
  }
}

/**
 * A template from its text. `name` is what messages call it. Throws a `TemplateError` with the code `PARSE`.
 * Source: Go 1.26, `text/template`, `New(name).Delims(…).Funcs(…).Parse(text)`.
 */
export function parse(name: string, text: string, options: ParseOptions = {}): Template {
  const { delimiters, base } = options;
  const functions = new Map(Object.entries(options.functions ?? {}));
  const isFunction = (word: string): boolean => functions.has(word) || BUILTINS.has(word);
  const programs = new Map(Template.programsOf(base));
  try {
    for (const [key, tree] of parseTrees(name, text, { delimiters, isFunction })) {
      // Nothing but blanks does not take the place of what is there.
      if (!programs.has(key) || !isEmptyList(tree.root)) programs.set(key, compile(tree, functions));
    }
  } catch (error) {
    if (error instanceof RangeError) refuseDepth(name, error);
    throw error;
  }
  const program = programs.get(name);
  if (program === undefined) throw new TypeError(`no template ${name}`);
  return new Template(program, programs);
}

/** JavaScript's stack is the only limit of nesting; Go's is larger. */
function refuseDepth(name: string, cause: RangeError): never {
  const reason = 'nested too deeply';
  throw new TemplateError('PARSE', `template: ${name}: ${reason}`, { reason, name, line: undefined, cause });
}
