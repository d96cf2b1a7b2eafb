import { quote } from '../text/quote.ts';
import type { CommandNode, OperandNode, PipeNode, VariableNode } from './node.ts';
import { nodeText } from './node-text.ts';
import { parseNumber } from './number-node.ts';
import { type Parser, refuse, refuseToken, unquoted } from './parser.ts';
import type { TokenKind } from './token.ts';
import { backup, next, nextNonSpace, peek, peekNonSpace, putBack } from './token-buffer.ts';

/** Parentheses inside parentheses. Source: Go's `maxStackDepth`. */
const MAX_PAREN_DEPTH = 10_000;

const OPERAND_STARTS: ReadonlySet<TokenKind> = new Set([
  ...(['bool', 'charConstant', 'complex', 'dot', 'field', 'identifier'] as const),
  ...(['leftParen', 'nil', 'number', 'rawString', 'string', 'variable'] as const),
]);

/** Commands up to a token of the kind `end`, with the variables they are given to. */
export function parsePipeline(parser: Parser, context: string, end: 'rightDelim' | 'rightParen'): PipeNode {
  const { position } = peekNonSpace(parser.buffer);
  const declarations: VariableNode[] = [];
  const isAssignment = parseDeclarations(parser, context, declarations);
  const commands: CommandNode[] = [];
  for (;;) {
    const token = nextNonSpace(parser.buffer);
    if (token.kind === end) break;
    if (!OPERAND_STARTS.has(token.kind)) return refuseToken(parser, token, context);
    backup(parser.buffer);
    commands.push(parseCommand(parser));
  }
  checkCommands(parser, commands, context);
  return { kind: 'pipe', position, isAssignment, declarations, commands };
}

/** `$x :=`, `$x =`, and in a range `$x, $y :=`. Whether it is an assignment. */
function parseDeclarations(parser: Parser, context: string, declarations: VariableNode[]): boolean {
  const { buffer, variables } = parser;
  for (;;) {
    const variable = peekNonSpace(buffer);
    if (variable.kind !== 'variable') return false;
    next(buffer);
    const after = peek(buffer);
    const mark = peekNonSpace(buffer);
    const isComma = mark.kind === 'char' && mark.text === ',';
    if (mark.kind !== 'assign' && mark.kind !== 'declare' && !isComma) {
      // An operand after all. A blank behind it separates it from the next.
      if (after.kind === 'space') putBack(buffer, variable, after);
      else putBack(buffer, variable);
      return false;
    }
    nextNonSpace(buffer);
    declarations.push({ kind: 'variable', position: variable.position, name: variable.text, fields: [] });
    variables.push(variable.text);
    if (!isComma) return mark.kind === 'assign';
    if (context !== 'range' || declarations.length > 1) refuse(parser, `too many declarations in ${context}`);
    const { kind } = peekNonSpace(buffer);
    if (kind !== 'variable' && kind !== 'rightDelim' && kind !== 'rightParen') {
      refuse(parser, 'range can only initialize variables');
    }
  }
}

function checkCommands(parser: Parser, commands: readonly CommandNode[], context: string): void {
  if (commands.length === 0) refuse(parser, `missing value for ${context}`);
  for (const [i, { first }] of commands.entries()) {
    const isValue = ['bool', 'dot', 'nil', 'number', 'string'].includes(first.kind);
    if (i > 0 && isValue) refuse(parser, `non executable command in pipeline stage ${i + 1}`);
  }
}

/** Operands up to a pipe, which is read, or to the end of the pipeline, which is not. */
function parseCommand(parser: Parser): CommandNode {
  const { position } = peekNonSpace(parser.buffer);
  const operands: OperandNode[] = [];
  for (;;) {
    peekNonSpace(parser.buffer);
    const operand = parseOperand(parser);
    if (operand !== undefined) operands.push(operand);
    const token = next(parser.buffer);
    if (token.kind === 'space') continue;
    if (token.kind === 'rightDelim' || token.kind === 'rightParen') backup(parser.buffer);
    else if (token.kind !== 'pipe') refuseToken(parser, token, 'operand');
    break;
  }
  const [first, ...args] = operands;
  return first === undefined ? refuse(parser, 'empty command') : { kind: 'command', position, first, args };
}

/** A term with the fields behind it. */
function parseOperand(parser: Parser): OperandNode | undefined {
  const { buffer } = parser;
  const node = parseTerm(parser);
  if (node === undefined || peek(buffer).kind !== 'field') return node;
  const { position } = peek(buffer);
  const fields: string[] = [];
  while (peek(buffer).kind === 'field') fields.push(next(buffer).text.slice(1));
  switch (node.kind) {
    case 'field':
    case 'variable':
      return { ...node, position, fields: [...node.fields, ...fields] };
    case 'bool':
    case 'dot':
    case 'nil':
    case 'number':
    case 'string':
      return refuse(parser, `unexpected . after term ${quote(nodeText(node))}`);
    default:
      return { kind: 'chain', position, node, fields };
  }
}

function parseTerm(parser: Parser): OperandNode | undefined {
  const token = nextNonSpace(parser.buffer);
  const { position, text } = token;
  switch (token.kind) {
    case 'identifier':
      if (!parser.set.isFunction(text)) refuse(parser, `function ${quote(text)} not defined`);
      return { kind: 'identifier', position, name: text };
    case 'dot':
    case 'nil':
      return { kind: token.kind, position };
    case 'variable':
      if (!parser.variables.includes(text)) refuse(parser, `undefined variable ${quote(text)}`);
      return { kind: 'variable', position, name: text, fields: [] };
    case 'field':
      return { kind: 'field', position, fields: [text.slice(1)] };
    case 'bool':
      return { kind: 'bool', position, isTrue: text === 'true' };
    case 'charConstant':
    case 'complex':
    case 'number': {
      const number = parseNumber(token);
      return typeof number === 'string' ? refuse(parser, number) : number;
    }
    case 'leftParen':
      return parseParentheses(parser);
    case 'string':
    case 'rawString':
      return { kind: 'string', position, quoted: text, text: unquoted(parser, token) };
    default:
      backup(parser.buffer);
      return undefined;
  }
}

function parseParentheses(parser: Parser): PipeNode {
  if (parser.parenDepth >= MAX_PAREN_DEPTH) refuse(parser, 'max expression depth exceeded');
  parser.parenDepth++;
  const pipe = parsePipeline(parser, 'parenthesized pipeline', 'rightParen');
  parser.parenDepth--;
  return pipe;
}
