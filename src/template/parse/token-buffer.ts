import { nextToken } from './lex-text.ts';
import type { Lexer } from './lexer.ts';
import type { Token } from './token.ts';

/** Tokens with three of look-ahead. The definitions inside a template share its lexer, not its buffer. */
export interface TokenBuffer {
  readonly lexer: Lexer;
  /** The next tokens in reverse: the next one is at `count - 1`. The first is the one read last. */
  readonly tokens: [Token, Token, Token];
  count: number;
}

export function createTokenBuffer(lexer: Lexer): TokenBuffer {
  const none: Token = { kind: 'eof', position: 0, text: '', line: 0 };
  return { lexer, tokens: [none, none, none], count: 0 };
}

export function next(buffer: TokenBuffer): Token {
  if (buffer.count > 0) buffer.count--;
  else buffer.tokens[0] = nextToken(buffer.lexer);
  return buffer.tokens[buffer.count] ?? buffer.tokens[0];
}

export function peek(buffer: TokenBuffer): Token {
  const token = next(buffer);
  buffer.count++;
  return token;
}

/** Puts back the token that was read last. */
export function backup(buffer: TokenBuffer): void {
  buffer.count++;
}

/** Puts back tokens that were read before the one in the buffer. */
export function putBack(buffer: TokenBuffer, ...tokens: readonly [Token] | readonly [Token, Token]): void {
  const [first, second] = tokens;
  buffer.tokens[1] = second ?? first;
  if (second !== undefined) buffer.tokens[2] = first;
  buffer.count = tokens.length + 1;
}

export function nextNonSpace(buffer: TokenBuffer): Token {
  for (;;) {
    const token = next(buffer);
    if (token.kind !== 'space') return token;
  }
}

export function peekNonSpace(buffer: TokenBuffer): Token {
  const token = nextNonSpace(buffer);
  buffer.count++;
  return token;
}
