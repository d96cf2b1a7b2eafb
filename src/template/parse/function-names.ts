import type { ListNode, OperandNode, PipeNode, StatementNode } from './node.ts';

/** The names of the functions that a template calls, without repetition. */
export function functionNames(root: ListNode): ReadonlySet<string> {
  const names = new Set<string>();
  visitList(root, names);
  return names;
}

function visitList({ nodes }: ListNode, names: Set<string>): void {
  for (const node of nodes) visitStatement(node, names);
}

function visitStatement(node: StatementNode, names: Set<string>): void {
  if ('pipe' in node && node.pipe !== undefined) visitPipe(node.pipe, names);
  if ('list' in node) visitList(node.list, names);
  if ('elseList' in node && node.elseList !== undefined) visitList(node.elseList, names);
}

function visitPipe({ commands }: PipeNode, names: Set<string>): void {
  for (const { first, args } of commands) for (const operand of [first, ...args]) visitOperand(operand, names);
}

function visitOperand(node: OperandNode, names: Set<string>): void {
  if (node.kind === 'identifier') names.add(node.name);
  else if (node.kind === 'pipe') visitPipe(node, names);
  else if (node.kind === 'chain') visitOperand(node.node, names);
}
