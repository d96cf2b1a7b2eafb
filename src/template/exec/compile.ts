import { effectsOf } from '../parse/effects.ts';
import type { ActionNode, BranchNode, JumpNode, ListNode, StatementNode, TemplateNode, Tree } from '../parse/node.ts';
import { quote } from '../text/quote.ts';
import { isTrue } from '../value/truth.ts';
import { enterScope, fail, leaveScope, type Program, type Skip, type Step, write } from './machine.ts';
import { compilePipe, type Functions } from './operands.ts';
import { printValue } from './print-value.ts';
import { beginLoop } from './range.ts';

/** Templates that call one another. Source: Go's `maxExecDepth`. */
const MAX_DEPTH = 100_000;

/** The steps of a template while they are written. Jumps go to places that are known only later. */
interface Assembly {
  readonly steps: Step[];
  readonly functions: Functions;
  /** Of the innermost range: where the next iteration begins, and where it ends. */
  readonly range: RangeAssembly | undefined;
  readonly skips: Map<number, Skip>;
}

interface RangeAssembly {
  readonly next: Label;
  readonly end: Label;
  readonly body: readonly StatementNode[];
}

/** A place to jump to, as the index of a step. */
interface Label {
  at: number;
}

/** A template as steps in a row, with jumps: so its depth is not that of JavaScript's stack. */
export function compile(tree: Tree, functions: Functions): Program {
  const steps: Step[] = [];
  const skips = new Map<number, Skip>();
  compileList(tree.root, { steps, functions, range: undefined, skips });
  return { tree, steps, skips };
}

function compileList({ nodes }: ListNode, assembly: Assembly): void {
  for (const node of nodes) compileStatement(node, assembly);
}

function compileStatement(node: StatementNode, assembly: Assembly): void {
  const { steps } = assembly;
  switch (node.kind) {
    case 'text':
      steps.push((machine) => {
        machine.node = node;
        write(machine, node.text);
      });
      break;
    case 'action':
      compileAction(node, assembly);
      break;
    case 'if':
    case 'with':
      compileCondition(node, assembly);
      break;
    case 'range':
      compileRange(node, assembly);
      break;
    case 'break':
    case 'continue':
      compileJump(node, assembly);
      break;
    case 'template':
      compileTemplateCall(node, assembly);
      break;
  }
}

/** The next step evaluates the pipeline of a statement: where to go on when it cannot. */
function addSkip(node: ActionNode | BranchNode | TemplateNode, assembly: Assembly, resume: Label): void {
  const { steps, skips, range } = assembly;
  const { assigned, jumps } = effectsOf([node]);
  const declared =
    node.kind === 'action' && !node.pipe.isAssignment ? node.pipe.declarations.map(({ name }) => name) : [];
  if (range === undefined || jumps.size === 0) {
    skips.set(steps.length, { resume, assigned, declared, endsLoop: false });
    return;
  }
  // What comes behind it in the range may never be reached.
  const endsLoop = jumps.has('break');
  const all = effectsOf(range.body).assigned;
  skips.set(steps.length, { resume: endsLoop ? range.end : range.next, assigned: all, declared, endsLoop });
}

/** What declares variables prints nothing. */
function compileAction(node: ActionNode, assembly: Assembly): void {
  const { steps, functions } = assembly;
  const pipe = compilePipe(node.pipe, functions);
  addSkip(node, assembly, { at: steps.length + 1 });
  const isPrinted = node.pipe.declarations.length === 0;
  steps.push((machine) => {
    machine.node = node;
    const value = pipe(machine);
    if (isPrinted) printValue(machine, value, node);
  });
}

function compileCondition(node: BranchNode, assembly: Assembly): void {
  const { steps, functions } = assembly;
  const pipe = compilePipe(node.pipe, functions);
  const [otherwise, end] = [{ at: 0 }, { at: 0 }];
  addSkip(node, assembly, end);
  steps.push((machine) => {
    machine.node = node;
    enterScope(machine);
    const value = pipe(machine);
    if (!isTrue(value)) machine.pc = otherwise.at;
    else if (node.kind === 'with') {
      machine.dot = value;
      machine.dotType = undefined;
    }
  });
  compileList(node.list, assembly);
  compileElse(node, assembly, otherwise);
  end.at = steps.length;
  steps.push(leaveScope);
}

/** The other branch, with the jump over it at the end of the one before. */
function compileElse({ elseList }: BranchNode, assembly: Assembly, otherwise: Label): void {
  const { steps } = assembly;
  if (elseList === undefined) {
    otherwise.at = steps.length;
    return;
  }
  const end = { at: 0 };
  steps.push((machine) => {
    machine.pc = end.at;
  });
  otherwise.at = steps.length;
  compileList(elseList, assembly);
  end.at = steps.length;
}

function compileRange(node: BranchNode, assembly: Assembly): void {
  const { steps, functions } = assembly;
  const pipe = compilePipe(node.pipe, functions);
  const [next, otherwise, end] = [{ at: 0 }, { at: 0 }, { at: 0 }];
  addSkip(node, assembly, end);
  steps.push((machine) => {
    machine.node = node;
    enterScope(machine);
    const loop = beginLoop(machine, pipe(machine), node);
    if (loop === undefined) machine.pc = otherwise.at;
    else machine.loops.push(loop);
  });
  const body = steps.length;
  compileList(node.list, { ...assembly, range: { next, end, body: node.list.nodes } });
  next.at = steps.length;
  steps.push((machine) => {
    const loop = machine.loops.at(-1);
    machine.scopes.length = loop?.scopes ?? 0;
    if (loop?.advance()) machine.pc = body;
    else machine.loops.pop();
  });
  compileElse(node, assembly, otherwise);
  end.at = steps.length;
  steps.push(leaveScope);
}

/** The parser has seen to it that there is a range around it. */
function compileJump({ kind }: JumpNode, { steps, range }: Assembly): void {
  steps.push((machine) => {
    if (range === undefined) return;
    if (kind === 'continue') {
      machine.pc = range.next.at;
      return;
    }
    machine.scopes.length = machine.loops.pop()?.scopes ?? 0;
    machine.pc = range.end.at;
  });
}

function compileTemplateCall(node: TemplateNode, assembly: Assembly): void {
  const { steps, functions } = assembly;
  const { name } = node;
  const pipe = node.pipe === undefined ? undefined : compilePipe(node.pipe, functions);
  addSkip(node, assembly, { at: steps.length + 1 });
  steps.push((machine) => {
    machine.node = node;
    const callee = machine.programs.get(name) ?? fail(machine, `template ${quote(name)} not defined`);
    if (machine.frames.length === MAX_DEPTH) fail(machine, `exceeded maximum template depth (${MAX_DEPTH})`);
    const dot = pipe?.(machine);
    const { program, pc, dotType, variables } = machine;
    machine.frames.push({ program, pc, dot: machine.dot, dotType, variables });
    machine.program = callee;
    machine.pc = 0;
    machine.dot = dot;
    machine.dotType = undefined;
    machine.variables = [{ name: '$', value: dot, type: undefined }];
  });
}
