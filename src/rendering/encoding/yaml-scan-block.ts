import {
  isBlank,
  isBreak,
  isBreakOrEnd,
  isEnd,
  peek,
  readBreak,
  readChar,
  refuse,
  skip,
  skipBlanks,
  skipComment,
  type YamlSource,
} from './yaml-source.ts';

/** What the line with `|` or `>` says. */
interface Header {
  /** Whether the line breaks at the end stay: all, the first one (0), none. */
  readonly keeps: -1 | 0 | 1;
  /** How much deeper the text is indented; 0 where the text itself says it. */
  readonly increment: number;
}

/** The text below `|` or `>`. Source: go-yaml v2.4, `yaml_parser_scan_block_scalar`. */
export function scanBlock(source: YamlSource, parentIndent: number): string {
  const isLiteral = readChar(source) === '|';
  const { keeps, increment } = scanHeader(source);
  const given = increment === 0 ? 0 : Math.max(parentIndent, 0) + increment;
  let { indent, breaks } = scanBreaks(source, given, parentIndent);
  let text = '';
  let lineEnd = '';
  let wasBlank = false;
  while (source.column === indent && !isEnd(peek(source))) {
    const beginsBlank = isBlank(peek(source));
    const isFolded = !isLiteral && !wasBlank && !beginsBlank && lineEnd.startsWith('\n');
    text += (isFolded ? (breaks === '' ? ' ' : '') : lineEnd) + breaks;
    wasBlank = beginsBlank;
    while (!isBreakOrEnd(peek(source))) text += readChar(source);
    lineEnd = readBreak(source);
    ({ breaks, indent } = scanBreaks(source, indent, parentIndent));
  }
  return text + (keeps === -1 ? '' : lineEnd) + (keeps === 1 ? breaks : '');
}

function scanHeader(source: YamlSource): Header {
  let header = scanChomping(source, { keeps: 0, increment: 0 });
  if (/^[0-9]$/.test(peek(source))) {
    if (peek(source) === '0') refuse(source, 'found an indentation indicator equal to 0');
    const hadChomping = header.keeps !== 0;
    header = { ...header, increment: Number(readChar(source)) };
    if (!hadChomping) header = scanChomping(source, header);
  }
  skipBlanks(source);
  skipComment(source);
  if (!isBreakOrEnd(peek(source))) refuse(source, 'did not find expected comment or line break');
  readBreak(source);
  return header;
}

function scanChomping(source: YamlSource, header: Header): Header {
  const mark = peek(source);
  if (mark !== '+' && mark !== '-') return header;
  skip(source);
  return { ...header, keeps: mark === '+' ? 1 : -1 };
}

/** The empty lines, and how far the text is indented: where it is not known yet, as the line that is indented most. */
function scanBreaks(source: YamlSource, indent: number, parentIndent: number): { indent: number; breaks: string } {
  let breaks = '';
  let most = 0;
  for (;;) {
    while ((indent === 0 || source.column < indent) && peek(source) === ' ') skip(source);
    most = Math.max(most, source.column);
    if ((indent === 0 || source.column < indent) && peek(source) === '\t') {
      refuse(source, 'found a tab character where an indentation space is expected');
    }
    if (!isBreak(peek(source))) break;
    breaks += readBreak(source);
  }
  return { breaks, indent: indent === 0 ? Math.max(most, parentIndent + 1, 1) : indent };
}
