import { lexAction } from './lex-action.ts';
import { emit, fail, isSpace, type Lexer, type LexerOptions, rightDelimiter, skip, skipSpaces } from './lexer.ts';
import type { Token } from './token.ts';

const LEFT_COMMENT = '/*';
const RIGHT_COMMENT = '*/';

export function createLexer(input: string, options: LexerOptions): Lexer {
  const place = { position: 0, start: 0, line: 1 };
  return { input, options, ...place, isInsideAction: false, parenDepth: 0, failure: undefined };
}

/**
 * The next token. After an error it is the same error again, at the end always `eof`.
 * Source: Go's `text/template/parse`, `lex.go`.
 */
export function nextToken(lexer: Lexer): Token {
  for (;;) {
    const token = lexer.failure ?? (lexer.isInsideAction ? lexAction(lexer) : lexText(lexer));
    if (token !== undefined) return token;
  }
}

/** Text up to the next action. A trim marker after the delimiter takes the blanks before it. */
function lexText(lexer: Lexer): Token | undefined {
  const { input, options } = lexer;
  const delimiter = input.indexOf(options.left, lexer.position);
  if (delimiter < 0) {
    lexer.position = input.length;
    return emit(lexer, lexer.position > lexer.start ? 'text' : 'eof');
  }
  let end = delimiter;
  if (hasLeftTrimMarker(input, delimiter + options.left.length)) {
    while (end > lexer.start && isSpace(input[end - 1])) end--;
  }
  lexer.position = end;
  const text = end > lexer.start ? emit(lexer, 'text') : undefined;
  lexer.position = delimiter;
  skip(lexer);
  return text ?? lexLeftDelimiter(lexer);
}

function lexLeftDelimiter(lexer: Lexer): Token | undefined {
  const { input, options } = lexer;
  lexer.position += options.left.length;
  const isTrimmed = hasLeftTrimMarker(input, lexer.position);
  const afterMarker = lexer.position + (isTrimmed ? 2 : 0);
  if (input.startsWith(LEFT_COMMENT, afterMarker)) {
    lexer.position = afterMarker;
    skip(lexer);
    return lexComment(lexer);
  }
  const token = emit(lexer, 'leftDelim');
  lexer.isInsideAction = true;
  lexer.parenDepth = 0;
  lexer.position = afterMarker;
  skip(lexer);
  return token;
}

/** Comments leave no token. */
function lexComment(lexer: Lexer): Token | undefined {
  const end = lexer.input.indexOf(RIGHT_COMMENT, lexer.position + LEFT_COMMENT.length);
  if (end < 0) return fail(lexer, 'unclosed comment');
  lexer.position = end + RIGHT_COMMENT.length;
  const delimiter = rightDelimiter(lexer);
  if (delimiter === 'none') return fail(lexer, 'comment ends before closing delimiter');
  lexer.position += (delimiter === 'trimmed' ? 2 : 0) + lexer.options.right.length;
  if (delimiter === 'trimmed') skipSpaces(lexer);
  skip(lexer);
  return undefined;
}

function hasLeftTrimMarker(input: string, position: number): boolean {
  return input[position] === '-' && isSpace(input[position + 1]);
}
