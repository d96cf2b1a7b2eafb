import type { JumpNode, OperandNode, PipeNode, StatementNode } from './node.ts';

/** What a statement may do to what is around it. */
export interface Effects {
  /** Variables that it assigns to, with their `$`; also its own, which nobody sees outside. */
  readonly assigned: ReadonlySet<string>;
  /** Ways in which it may leave the range around it. */
  readonly jumps: ReadonlySet<JumpNode['kind']>;
}

interface Found {
  readonly assigned: Set<string>;
  readonly jumps: Set<JumpNode['kind']>;
}

export function effectsOf(statements: readonly StatementNode[]): Effects {
  const found: Found = { assigned: new Set(), jumps: new Set() };
  for (const statement of statements) visitStatement(statement, found);
  return found;
}

function visitStatement(node: StatementNode, found: Found): void {
  if (node.kind === 'break' || node.kind === 'continue') found.jumps.add(node.kind);
  if ('pipe' in node && node.pipe !== undefined) visitPipe(node.pipe, found);
  // Jumps in the body of a range stay in it.
  const inBody = node.kind === 'range' ? { ...found, jumps: new Set<JumpNode['kind']>() } : found;
  if ('list' in node) for (const inner of node.list.nodes) visitStatement(inner, inBody);
  if ('elseList' in node) for (const inner of node.elseList?.nodes ?? []) visitStatement(inner, found);
}

function visitPipe({ commands, declarations, isAssignment }: PipeNode, found: Found): void {
  if (isAssignment) for (const { name } of declarations) found.assigned.add(name);
  for (const { first, args } of commands) for (const operand of [first, ...args]) visitOperand(operand, found);
}

function visitOperand(node: OperandNode, found: Found): void {
  if (node.kind === 'pipe') visitPipe(node, found);
  else if (node.kind === 'chain') visitOperand(node.node, found);
}
