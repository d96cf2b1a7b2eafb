import {
  type Place,
  put,
  putBreak,
  type Scalar,
  type ScalarStyle,
  withIndent,
  writeIndent,
  writeIndicator,
  type YamlWriter,
} from './yaml-writer.ts';

/** After this column a line ends at the next blank. */
const WIDTH = 80;
const BREAK = /[\n\r\u0085\u2028\u2029]/u;
/** What go-yaml writes as it is; above U+FFFF nothing is. */
const PRINTABLE = /[\n\u0020-\u007e\u00a0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/u;
const ESCAPES: Readonly<Record<string, string>> = {
  ...{ '\0': '0', '\x07': 'a', '\b': 'b', '\t': 't', '\n': 'n', '\v': 'v', '\f': 'f', '\r': 'r', '\x1b': 'e' },
  ...{ '"': '"', '\\': '\\', '\u0085': 'N', '\u00a0': '_', '\u2028': 'L', '\u2029': 'P' },
};

/** Which ways of writing a text has. */
interface Analysis {
  readonly isMultiline: boolean;
  readonly canBePlain: boolean;
  readonly canBeSingle: boolean;
  readonly canBeBlock: boolean;
}

/** Source: go-yaml v2.4, `yaml_emitter_analyze_scalar`. */
export function analyze(text: string): Analysis {
  if (text === '') return { isMultiline: false, canBePlain: true, canBeSingle: true, canBeBlock: false };
  const isMultiline = BREAK.test(text);
  const hasSpecial = !Array.from(text).every((char) => PRINTABLE.test(char));
  const isTroubled = hasSpecial || / [\n\r\u0085\u2028\u2029]/u.test(text);
  const breakThenBlank = /[\n\r\u0085\u2028\u2029] /u.test(text);
  const hasMark =
    /^(?:---|\.\.\.)/.test(text) ||
    /^[#,[\]{}&*!|>'"%@`]/.test(text) ||
    /^[?:-](?:[ \t]|$)/.test(text) ||
    /:(?:[ \t]|$)/.test(text.slice(1)) ||
    /[ \t\0\n\r\u0085\u2028\u2029]#/u.test(text);
  const hasEdge = /^ | $/.test(text);
  return {
    isMultiline,
    canBePlain: !(isMultiline || isTroubled || breakThenBlank || hasMark || hasEdge),
    canBeSingle: !(isTroubled || breakThenBlank),
    canBeBlock: !(isTroubled || text.endsWith(' ')),
  };
}

export function writeScalar(writer: YamlWriter, scalar: Scalar, place: Place): void {
  const { text, tag } = scalar;
  const style = styleFor(scalar, place);
  if (tag !== undefined) {
    if (!writer.isBlank) put(writer, ' ');
    for (const char of tag) put(writer, char);
    writer.isBlank = false;
    writer.isIndenting = false;
  }
  const canBreak = place !== 'key';
  withIndent(writer, { isFlow: true, isIndented: true }, () => {
    if (style === 'plain') writePlain(writer, text, canBreak);
    else if (style === 'single') writeSingle(writer, text, canBreak);
    else if (style === 'double') writeDouble(writer, text, canBreak);
    else writeLiteral(writer, text);
  });
}

/** Source: go-yaml v2.4, `yaml_emitter_select_scalar_style`. */
function styleFor({ text, style: wanted }: Scalar, place: Place): ScalarStyle {
  const { isMultiline, canBePlain, canBeSingle, canBeBlock } = analyze(text);
  if (place === 'key' && isMultiline) return 'double';
  if (wanted === 'literal') return canBeBlock && place !== 'key' ? 'literal' : 'double';
  if (wanted === 'plain' && canBePlain && !(text === '' && place === 'key')) return 'plain';
  return wanted === 'double' || !canBeSingle ? 'double' : 'single';
}

function writePlain(writer: YamlWriter, text: string, canBreak: boolean): void {
  if (!writer.isBlank) put(writer, ' ');
  const chars = Array.from(text);
  chars.forEach((char, i) => {
    if (canBreak && isFoldable(writer, chars, i)) writeIndent(writer);
    else put(writer, char);
  });
  writer.isBlank = false;
  writer.isIndenting = false;
}

function writeSingle(writer: YamlWriter, text: string, canBreak: boolean): void {
  writeIndicator(writer, "'", { needsBlank: true });
  const chars = Array.from(text);
  let isAfterBreak = false;
  chars.forEach((char, i) => {
    const isBreak = BREAK.test(char);
    if (isBreak) {
      if (!isAfterBreak && char === '\n') putBreak(writer);
      putBreak(writer, char);
      writer.isIndenting = true;
    } else if (canBreak && i > 0 && i < chars.length - 1 && isFoldable(writer, chars, i)) writeIndent(writer);
    else {
      if (isAfterBreak && char !== ' ') writeIndent(writer);
      if (char === "'") put(writer, char);
      put(writer, char);
      if (char !== ' ') writer.isIndenting = false;
    }
    isAfterBreak = isBreak || (isAfterBreak && char === ' ');
  });
  writeIndicator(writer, "'", {});
}

function writeDouble(writer: YamlWriter, text: string, canBreak: boolean): void {
  writeIndicator(writer, '"', { needsBlank: true });
  const chars = Array.from(text);
  // go-yaml takes each character for a mark of the byte order when the first one is.
  const isAllEscaped = text.startsWith('\ufeff');
  chars.forEach((char, i) => {
    if (isAllEscaped || !PRINTABLE.test(char) || BREAK.test(char) || char === '"' || char === '\\') {
      for (const part of escaped(char)) put(writer, part);
    } else if (canBreak && i > 0 && i < chars.length - 1 && isFoldable(writer, chars, i, true)) {
      writeIndent(writer);
      if (chars[i + 1] === ' ') put(writer, '\\');
    } else put(writer, char);
  });
  writeIndicator(writer, '"', {});
}

function writeLiteral(writer: YamlWriter, text: string): void {
  const isEmpty = /^[\n\r\u0085\u2028\u2029]$/u.test(text);
  const hint = /^[ \n\r\u0085\u2028\u2029]/u.test(text) ? '2' : '';
  const endsTwice = isEmpty || /[\n\r\u0085\u2028\u2029]{2}$/u.test(text);
  const chomp = !/[\n\r\u0085\u2028\u2029]$/u.test(text) ? '-' : endsTwice ? '+' : '';
  writeIndicator(writer, `|${hint}${chomp}`, { needsBlank: true });
  putBreak(writer);
  writer.isIndenting = true;
  writer.isBlank = true;
  let isAfterBreak = true;
  for (const char of text) {
    const isBreak = BREAK.test(char);
    if (isBreak) {
      putBreak(writer, char);
      writer.isIndenting = true;
    } else {
      if (isAfterBreak) writeIndent(writer);
      put(writer, char);
      writer.isIndenting = false;
    }
    isAfterBreak = isBreak;
  }
}

/** Whether a line may end here: at the first of some blanks beyond the width, and if it is the only one. */
function isFoldable(writer: YamlWriter, chars: readonly string[], index: number, withMore = false): boolean {
  const isFirst = chars[index] === ' ' && chars[index - 1] !== ' ';
  return isFirst && writer.column > WIDTH && (withMore || chars[index + 1] !== ' ');
}

function escaped(char: string): string {
  const short = ESCAPES[char];
  if (short !== undefined) return `\\${short}`;
  const code = char.codePointAt(0) ?? 0;
  const digits = code.toString(16).toUpperCase();
  if (code <= 0xff) return `\\x${digits.padStart(2, '0')}`;
  return code <= 0xffff ? `\\u${digits.padStart(4, '0')}` : `\\U${digits.padStart(8, '0')}`;
}
