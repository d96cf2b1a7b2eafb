import { quote } from '../text/quote.ts';
import type { BranchNode, CommandNode, ListNode, Node, OperandNode, PipeNode, TemplateNode } from './node.ts';

/** A node as template text: what error messages show, and parsed again it means the same. Source: Go's `Node.String`. */
export function nodeText(node: Node): string {
  switch (node.kind) {
    case 'text':
      return node.text;
    case 'action':
      return `{{${pipeText(node.pipe)}}}`;
    case 'list':
      return listText(node);
    case 'if':
    case 'range':
    case 'with':
      return branchText(node);
    case 'break':
    case 'continue':
    case 'end':
    case 'else':
      return `{{${node.kind}}}`;
    case 'template':
      return templateText(node);
    case 'command':
      return commandText(node);
    default:
      return operandText(node);
  }
}

function operandText(node: OperandNode): string {
  switch (node.kind) {
    case 'pipe':
      return pipeText(node);
    case 'identifier':
      return node.name;
    case 'variable':
      return [node.name, ...node.fields].join('.');
    case 'field':
      return fieldsText(node.fields);
    case 'chain':
      return inner(node.node) + fieldsText(node.fields);
    case 'dot':
      return '.';
    case 'nil':
      return 'nil';
    case 'bool':
      return String(node.isTrue);
    case 'number':
      return node.text;
    case 'string':
      return node.quoted;
  }
}

function listText({ nodes }: ListNode): string {
  return nodes.map(nodeText).join('');
}

function branchText({ kind, pipe, list, elseList }: BranchNode): string {
  const otherwise = elseList === undefined ? '' : `{{else}}${listText(elseList)}`;
  return `{{${kind} ${pipeText(pipe)}}}${listText(list)}${otherwise}{{end}}`;
}

function templateText({ name, pipe }: TemplateNode): string {
  return `{{template ${quote(name)}${pipe === undefined ? '' : ` ${pipeText(pipe)}`}}}`;
}

function pipeText({ declarations, isAssignment, commands }: PipeNode): string {
  const names = declarations.map(operandText).join(', ');
  const declared = names === '' ? '' : `${names} ${isAssignment ? '=' : ':='} `;
  return declared + commands.map(commandText).join(' | ');
}

function commandText({ first, args }: CommandNode): string {
  return [first, ...args].map(inner).join(' ');
}

/** An operand inside another: pipelines keep their parentheses. */
function inner(node: OperandNode): string {
  return node.kind === 'pipe' ? `(${pipeText(node)})` : operandText(node);
}

function fieldsText(fields: readonly string[]): string {
  return fields.map((field) => `.${field}`).join('');
}
