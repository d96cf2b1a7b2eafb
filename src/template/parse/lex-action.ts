import { isPrintable } from '../text/printable.ts';
import { unicodeName } from '../text/quote.ts';
import { runeAt } from '../text/utf8.ts';
import { lexNumber } from './lex-number.ts';
import { emit, fail, isAlphanumeric, isSpace, type Lexer, peek, rightDelimiter, skip, skipSpaces } from './lexer.ts';
import { KEYWORDS, type Token, type TokenKind } from './token.ts';

const SINGLE: Readonly<Record<string, TokenKind>> = { '=': 'assign', '|': 'pipe' };
const QUOTED: Readonly<Record<string, readonly [kind: TokenKind, name: string]>> = {
  '"': ['string', 'quoted string'],
  "'": ['charConstant', 'character constant'],
};

/** A token inside delimiters. */
export function lexAction(lexer: Lexer): Token {
  const delimiter = rightDelimiter(lexer);
  if (delimiter !== 'none') {
    return lexer.parenDepth === 0 ? lexRightDelimiter(lexer, delimiter) : fail(lexer, 'unclosed left paren');
  }
  const char = peek(lexer);
  if (char === '') return fail(lexer, 'unclosed action');
  if (isSpace(char)) return lexSpace(lexer);
  if (isNumberStart(lexer, char)) return lexNumber(lexer);
  if (isAlphanumeric(char)) return lexIdentifier(lexer);
  lexer.position += char.length;
  const single = SINGLE[char];
  if (single !== undefined) return emit(lexer, single);
  const quoted = QUOTED[char];
  if (quoted !== undefined) return lexQuoted(lexer, char, ...quoted);
  return lexMark(lexer, char);
}

function lexMark(lexer: Lexer, char: string): Token {
  switch (char) {
    case ':':
      if (peek(lexer) !== '=') return fail(lexer, 'expected :=');
      lexer.position++;
      return emit(lexer, 'declare');
    case '`':
      return lexRawString(lexer);
    case '$':
      return lexName(lexer, 'variable', 'variable');
    case '.':
      return lexName(lexer, 'field', 'dot');
    case '(':
      lexer.parenDepth++;
      return emit(lexer, 'leftParen');
    case ')':
      lexer.parenDepth--;
      return lexer.parenDepth < 0 ? fail(lexer, 'unexpected right paren') : emit(lexer, 'rightParen');
    default: {
      const rune = runeAt(char, 0);
      if (rune < 0x7f && isPrintable(rune)) return emit(lexer, 'char');
      return fail(lexer, `unrecognized character in action: ${unicodeName(rune)}`);
    }
  }
}

/** Blanks as one token, but for the one that belongs to a trim marker. */
function lexSpace(lexer: Lexer): Token {
  skipSpaces(lexer);
  const { input, options, position, start } = lexer;
  if (input[position] !== '-' || !input.startsWith(options.right, position + 1)) return emit(lexer, 'space');
  lexer.position = position - 1;
  return lexer.position === start ? lexRightDelimiter(lexer, 'trimmed') : emit(lexer, 'space');
}

function lexRightDelimiter(lexer: Lexer, delimiter: 'plain' | 'trimmed'): Token {
  if (delimiter === 'trimmed') {
    lexer.position += 2;
    skip(lexer);
  }
  lexer.position += lexer.options.right.length;
  const token = emit(lexer, 'rightDelim');
  lexer.isInsideAction = false;
  if (delimiter === 'trimmed') {
    skipSpaces(lexer);
    skip(lexer);
  }
  return token;
}

function lexIdentifier(lexer: Lexer): Token {
  skipAlphanumerics(lexer);
  if (!isAtTerminator(lexer)) return badCharacter(lexer);
  const word = lexer.input.slice(lexer.start, lexer.position);
  if (word === 'true' || word === 'false') return emit(lexer, 'bool');
  const { isBreakKeyword, isContinueKeyword } = lexer.options;
  const isFunction = (word === 'break' && !isBreakKeyword) || (word === 'continue' && !isContinueKeyword);
  return emit(lexer, isFunction ? 'identifier' : (KEYWORDS.get(word) ?? 'identifier'));
}

/** A field or a variable, whose mark was read; the mark alone is of the kind `bare`. */
function lexName(lexer: Lexer, kind: 'field' | 'variable', bare: TokenKind): Token {
  if (isAtTerminator(lexer)) return emit(lexer, bare);
  skipAlphanumerics(lexer);
  return isAtTerminator(lexer) ? emit(lexer, kind) : badCharacter(lexer);
}

/** A literal with escapes, whose opening mark was read. It ends on its line. */
function lexQuoted(lexer: Lexer, mark: string, kind: TokenKind, name: string): Token {
  const { input } = lexer;
  for (; ; lexer.position++) {
    if (input[lexer.position] === '\\') lexer.position++;
    else if (input[lexer.position] === mark) break;
    const char = input[lexer.position];
    if (char === undefined || char === '\n') return fail(lexer, `unterminated ${name}`);
  }
  lexer.position++;
  return emit(lexer, kind);
}

function lexRawString(lexer: Lexer): Token {
  const end = lexer.input.indexOf('`', lexer.position);
  if (end < 0) return fail(lexer, 'unterminated raw quoted string');
  lexer.position = end + 1;
  return emit(lexer, 'rawString');
}

/** A point begins a number when a digit follows, or nothing at all. */
function isNumberStart(lexer: Lexer, char: string): boolean {
  return /[-+0-9]/.test(char) || (char === '.' && /[0-9]/.test(lexer.input[lexer.position + 1] ?? '0'));
}

function skipAlphanumerics(lexer: Lexer): void {
  for (let char = peek(lexer); isAlphanumeric(char); char = peek(lexer)) lexer.position += char.length;
}

/** Whether a name may end here, so that `.x.y` and `.x|y` are two tokens and `.x"y"` is a mistake. */
function isAtTerminator(lexer: Lexer): boolean {
  const char = peek(lexer);
  return char === '' || isSpace(char) || '.,|:)('.includes(char) || rightDelimiter(lexer) === 'plain';
}

function badCharacter(lexer: Lexer): Token {
  return fail(lexer, `bad character ${unicodeName(runeAt(lexer.input, lexer.position))}`);
}
