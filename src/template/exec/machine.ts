import { type Suspend, TemplateError } from '../errors.ts';
import type { Node, Tree } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { quote } from '../text/quote.ts';
import { byteLength } from '../text/utf8.ts';
import type { GoType } from '../value/types.ts';
import type { Value } from '../value/values.ts';

/** What becomes of a key that a map does not hold: no value, the zero value of the map's elements, or an error. */
export type MissingKey = 'default' | 'error' | 'zero';

/** One instruction. It may set the `pc` of the machine to another than the next. */
export type Step = (machine: Machine) => void;

/** How an evaluation that gathers goes on when a statement cannot be done. */
export interface Skip {
  /** Index of the step after the statement; it is known when the whole template is compiled. */
  readonly resume: { readonly at: number };
  /** What the statement may have assigned to, and what it would have declared for those behind it. */
  readonly assigned: ReadonlySet<string>;
  readonly declared: readonly string[];
  /** The statement may have ended the range around it, so it is ended. */
  readonly endsLoop: boolean;
}

/** A template, compiled. */
export interface Program {
  readonly tree: Tree;
  readonly steps: readonly Step[];
  /** By the index of the step that evaluates a pipeline: what to do when that cannot be had yet. */
  readonly skips: ReadonlyMap<number, Skip>;
}

export interface Variable {
  /** With its `$`. */
  readonly name: string;
  value: Value;
  /** The interface type through which the value is seen, if it is one: error messages name it. */
  type: GoType | undefined;
  /** Set by a statement that was skipped: its value is not known. */
  pending?: Suspend | undefined;
}

/** What a block gives back at its end. */
interface Scope {
  readonly variables: number;
  readonly dot: Value;
  readonly dotType: GoType | undefined;
}

/** A range under way. */
export interface Loop {
  readonly scopes: number;
  /** Begins the next iteration; `false` when there is none. */
  readonly advance: () => boolean;
}

/** A template that waits for one it has called. */
interface Frame {
  readonly program: Program;
  readonly pc: number;
  readonly dot: Value;
  readonly dotType: GoType | undefined;
  readonly variables: Variable[];
}

/** One evaluation: all its state, so that a template can be evaluated while it is being evaluated. */
export interface Machine {
  readonly programs: ReadonlyMap<string, Program>;
  readonly missingKey: MissingKey;
  /** Passed to functions as it is. */
  readonly context: unknown;
  readonly maxOutputBytes: number;
  /** What the evaluation has found that it waits for; `undefined` for one that ends at the first. */
  readonly waitingFor: Set<string> | undefined;
  readonly frames: Frame[];
  readonly loops: Loop[];
  readonly scopes: Scope[];
  program: Program;
  /** Index of the step after the one being done. */
  pc: number;
  dot: Value;
  /** As of a variable. */
  dotType: GoType | undefined;
  variables: Variable[];
  /** Whose field was evaluated last. */
  holder: Value;
  /** What is being evaluated: errors say so. */
  node: Node;
  out: string;
}

/** Ends the evaluation with a `TemplateError` placed at the node being evaluated. Source: Go's `exec.go`, `errorf`. */
export function fail({ program, node }: Machine, reason: string, cause?: unknown): never {
  const { name, parseName, text } = program.tree;
  const before = text.slice(0, node.position);
  const line = before.split('\n').length;
  const column = byteLength(before.slice(before.lastIndexOf('\n') + 1));
  const context = nodeText(node);
  const message = `template: ${parseName}:${line}:${column}: executing ${quote(name)} at <${context}>: ${reason}`;
  throw new TemplateError('EXEC', message, { reason, name, line, column, context, cause });
}

/** Adds to the output. */
export function write(machine: Machine, text: string): void {
  machine.out += text;
  // Never more units than bytes: the exact count is taken at the end.
  if (machine.out.length > machine.maxOutputBytes) refuseLength(machine);
}

/** Ends the evaluation when the output has more bytes than it may have. */
export function checkLength(machine: Machine): void {
  if (machine.out.length * 3 > machine.maxOutputBytes && byteLength(machine.out) > machine.maxOutputBytes) {
    refuseLength(machine);
  }
}

function refuseLength(machine: Machine): never {
  return fail(machine, `output exceeds ${machine.maxOutputBytes} bytes`);
}

/** The innermost variable of a name. */
export function findVariable(machine: Machine, name: string): Variable {
  const { variables } = machine;
  for (let i = variables.length - 1; i >= 0; i--) {
    const variable = variables[i];
    if (variable?.name === name) return variable;
  }
  return fail(machine, `undefined variable: ${name}`);
}

/** As `findVariable`, for its value. */
export function readVariable(machine: Machine, name: string): Variable {
  const variable = findVariable(machine, name);
  if (variable.pending !== undefined) throw variable.pending;
  return variable;
}

export function setVariable(variable: Variable, value: Value, type?: GoType): void {
  variable.value = value;
  variable.type = type;
  if (variable.pending !== undefined) variable.pending = undefined;
}

export function enterScope({ scopes, variables, dot, dotType }: Machine): void {
  scopes.push({ variables: variables.length, dot, dotType });
}

export function leaveScope(machine: Machine): void {
  const scope = machine.scopes.pop();
  if (scope === undefined) return;
  machine.variables.length = scope.variables;
  machine.dot = scope.dot;
  machine.dotType = scope.dotType;
}
