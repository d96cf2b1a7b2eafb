import { createLexer, nextToken } from '../../../../src/template/parse/lex-text.ts';
import type { Token, TokenKind } from '../../../../src/template/parse/token.ts';

const OPTIONS = { left: '{{', right: '}}', isBreakKeyword: true, isContinueKeyword: true };

/** All tokens of a text up to its end or its first mistake. */
export function tokensOf(text: string, options: Partial<typeof OPTIONS> = {}): readonly Token[] {
  const lexer = createLexer(text, { ...OPTIONS, ...options });
  const tokens: Token[] = [];
  for (;;) {
    const token = nextToken(lexer);
    if (token.kind !== 'eof') tokens.push(token);
    if (token.kind === 'eof' || token.kind === 'error') return tokens;
  }
}

/** Kind and text of each token, blanks left out: short to write down. */
export function tokens(text: string, options?: Partial<typeof OPTIONS>): readonly (readonly [TokenKind, string])[] {
  return tokensOf(text, options)
    .filter(({ kind }) => kind !== 'space')
    .map(({ kind, text }) => [kind, text]);
}

/** The tokens of an action without its delimiters. */
export function actionTokens(action: string): readonly (readonly [TokenKind, string])[] {
  return tokens(`{{${action}}}`).filter(([kind]) => kind !== 'leftDelim' && kind !== 'rightDelim');
}
