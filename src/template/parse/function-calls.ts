import type { CommandNode, ListNode, OperandNode, PipeNode, StatementNode } from './node.ts';
import { nodeText } from './node-text.ts';

/** A call of a function, as far as the text of the template tells. */
export interface FunctionCall {
  readonly name: string;
  /** Where its name stands, in UTF-16 units. */
  readonly position: number;
  /** What is piped into it included. */
  readonly argCount: number;
  /** The call as an expression, with what is piped into it, if nothing in it depends on data: `"web" | service`. */
  readonly constant: string | undefined;
}

/** Functions of which the result depends on their arguments alone. */
const PURE = new Set(['print', 'printf', 'println']);

/** All calls of a template, in the order of the text. */
export function functionCalls(root: ListNode): readonly FunctionCall[] {
  const calls: FunctionCall[] = [];
  visitList(root, calls);
  return calls;
}

function visitList({ nodes }: ListNode, calls: FunctionCall[]): void {
  for (const node of nodes) visitStatement(node, calls);
}

function visitStatement(node: StatementNode, calls: FunctionCall[]): void {
  if ('pipe' in node && node.pipe !== undefined) visitPipe(node.pipe, calls);
  if ('list' in node) visitList(node.list, calls);
  if ('elseList' in node && node.elseList !== undefined) visitList(node.elseList, calls);
}

function visitPipe({ commands }: PipeNode, calls: FunctionCall[]): void {
  for (const [i, { first, args }] of commands.entries()) {
    const before = commands.slice(0, i);
    const isConstant = args.every(isConstantOperand) && before.every(isConstantCommand);
    const constant = isConstant
      ? commands
          .slice(0, i + 1)
          .map(nodeText)
          .join(' | ')
      : undefined;
    visitOperand(first, calls, { constant, argCount: args.length + (i > 0 ? 1 : 0) });
    // As an argument it is called without any.
    for (const arg of args) visitOperand(arg, calls, { constant: nodeText(arg), argCount: 0 });
  }
}

/** `around`: of an operand that is called with all that stands around it. */
function visitOperand(
  node: OperandNode,
  calls: FunctionCall[],
  around: Pick<FunctionCall, 'argCount' | 'constant'>,
): void {
  if (node.kind === 'identifier') {
    const { name, position } = node;
    calls.push({ name, position, ...around });
  } else if (node.kind === 'pipe') visitPipe(node, calls);
  else if (node.kind === 'chain') visitOperand(node.node, calls, { constant: nodeText(node.node), argCount: 0 });
}

function isConstantCommand({ first, args }: CommandNode): boolean {
  const isCall = first.kind === 'identifier' ? PURE.has(first.name) : isConstantOperand(first);
  return isCall && args.every(isConstantOperand);
}

function isConstantOperand(node: OperandNode): boolean {
  if (node.kind === 'pipe') return node.commands.every(isConstantCommand);
  return node.kind === 'bool' || node.kind === 'nil' || node.kind === 'number' || node.kind === 'string';
}
