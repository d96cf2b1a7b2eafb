import type { Token, TokenKind } from './token.ts';

export interface Delimiters {
  readonly left: string;
  readonly right: string;
}

/** Which of the words that older templates may use as functions are keywords. */
export interface LexerOptions extends Delimiters {
  readonly isBreakKeyword: boolean;
  readonly isContinueKeyword: boolean;
}

/** Where the lexer is. Its functions move on and give one token, or `undefined` where there is nothing to give. */
export interface Lexer {
  readonly input: string;
  readonly options: LexerOptions;
  position: number;
  /** Where the token being read begins, and on which line. */
  start: number;
  line: number;
  isInsideAction: boolean;
  parenDepth: number;
  failure: Token | undefined;
}

/** A blank in an action. A vertical tab is none. */
export function isSpace(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\n';
}

/** Letters, digits and the underscore, of any script. */
export function isAlphanumeric(char: string): boolean {
  return /^[\p{L}\p{Nd}_]$/u.test(char);
}

/** The character at the position, with both halves of a surrogate pair; empty at the end. */
export function peek(lexer: Lexer): string {
  const rune = lexer.input.codePointAt(lexer.position);
  return rune === undefined ? '' : String.fromCodePoint(rune);
}

/** Goes over a character if it is one of these. */
export function accept(lexer: Lexer, chars: string): boolean {
  const char = lexer.input[lexer.position];
  if (char === undefined || !chars.includes(char)) return false;
  lexer.position++;
  return true;
}

/** The text read since the last token, as a token. */
export function emit(lexer: Lexer, kind: TokenKind): Token {
  const text = lexer.input.slice(lexer.start, lexer.position);
  const token = { kind, position: lexer.start, text, line: lexer.line };
  skip(lexer);
  return token;
}

/** Drops what was read since the last token. */
export function skip(lexer: Lexer): void {
  for (let i = lexer.start; i < lexer.position; i++) if (lexer.input.charCodeAt(i) === 0x0a) lexer.line++;
  lexer.start = lexer.position;
}

/** Ends the lexing with a message. Every later token is the same. */
export function fail(lexer: Lexer, message: string): Token {
  lexer.failure = { kind: 'error', position: lexer.start, text: message, line: lexer.line };
  return lexer.failure;
}

/** Whether the right delimiter is next, and whether a trim marker, a blank and `-`, stands before it. */
export function rightDelimiter(lexer: Lexer): 'none' | 'plain' | 'trimmed' {
  const { input, options, position } = lexer;
  if (isSpace(input[position]) && input[position + 1] === '-' && input.startsWith(options.right, position + 2)) {
    return 'trimmed';
  }
  return input.startsWith(options.right, position) ? 'plain' : 'none';
}

/** Goes over blanks. */
export function skipSpaces(lexer: Lexer): void {
  while (isSpace(lexer.input[lexer.position])) lexer.position++;
}
