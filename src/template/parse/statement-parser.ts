import {
  type BranchNode,
  type EndNode,
  isEnd,
  type JumpNode,
  type ListNode,
  type StatementNode,
  type TemplateNode,
} from './node.ts';
import { nodeText } from './node-text.ts';
import { addTree, createParser, expect, type Parser, refuse, refuseToken, unquoted } from './parser.ts';
import { parsePipeline } from './pipeline-parser.ts';
import type { Token } from './token.ts';
import { backup, createTokenBuffer, next, nextNonSpace, peek, peekNonSpace } from './token-buffer.ts';

/** Statements up to the `{{end}}` or `{{else}}` that ends them. */
export function parseList(parser: Parser): { readonly list: ListNode; readonly end: EndNode } {
  const { position } = peekNonSpace(parser.buffer);
  const nodes: StatementNode[] = [];
  while (peekNonSpace(parser.buffer).kind !== 'eof') {
    const node = parseStatement(parser);
    if (isEnd(node)) return { list: { kind: 'list', position, nodes }, end: node };
    nodes.push(node);
  }
  return refuse(parser, 'unexpected EOF');
}

/** Text, or an action. */
export function parseStatement(parser: Parser): EndNode | StatementNode {
  const token = nextNonSpace(parser.buffer);
  if (token.kind === 'text') return { kind: 'text', position: token.position, text: token.text };
  if (token.kind !== 'leftDelim') return refuseToken(parser, token, 'input');
  parser.actionLine = token.line;
  const node = parseAction(parser);
  parser.actionLine = 0;
  return node;
}

/** What stands between delimiters, of which the left one was read. */
function parseAction(parser: Parser): EndNode | StatementNode {
  const token = nextNonSpace(parser.buffer);
  switch (token.kind) {
    case 'block':
      return parseBlock(parser);
    case 'break':
    case 'continue':
      return parseJump(parser, token.kind, token);
    case 'else':
      return parseElse(parser);
    case 'end':
      return { kind: 'end', position: expect(parser, ['rightDelim'], 'end').position };
    case 'if':
    case 'range':
    case 'with':
      return parseBranch(parser, token.kind);
    case 'template':
      return parseTemplate(parser);
    default: {
      backup(parser.buffer);
      const { position } = peek(parser.buffer);
      // Variables declared here live until the next end.
      return { kind: 'action', position, pipe: parsePipeline(parser, 'command', 'rightDelim') };
    }
  }
}

function parseJump(parser: Parser, kind: JumpNode['kind'], { position }: Token): JumpNode {
  expect(parser, ['rightDelim'], `{{${kind}}}`);
  if (parser.rangeDepth === 0) refuse(parser, `{{${kind}}} outside {{range}}`);
  return { kind, position };
}

/** The `if` or `with` of `{{else if}}` and `{{else with}}` is left to `parseBranch`. */
function parseElse(parser: Parser): EndNode {
  const { kind, position } = peekNonSpace(parser.buffer);
  if (kind === 'if' || kind === 'with') return { kind: 'else', position };
  return { kind: 'else', position: expect(parser, ['rightDelim'], 'else').position };
}

function parseBranch(parser: Parser, kind: BranchNode['kind']): BranchNode {
  const scope = parser.variables.length;
  const pipe = parsePipeline(parser, kind, 'rightDelim');
  if (kind === 'range') parser.rangeDepth++;
  const { list, end } = parseList(parser);
  if (kind === 'range') parser.rangeDepth--;
  const elseList = end.kind === 'else' ? parseElseList(parser, kind, end) : undefined;
  parser.variables.length = scope;
  return { kind, position: pipe.position, pipe, list, elseList };
}

/** `{{else if}}` stands for an `if` inside the `else`; its `{{end}}` ends both. */
function parseElseList(parser: Parser, kind: BranchNode['kind'], { position }: EndNode): ListNode {
  if (kind !== 'range' && peek(parser.buffer).kind === kind) {
    next(parser.buffer);
    return { kind: 'list', position, nodes: [parseBranch(parser, kind)] };
  }
  const { list, end } = parseList(parser);
  if (end.kind !== 'end') refuse(parser, `expected end; found ${nodeText(end)}`);
  return list;
}

/** `{{block "name" pipeline}}` defines a template and uses it. */
function parseBlock(parser: Parser): TemplateNode {
  const context = 'block clause';
  const { buffer, set } = parser;
  const { name, position } = parseTemplateName(parser, context);
  const pipe = parsePipeline(parser, context, 'rightDelim');
  const block = createParser(set, createTokenBuffer(buffer.lexer));
  const { list, end } = parseList(block);
  if (end.kind !== 'end') refuse(parser, `unexpected ${nodeText(end)} in ${context}`);
  addTree(block, name, list);
  return { kind: 'template', position, name, pipe };
}

function parseTemplate(parser: Parser): TemplateNode {
  const context = 'template clause';
  const { name, position } = parseTemplateName(parser, context);
  if (nextNonSpace(parser.buffer).kind === 'rightDelim') return { kind: 'template', position, name, pipe: undefined };
  backup(parser.buffer);
  return { kind: 'template', position, name, pipe: parsePipeline(parser, context, 'rightDelim') };
}

function parseTemplateName(parser: Parser, context: string): { readonly name: string; readonly position: number } {
  const token = expect(parser, ['string', 'rawString'], context);
  return { name: unquoted(parser, token), position: token.position };
}
