import { textOf } from '../../template/index.ts';
import {
  isBlank,
  isBlankOrEnd,
  isBreakOrEnd,
  isWordChar,
  peek,
  readBreak,
  readChar,
  refuse,
  skip,
  skipBlanks,
  skipComment,
  type YamlSource,
} from './yaml-source.ts';
import { token, type YamlToken } from './yaml-token.ts';

/** `&name` or `*name`. Source: go-yaml v2.4, `yaml_parser_scan_anchor`. */
export function scanAnchor(source: YamlSource): YamlToken {
  const { line } = source;
  const kind = readChar(source) === '*' ? 'alias' : 'anchor';
  const text = scanWord(source);
  if (text === '' || !(isBlankOrEnd(peek(source)) || /^[?:,\]}%@`]$/.test(peek(source)))) {
    refuse(source, 'did not find expected alphabetic or numeric character');
  }
  return token(kind, line, { text });
}

/** `!name`, `!!name`, `!handle!name`, `!<uri>`. Source: go-yaml v2.4, `yaml_parser_scan_tag`. */
export function scanTag(source: YamlSource): YamlToken {
  const { line } = source;
  let text = '';
  let suffix = '';
  if (peek(source, 1) === '<') {
    skip(source, 2);
    suffix = scanUri(source, '');
    if (peek(source) !== '>') refuse(source, "did not find the expected '>'");
    skip(source);
  } else {
    const handle = scanHandle(source, false);
    if (handle.length > 1 && handle.endsWith('!')) [text, suffix] = [handle, scanUri(source, '')];
    else {
      suffix = scanUri(source, handle);
      // A mark alone says that the text is a text.
      [text, suffix] = suffix === '' ? ['', '!'] : ['!', suffix];
    }
  }
  if (!isBlankOrEnd(peek(source))) refuse(source, 'did not find expected whitespace or line break');
  return token('tag', line, { text, suffix });
}

/** `%YAML 1.1` or `%TAG !e! tag:example.org,2000:`. Source: go-yaml v2.4, `yaml_parser_scan_directive`. */
export function scanDirective(source: YamlSource): YamlToken {
  const { line } = source;
  skip(source);
  const name = scanWord(source);
  if (name === '') refuse(source, 'could not find expected directive name');
  if (!isBlankOrEnd(peek(source))) refuse(source, 'found unexpected non-alphabetical character');
  if (name !== 'YAML' && name !== 'TAG') refuse(source, 'found unknown directive name');
  skipBlanks(source);
  const directive = name === 'YAML' ? scanVersion(source, line) : scanTagDirective(source, line);
  skipBlanks(source);
  skipComment(source);
  if (!isBreakOrEnd(peek(source))) refuse(source, 'did not find expected comment or line break');
  readBreak(source);
  return directive;
}

function scanVersion(source: YamlSource, line: number): YamlToken {
  const major = scanVersionNumber(source);
  if (peek(source) !== '.') refuse(source, "did not find expected digit or '.' character");
  skip(source);
  return token('version-directive', line, { text: `${major}.${scanVersionNumber(source)}` });
}

function scanVersionNumber(source: YamlSource): number {
  let digits = '';
  while (/^[0-9]$/.test(peek(source))) {
    if (digits.length === 2) refuse(source, 'found extremely long version number');
    digits += readChar(source);
  }
  return digits === '' ? refuse(source, 'did not find expected version number') : Number(digits);
}

function scanTagDirective(source: YamlSource, line: number): YamlToken {
  const text = scanHandle(source, true);
  if (!isBlank(peek(source))) refuse(source, 'did not find expected whitespace');
  skipBlanks(source);
  const suffix = scanUri(source, '');
  if (!isBlankOrEnd(peek(source))) refuse(source, 'did not find expected whitespace or line break');
  return token('tag-directive', line, { text, suffix });
}

/** `!`, `!!` or `!name!`; also `!name`, which then is the tag. */
function scanHandle(source: YamlSource, isDirective: boolean): string {
  if (peek(source) !== '!') refuse(source, "did not find expected '!'");
  const handle = readChar(source) + scanWord(source);
  if (peek(source) === '!') return handle + readChar(source);
  if (isDirective && handle !== '!') refuse(source, "did not find expected '!'");
  return handle;
}

/** What follows a handle; `head` is what was taken for one. */
function scanUri(source: YamlSource, head: string): string {
  let uri = head.slice(1);
  const start = source.position;
  while (isWordChar(peek(source)) || /^[;/?:@&=+$,.!~*'()[\]%]$/.test(peek(source))) {
    uri += peek(source) === '%' ? scanEscapes(source) : readChar(source);
  }
  if (head === '' && source.position === start) refuse(source, 'did not find expected tag URI');
  return uri;
}

/** The bytes of one character: `%C3%A9`. */
function scanEscapes(source: YamlSource): string {
  const bytes: number[] = [];
  let width = 1;
  while (bytes.length < width) {
    const digits = peek(source, 1) + peek(source, 2);
    if (peek(source) !== '%' || !/^[0-9a-fA-F]{2}$/.test(digits)) refuse(source, 'did not find URI escaped octet');
    const byte = Number.parseInt(digits, 16);
    if (bytes.length === 0) width = widthOf(byte);
    if (width === 0) refuse(source, 'found an incorrect leading UTF-8 octet');
    if (bytes.length > 0 && (byte & 0xc0) !== 0x80) refuse(source, 'found an incorrect trailing UTF-8 octet');
    bytes.push(byte);
    skip(source, 3);
  }
  return textOf(Uint8Array.from(bytes));
}

function widthOf(lead: number): number {
  if (lead < 0x80) return 1;
  if (lead < 0xc0) return 0;
  return lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : lead < 0xf8 ? 4 : 0;
}

function scanWord(source: YamlSource): string {
  let word = '';
  while (isWordChar(peek(source))) word += readChar(source);
  return word;
}
