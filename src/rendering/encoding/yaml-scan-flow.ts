import {
  isAtDocumentMark,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isEnd,
  peek,
  readBreak,
  readChar,
  refuse,
  skip,
  type YamlSource,
} from './yaml-source.ts';

const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '0': '\0', a: '\x07', b: '\b', t: '\t', '\t': '\t', n: '\n', v: '\v', f: '\f', r: '\r', e: '\x1b' },
  ...{ ' ': ' ', '"': '"', "'": "'", '\\': '\\', N: '\u0085', _: '\u00a0', L: '\u2028', P: '\u2029' },
};
const CODE_LENGTHS: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What stands between two words: blanks of one line, or line breaks, of which the first is a blank. */
interface Gap {
  blanks: string;
  /** The first line break, and the others. */
  first: string;
  others: string;
  hasBreak: boolean;
}

export interface PlainPlace {
  /** Lines that are indented less end the scalar. */
  readonly indent: number;
  readonly isInFlow: boolean;
}

/** A scalar without quotes, and whether a line break ended it. Source: go-yaml v2.4, `yaml_parser_scan_plain_scalar`. */
export function scanPlain(source: YamlSource, { indent, isInFlow }: PlainPlace): { text: string; hasBreak: boolean } {
  let text = '';
  let gap = noGap();
  while (!isAtDocumentMark(source) && peek(source) !== '#') {
    while (!isBlankOrEnd(peek(source)) && !endsPlain(source, isInFlow)) {
      text += textOfGap(gap) + readChar(source);
      gap = noGap();
    }
    if (!(isBlank(peek(source)) || isBreak(peek(source)))) break;
    readGap(source, gap, () => {
      if (gap.hasBreak && source.column < indent && peek(source) === '\t') {
        refuse(source, 'found a tab character that violates indentation');
      }
    });
    if (!isInFlow && source.column < indent) break;
  }
  return { text, hasBreak: gap.hasBreak };
}

function endsPlain(source: YamlSource, isInFlow: boolean): boolean {
  const char = peek(source);
  return (char === ':' && isBlankOrEnd(peek(source, 1))) || (isInFlow && /^[,?[\]{}]$/.test(char));
}

/** A scalar in quotes, which are single or double. Source: go-yaml v2.4, `yaml_parser_scan_flow_scalar`. */
export function scanQuoted(source: YamlSource, mark: '"' | "'"): string {
  let text = '';
  skip(source);
  for (;;) {
    if (isAtDocumentMark(source)) refuse(source, 'found unexpected document indicator');
    if (isEnd(peek(source))) refuse(source, 'found unexpected end of stream');
    const gap = noGap();
    while (!isBlankOrEnd(peek(source)) && !endsQuoted(source, mark)) {
      if (mark === '"' && peek(source) === '\\' && isBreak(peek(source, 1))) {
        skip(source);
        readBreak(source);
        gap.hasBreak = true;
        break;
      }
      text += readQuoted(source, mark);
    }
    if (peek(source) === mark) break;
    readGap(source, gap, () => {});
    text += textOfGap(gap);
  }
  skip(source);
  return text;
}

/** A quote ends it, but not two single ones. */
function endsQuoted(source: YamlSource, mark: string): boolean {
  return peek(source) === mark && !(mark === "'" && peek(source, 1) === mark);
}

function readQuoted(source: YamlSource, mark: '"' | "'"): string {
  if (mark === "'") {
    if (peek(source) === mark) skip(source);
    return readChar(source);
  }
  return peek(source) === '\\' ? readEscape(source) : readChar(source);
}

function readEscape(source: YamlSource): string {
  const name = peek(source, 1);
  const short = ESCAPES[name];
  const length = CODE_LENGTHS[name] ?? 0;
  if (short === undefined && length === 0) refuse(source, 'found unknown escape character');
  skip(source, 2);
  if (short !== undefined) return short;
  let code = 0;
  for (let i = 0; i < length; i++) {
    const digit = peek(source, i);
    if (!/^[0-9a-fA-F]$/.test(digit)) refuse(source, 'did not find expected hexdecimal number');
    code = code * 16 + Number.parseInt(digit, 16);
  }
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10_ffff) {
    refuse(source, 'found invalid Unicode character escape code');
  }
  skip(source, length);
  return String.fromCodePoint(code);
}

function noGap(): Gap {
  return { blanks: '', first: '', others: '', hasBreak: false };
}

function readGap(source: YamlSource, gap: Gap, checkBlank: () => void): void {
  while (isBlank(peek(source)) || isBreak(peek(source))) {
    if (isBreak(peek(source))) {
      if (gap.hasBreak) gap.others += readBreak(source);
      else gap.first = readBreak(source);
      gap.hasBreak = true;
      continue;
    }
    checkBlank();
    if (gap.hasBreak) skip(source);
    else gap.blanks += readChar(source);
  }
}

/** One line break is a blank, of several the first is left out. */
function textOfGap({ blanks, first, others, hasBreak }: Gap): string {
  if (!hasBreak) return blanks;
  if (first !== '\n') return first + others;
  return others === '' ? ' ' : others;
}
