/** Where a node stands. */
export type Place = 'key' | 'mapping' | 'root' | 'sequence';

export type ScalarStyle = 'double' | 'literal' | 'plain' | 'single';

export interface Scalar {
  readonly text: string;
  /** How it is written if it can be. */
  readonly style: ScalarStyle;
  readonly tag?: string;
}

/** YAML as it grows. Source: go-yaml v2.4, `emitterc.go`. */
export interface YamlWriter {
  out: string;
  /** Characters since the last line break. */
  column: number;
  /** -1 before the first level. */
  indent: number;
  /** Whether the last character was a blank or a line break. */
  isBlank: boolean;
  /** Whether the line holds only blanks and the marks `-`, `?`, `:` so far. */
  isIndenting: boolean;
}

const STEP = 2;

export function createWriter(): YamlWriter {
  return { out: '', column: 0, indent: -1, isBlank: true, isIndenting: true };
}

export function put(writer: YamlWriter, char: string): void {
  writer.out += char;
  writer.column++;
}

export function putBreak(writer: YamlWriter, char = '\n'): void {
  writer.out += char;
  writer.column = 0;
}

/** A new line if need be, and blanks up to the level. */
export function writeIndent(writer: YamlWriter): void {
  const indent = Math.max(0, writer.indent);
  const { column, isBlank, isIndenting } = writer;
  if (!isIndenting || column > indent || (column === indent && !isBlank)) putBreak(writer);
  while (writer.column < indent) put(writer, ' ');
  writer.isBlank = true;
  writer.isIndenting = true;
}

export interface IndicatorPlace {
  readonly needsBlank?: boolean;
  readonly isBlank?: boolean;
  readonly isIndention?: boolean;
}

export function writeIndicator(
  writer: YamlWriter,
  mark: string,
  { needsBlank = false, isBlank = false, isIndention = false }: IndicatorPlace,
): void {
  if (needsBlank && !writer.isBlank) put(writer, ' ');
  for (const char of mark) put(writer, char);
  writer.isBlank = isBlank;
  writer.isIndenting = writer.isIndenting && isIndention;
}

export function emptyCollection(writer: YamlWriter, open: string, close: string): void {
  writeIndicator(writer, open, { needsBlank: true, isBlank: true });
  writeIndicator(writer, close, {});
}

/** Writes a level deeper. */
export function withIndent(
  writer: YamlWriter,
  { isFlow, isIndented }: { readonly isFlow: boolean; readonly isIndented: boolean },
  write: () => void,
): void {
  const { indent } = writer;
  if (indent < 0) writer.indent = isFlow ? STEP : 0;
  else if (isIndented) writer.indent += STEP;
  write();
  writer.indent = indent;
}
