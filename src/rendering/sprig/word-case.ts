import { goFunction } from '../../template/index.ts';
import { toLower, toUpper } from '../letter-case.ts';
import { isSpace, isUpper, runesOf } from './runes.ts';

/** Names of variables. Source: sprig v3.3.0; huandu/xstrings v1.5.0, `convert.go`. */
export const wordCaseFunctions = {
  camelcase: goFunction('func(string) string', pascalCase),
  kebabcase: goFunction('func(string) string', (text: string) => joinedWords(text, '-')),
  snakecase: goFunction('func(string) string', (text: string) => joinedWords(text, '_')),
};

type WordKind = 'connector' | 'letters' | 'none' | 'number' | 'other' | 'punctuation' | 'upper';

interface Word {
  readonly kind: WordKind;
  readonly text: string;
}

const NO_WORD: Word = { kind: 'none', text: '' };
const PUNCTUATION = /^\p{P}$/u;
const IDEOGRAPH = /^[\u3400-\u4d85\u4e00-\u9fcc\u{20000}-\u{2b81d}]$/u;

/** Blanks, hyphens and underscores are dropped where one stands alone between words; `HTTP_server` is `HttpServer`. */
function pascalCase(text: string): string {
  const runes = runesOf(text);
  const start = runes.findIndex((rune) => !isConnector(rune));
  // A text of nothing but connectors gets one more, as in xstrings.
  if (start < 0) return runes.join('') + (runes.at(-1) ?? '');
  let result = runes.slice(0, start).join('');
  let isShouting = isUpper(runes[start] ?? '');
  let last = toUpper(runes[start] ?? '');
  for (const rune of runes.slice(start + 1)) {
    const isAfterConnector = isConnector(last);
    let next = rune;
    if (isAfterConnector && isConnector(rune)) result += last;
    else if (isAfterConnector) {
      isShouting = isUpper(rune);
      next = toUpper(rune);
    } else {
      isShouting = isShouting && isUpper(rune);
      if (isShouting) next = toLower(rune);
      result += last;
    }
    last = next;
  }
  return result + last;
}

/** Words in small letters with a connector between them. A number belongs to what it touches. */
function joinedWords(text: string, connector: string): string {
  const words = wordsOf(text);
  let result = '';
  let position = 0;
  const peek = (): Word => words[position] ?? NO_WORD;
  const put = (word: Word): void => {
    result += lowered(word, connector);
  };
  const putRun = (): void => {
    while (peek().kind === 'letters' || peek().kind === 'number') put(words[position++] ?? NO_WORD);
  };
  const connect = (): void => {
    if (!['none', 'connector', 'punctuation'].includes(peek().kind)) result += connector;
  };
  while (position < words.length) {
    const word = words[position++] ?? NO_WORD;
    put(word);
    if (word.kind === 'connector' || word.kind === 'punctuation' || peek().kind === 'none') continue;
    if (word.kind === 'number') {
      putRun();
      connect();
    } else if (peek().kind === 'number' && position < words.length - 1) {
      const number = words[position++] ?? NO_WORD;
      if (peek().kind === 'letters') {
        // Small letters behind a number belong to it: `http2xx` is `http_2xx`, but `Bld4Floor` is `bld4_floor`.
        result += connector;
        put(number);
        putRun();
      } else put(number);
      connect();
    } else if (peek().kind !== 'number') connect();
  }
  return result;
}

/** Only what begins with a capital is lowered, and connectors become the one asked for. */
function lowered({ kind, text }: Word, connector: string): string {
  if (kind === 'connector') return connector.repeat(text.length);
  if (kind !== 'upper') return text;
  return Array.from(text)
    .map((rune) => (isUpper(rune) ? toLower(rune) : rune))
    .join('');
}

/** Source: `nextWord`. A capital begins a word of small letters; in `HTTPServer` the last capital begins the next one. */
function wordsOf(text: string): readonly Word[] {
  const words: Word[] = [];
  let rest = Array.from(text);
  while (rest.length > 0) {
    const kind = kindOf(rest[0] ?? '');
    const length = kind === 'upper' ? upperLength(rest) : runLength(rest, kind);
    words.push({ kind, text: rest.slice(0, length).join('') });
    rest = rest.slice(length);
  }
  return words;
}

function runLength(runes: readonly string[], kind: WordKind): number {
  // Hyphens and underscores behind punctuation are punctuation too.
  const belongs = (rune: string): boolean => (kind === 'punctuation' ? PUNCTUATION.test(rune) : kindOf(rune) === kind);
  const end = runes.findIndex((rune, index) => index > 0 && !belongs(rune));
  return end < 0 ? runes.length : end;
}

function upperLength(runes: readonly string[]): number {
  const capitals = runLength(runes, 'upper');
  const next = runes[capitals];
  if (next === undefined || kindOf(next) !== 'letters') return capitals;
  return capitals > 1 ? capitals - 1 : 1 + runLength(runes.slice(1), 'letters');
}

function kindOf(rune: string): WordKind {
  if (isConnector(rune)) return 'connector';
  if (PUNCTUATION.test(rune)) return 'punctuation';
  if (isUpper(rune)) return 'upper';
  if (isAlphabet(rune)) return 'letters';
  return /^\p{N}$/u.test(rune) ? 'number' : 'other';
}

function isConnector(rune: string): boolean {
  return rune === '-' || rune === '_' || isSpace(rune);
}

function isAlphabet(rune: string): boolean {
  return /^\p{L}$/u.test(rune) && !IDEOGRAPH.test(rune);
}
