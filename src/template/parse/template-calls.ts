import type { ListNode, StatementNode, TemplateNode } from './node.ts';

/** A `{{template "name"}}`, by the name that it calls. */
export type TemplateCall = Pick<TemplateNode, 'name' | 'position'>;

/** All of a template, in the order of the text. */
export function templateCalls({ nodes }: ListNode): readonly TemplateCall[] {
  return nodes.flatMap(callsOf);
}

function callsOf(node: StatementNode): readonly TemplateCall[] {
  if (node.kind === 'template') return [{ name: node.name, position: node.position }];
  return [
    ...('list' in node ? templateCalls(node.list) : []),
    ...('elseList' in node && node.elseList !== undefined ? templateCalls(node.elseList) : []),
  ];
}
