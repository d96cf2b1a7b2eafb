import type { Scanned } from './quoted.ts';
import { type SourceText, syntaxError } from './syntax-error.ts';

const START = /<<(-?)([\p{L}\p{Nd}_]+)\r?\n/uy;

/**
 * A text of several lines that begins at `start`: `<<END` up to a line that holds only `END`, with its last line end.
 * After `<<-END` each line loses the blanks that stand before the closing `END`, if all lines have them.
 *
 * Source: hashicorp/hcl v1, `scanHeredoc`, `unindentHeredoc`. Differs: the closing word may be the last of the file.
 */
export function scanHeredoc(source: SourceText, start: number): Scanned {
  START.lastIndex = start;
  const match = START.exec(source.text);
  if (match === null) throw syntaxError(source, start, 'after << comes a word and the end of the line, as in <<EOF');
  const [opening, dash, word = ''] = match;
  const lines: string[] = [];
  let at = start + opening.length;
  while (at < source.text.length) {
    const lineEnd = source.text.indexOf('\n', at);
    const line = source.text.slice(at, lineEnd === -1 ? undefined : lineEnd);
    if (line.trim() === word) {
      const indent = line.slice(0, line.indexOf(word));
      return { value: joined(lines, indent, dash !== ''), end: at + indent.length + word.length };
    }
    lines.push(line);
    at = lineEnd === -1 ? source.text.length : lineEnd + 1;
  }
  throw syntaxError(source, start, `there is no line ${word} that ends this text`);
}

function joined(lines: readonly string[], indent: string, isIndented: boolean): string {
  const whole = lines.map((line) => `${line}\n`).join('');
  if (!isIndented) return whole + indent;
  if (!lines.every((line) => line.startsWith(indent))) return whole;
  return lines.map((line) => `${line.slice(indent.length)}\n`).join('');
}
