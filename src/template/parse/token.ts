import { quote } from '../text/quote.ts';
import { byteLength, runeAt } from '../text/utf8.ts';

export type Keyword =
  | 'block'
  | 'break'
  | 'continue'
  | 'define'
  | 'dot'
  | 'else'
  | 'end'
  | 'if'
  | 'nil'
  | 'range'
  | 'template'
  | 'with';

export type TokenKind =
  | 'assign'
  | 'bool'
  | 'char'
  | 'charConstant'
  | 'complex'
  | 'declare'
  | 'eof'
  | 'error'
  | 'field'
  | 'identifier'
  | 'leftDelim'
  | 'leftParen'
  | 'number'
  | 'pipe'
  | 'rawString'
  | 'rightDelim'
  | 'rightParen'
  | 'space'
  | 'string'
  | 'text'
  | 'variable'
  | Keyword;

export interface Token {
  readonly kind: TokenKind;
  /** Where it begins in the template, in UTF-16 units. */
  readonly position: number;
  /** Its text; of an error the message. */
  readonly text: string;
  /** Line on which it begins, from 1. */
  readonly line: number;
}

export const KEYWORDS: ReadonlyMap<string, Keyword> = new Map(
  (
    [...['block', 'break', 'continue', 'define', 'else'], ...['end', 'if', 'nil', 'range', 'template', 'with']] as const
  ).map((word) => [word, word as Keyword]),
);

/** A token as messages show it: keywords as `<end>`, others quoted and cut after 10 characters. */
export function describeToken({ kind, text }: Token): string {
  if (kind === 'eof') return 'EOF';
  if (kind === 'error') return text;
  if (kind === 'dot' || KEYWORDS.has(kind)) return `<${text}>`;
  return byteLength(text) > 10 ? `${quote(firstRunes(text, 10))}...` : quote(text);
}

function firstRunes(text: string, count: number): string {
  let end = 0;
  for (let i = 0; i < count && end < text.length; i++) end += runeAt(text, end) > 0xffff ? 2 : 1;
  return text.slice(0, end);
}
