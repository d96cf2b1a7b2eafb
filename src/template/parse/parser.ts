import { TemplateError } from '../errors.ts';
import { quote } from '../text/quote.ts';
import { unquote } from '../text/unquote.ts';
import type { ListNode, Tree } from './node.ts';
import { isEmptyList } from './node.ts';
import { describeToken, type Token, type TokenKind } from './token.ts';
import { nextNonSpace, type TokenBuffer } from './token-buffer.ts';

/** What is the same for a text and the definitions inside it. */
export interface ParseSet {
  /** The name that was given with the text. */
  readonly name: string;
  readonly text: string;
  readonly isFunction: (name: string) => boolean;
  /** The finished ones, by name. */
  readonly trees: Map<string, Tree>;
}

/** The parsing of one template. Definitions inside it have a parser of their own, so they see none of its variables. */
export interface Parser {
  readonly set: ParseSet;
  readonly buffer: TokenBuffer;
  /** Names in scope, with their `$`. */
  readonly variables: string[];
  rangeDepth: number;
  parenDepth: number;
  /** Line on which the action being parsed begins, 0 between actions. */
  actionLine: number;
}

export function createParser(set: ParseSet, buffer: TokenBuffer): Parser {
  return { set, buffer, variables: ['$'], rangeDepth: 0, parenDepth: 0, actionLine: 0 };
}

/** Throws a `TemplateError`, placed on the line of the token read last. */
export function refuse({ set: { name }, buffer }: Parser, reason: string): never {
  const { line, position } = buffer.tokens[0];
  throw new TemplateError('PARSE', `template: ${name}:${line}: ${reason}`, { reason, name, line, position });
}

export function refuseToken(parser: Parser, token: Token, context: string): never {
  if (token.kind !== 'error') return refuse(parser, `unexpected ${describeToken(token)} in ${context}`);
  const { actionLine, set } = parser;
  const isElsewhere = actionLine !== 0 && actionLine !== token.line;
  const started = isElsewhere ? ` in action started at ${set.name}:${actionLine}` : '';
  // Avoids "unclosed action in action".
  const extra = token.text.endsWith(' action') ? started.replace(' in action', '') : started;
  return refuse(parser, token.text + extra);
}

export function expect(parser: Parser, kinds: readonly TokenKind[], context: string): Token {
  const token = nextNonSpace(parser.buffer);
  return kinds.includes(token.kind) ? token : refuseToken(parser, token, context);
}

/** The text of a string literal. */
export function unquoted(parser: Parser, token: Token): string {
  return unquote(token.text) ?? refuse(parser, 'invalid syntax');
}

/** Adds a finished template to its set. One of blanks only gives way to another of its name. */
export function addTree(parser: Parser, name: string, root: ListNode): void {
  const { trees, name: parseName, text } = parser.set;
  const earlier = trees.get(name);
  if (earlier === undefined || isEmptyList(earlier.root)) trees.set(name, { name, parseName, text, root });
  else if (!isEmptyList(root)) refuse(parser, `template: multiple definition of template ${quote(name)}`);
}
