import {
  bytesOf,
  type FunctionCall,
  type GoFunction,
  parse,
  Suspend,
  type Template,
  TemplateError,
  textOf,
} from '../template/index.ts';
import { callProblems } from './call-problems.ts';
import type { DataQuery } from './queries.ts';
import { queryText } from './query-text.ts';
import { syntaxHint } from './syntax-hint.ts';
import { placeAt, type TemplateProblem } from './template-problem.ts';

/** What can be told of a template without data. Plain data. */
export interface TemplateReport {
  readonly problems: readonly TemplateProblem[];
  /** Those that it calls, Go's own included. */
  readonly functions: readonly string[];
  /** What it reads, as far as it says so without data: `health.service(web|passing)`. */
  readonly needs: readonly string[];
  /** Places at which what is read depends on data: `service .Name`. */
  readonly dependent: readonly DependentRead[];
  /** What works here but should be written otherwise. */
  readonly warnings: readonly string[];
}

interface DependentRead {
  readonly line: number;
  readonly function: string;
}

export interface ReportOptions {
  readonly functions: Readonly<Record<string, GoFunction>>;
  /** Of these the ones that read data. */
  readonly readers: ReadonlySet<string>;
  readonly isRefused: (name: string) => boolean;
  /** Whether what it gives depends on its arguments alone. */
  readonly isPure: (name: string) => boolean;
}

/** More unknown functions than this are those of another program. */
const MAX_UNKNOWN = 50;

/** Says what is wrong with a template and what it needs. Asks nobody. */
export function templateReport(text: string, options: ReportOptions): TemplateReport {
  const { template, problems } = parseAll(text, options);
  if (template === undefined) return { problems, functions: [], needs: [], dependent: [], warnings: [] };
  const reads = template.calls.filter(({ name }) => options.readers.has(name));
  const outcomes = reads.map((call) => readOf(call, text, options));
  const refused = template.calls.filter(({ name }) => options.isRefused(name));
  const told = [
    ...refused.map((call) => refusal(call, text, options)),
    ...outcomes.flatMap(({ problem }) => problem ?? []),
  ];
  const isTold = (one: TemplateProblem): boolean =>
    [...problems, ...told].some(({ line, column }) => line === one.line && column === one.column);
  const found = [...told, ...callProblems(template, text, options).filter((one) => !isTold(one))];
  return {
    problems: [...problems, ...found].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0)),
    functions: template.functions,
    needs: [...new Set(outcomes.flatMap(({ need }) => need ?? []))].toSorted(),
    dependent: outcomes.flatMap(({ dependent }) => dependent ?? []),
    warnings: [...new Set(outcomes.flatMap(({ warnings }) => warnings ?? []))],
  };
}

/** Parses on behind functions that nobody knows, so that all of them are told at once. */
function parseAll(
  text: string,
  { functions }: ReportOptions,
): { readonly template: Template | undefined; readonly problems: readonly TemplateProblem[] } {
  const problems: TemplateProblem[] = [];
  const known = { ...functions };
  const stub = Object.values(functions)[0];
  for (;;) {
    try {
      return { template: parse('', text, { functions: known }), problems };
    } catch (error) {
      if (!(error instanceof TemplateError)) throw error;
      problems.push(syntaxProblem(error, text, functions));
      const unknown = /^function "(.*)" not defined$/.exec(error.reason)?.[1];
      if (unknown === undefined || stub === undefined || problems.length >= MAX_UNKNOWN) {
        return { template: undefined, problems };
      }
      known[unknown] = stub;
    }
  }
}

function syntaxProblem(
  error: TemplateError,
  text: string,
  functions: Readonly<Record<string, GoFunction>>,
): TemplateProblem {
  const { reason, position } = error;
  const hint = syntaxHint(error, text, Object.keys(functions));
  const at = position === undefined ? {} : placeAt(text, namedPlace(text, reason, position));
  return { kind: 'syntax', message: reason, ...at, ...(hint !== undefined && { hint }) };
}

/** Where the word that the reason quotes stands: the parser may have looked one word further. */
function namedPlace(text: string, reason: string, position: number): number {
  const [, quoted, action] = /"([^"\\]+)"|\{\{(\w+)\}\}/.exec(reason) ?? [];
  const word = quoted ?? action;
  const found = word === undefined ? -1 : text.lastIndexOf(word, position);
  return found >= 0 && !text.slice(found, position).includes('\n') ? found : Math.min(position, text.length);
}

interface Read {
  readonly need?: string;
  readonly problem?: TemplateProblem;
  readonly dependent?: DependentRead;
  readonly warnings?: readonly string[];
}

/** What a call reads: it is evaluated alone, and what it asks for is noted instead of answered. */
function readOf({ name, position, constant }: FunctionCall, text: string, { functions }: ReportOptions): Read {
  const at = placeAt(text, position);
  const warnings: string[] = [];
  const warn = (message: string): void => void warnings.push(message);
  if (constant === undefined) {
    warnOfName(name, functions, warn);
    return { dependent: { line: at.line, function: name }, warnings };
  }
  const note = (query: DataQuery): never => {
    throw new Suspend(queryText(query));
  };
  try {
    parse('', `{{${constant}}}`, { functions }).execute(undefined, { context: { read: note, warn } });
    return { warnings };
  } catch (error) {
    if (error instanceof Suspend) return { need: error.waitingFor, warnings };
    if (!(error instanceof TemplateError)) throw error;
    return { problem: { kind: 'query', message: error.reason, ...at }, warnings };
  }
}

/** Some functions warn whatever they are called with. */
function warnOfName(name: string, functions: ReportOptions['functions'], warn: (message: string) => void): void {
  const type = functions[name]?.type;
  const count = type === undefined ? 0 : type.params.length - (type.isVariadic ? 1 : 0);
  const read = (): never => {
    throw new Suspend('');
  };
  try {
    parse('', `{{${name}${' "x"'.repeat(count)}}}`, { functions }).execute(undefined, { context: { read, warn } });
  } catch (error) {
    if (!(error instanceof Suspend || error instanceof TemplateError)) throw error;
  }
}

function refusal({ name, position }: FunctionCall, text: string, { functions }: ReportOptions): TemplateProblem {
  const at = placeAt(text, position);
  return { kind: 'unsupported', message: refusalOf(name, functions), ...at };
}

/** In the words of the function itself, unless it asks for arguments before it says them. */
function refusalOf(name: string, functions: ReportOptions['functions']): string {
  try {
    parse('', `{{${name}}}`, { functions }).execute();
  } catch (error) {
    if (error instanceof TemplateError && error.reason.startsWith('error calling')) return error.reason;
    if (!(error instanceof TemplateError)) throw error;
  }
  return `Portolan does not have the function ${name}`;
}

/** What stopped the evaluation of a template. */
export function evaluationProblem(error: Error, text: string): TemplateProblem {
  if (!(error instanceof TemplateError)) return { kind: 'evaluation', message: error.message };
  const { reason: message, line, column } = error;
  const excerpt = line === undefined ? undefined : text.split('\n')[line - 1]?.replace(/\r$/, '');
  if (line === undefined || excerpt === undefined) return { kind: 'evaluation', message };
  const before = textOf(bytesOf(excerpt).slice(0, column ?? 0)).length;
  return { kind: 'evaluation', message, line, column: before, excerpt };
}
