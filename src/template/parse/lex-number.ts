import { quote } from '../text/quote.ts';
import { accept, emit, fail, isAlphanumeric, type Lexer, peek } from './lexer.ts';
import type { Token } from './token.ts';

const DECIMAL = '0123456789_';
const HEXADECIMAL = '0123456789abcdefABCDEF_';

/** A number. Loose on purpose: whether it is a good one is for the parser to say. */
export function lexNumber(lexer: Lexer): Token {
  if (!scanNumber(lexer)) return badNumber(lexer);
  if (!'+-'.includes(peek(lexer)) || peek(lexer) === '') return emit(lexer, 'number');
  // Complex: 1+2i. No blanks, and it must end in i.
  const isComplex = scanNumber(lexer) && lexer.input[lexer.position - 1] === 'i';
  return isComplex ? emit(lexer, 'complex') : badNumber(lexer);
}

/** Goes over what looks like a number; `false` when a letter follows, over which it goes too. */
function scanNumber(lexer: Lexer): boolean {
  accept(lexer, '+-');
  let digits = DECIMAL;
  if (accept(lexer, '0')) {
    if (accept(lexer, 'xX')) digits = HEXADECIMAL;
    else if (accept(lexer, 'oO')) digits = '01234567_';
    else if (accept(lexer, 'bB')) digits = '01_';
  }
  acceptRun(lexer, digits);
  if (accept(lexer, '.')) acceptRun(lexer, digits);
  if (digits === DECIMAL && accept(lexer, 'eE')) acceptExponent(lexer);
  if (digits === HEXADECIMAL && accept(lexer, 'pP')) acceptExponent(lexer);
  accept(lexer, 'i');
  const next = peek(lexer);
  if (!isAlphanumeric(next)) return true;
  lexer.position += next.length;
  return false;
}

function acceptExponent(lexer: Lexer): void {
  accept(lexer, '+-');
  acceptRun(lexer, DECIMAL);
}

function acceptRun(lexer: Lexer, chars: string): void {
  while (accept(lexer, chars));
}

function badNumber(lexer: Lexer): Token {
  return fail(lexer, `bad number syntax: ${quote(lexer.input.slice(lexer.start, lexer.position))}`);
}
