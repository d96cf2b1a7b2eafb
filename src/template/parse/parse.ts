import { createLexer } from './lex-text.ts';
import type { Delimiters } from './lexer.ts';
import { isEnd, type ListNode, type StatementNode, type Tree } from './node.ts';
import { nodeText } from './node-text.ts';
import { addTree, createParser, expect, type Parser, type ParseSet, refuse, unquoted } from './parser.ts';
import { parseList, parseStatement } from './statement-parser.ts';
import { createTokenBuffer, next, nextNonSpace, peek, putBack } from './token-buffer.ts';

export interface ParseOptions {
  /** `{{` and `}}` when left out; so is each that is empty. */
  readonly delimiters?: Partial<Delimiters> | undefined;
  /** Whether a function of this name may be called. */
  readonly isFunction: (name: string) => boolean;
}

/**
 * The templates of a text by name: the text itself under the name given, and each `{{define}}` and `{{block}}`.
 * Throws a `TemplateError` with the code `PARSE`. Source: Go's `text/template/parse`, `parse.go`.
 */
export function parseTrees(name: string, text: string, options: ParseOptions): ReadonlyMap<string, Tree> {
  const { delimiters, isFunction } = options;
  const lexer = createLexer(text, {
    left: delimiters?.left || '{{',
    right: delimiters?.right || '}}',
    isBreakKeyword: !isFunction('break'),
    isContinueKeyword: !isFunction('continue'),
  });
  const set: ParseSet = { name, text, isFunction, trees: new Map() };
  const parser = createParser(set, createTokenBuffer(lexer));
  addTree(parser, name, parseText(parser));
  return set.trees;
}

/** The whole text, up to its end. */
function parseText(parser: Parser): ListNode {
  const { buffer } = parser;
  const nodes: StatementNode[] = [];
  const { position } = peek(buffer);
  while (peek(buffer).kind !== 'eof') {
    if (peek(buffer).kind === 'leftDelim') {
      const delimiter = next(buffer);
      if (nextNonSpace(buffer).kind === 'define') {
        parseDefinition(createParser(parser.set, createTokenBuffer(buffer.lexer)));
        continue;
      }
      putBack(buffer, delimiter);
    }
    const node = parseStatement(parser);
    if (isEnd(node)) return refuse(parser, `unexpected ${nodeText(node)}`);
    nodes.push(node);
  }
  return { kind: 'list', position, nodes };
}

/** `{{define "name"}} … {{end}}`, of which the first word was read. */
function parseDefinition(parser: Parser): void {
  const context = 'define clause';
  const name = unquoted(parser, expect(parser, ['string', 'rawString'], context));
  expect(parser, ['rightDelim'], context);
  const { list, end } = parseList(parser);
  if (end.kind !== 'end') refuse(parser, `unexpected ${nodeText(end)} in ${context}`);
  addTree(parser, name, list);
}
