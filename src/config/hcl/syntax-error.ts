import { PortolanError } from '../../lib/errors.ts';

/** A text and what messages call it. */
export interface SourceText {
  readonly name: string;
  readonly text: string;
}

const MAX_SHOWN = 100;

/** `CONFIG_INVALID`: `app.hcl:3:7: …`, with the line itself and a caret below the place. */
export function syntaxError({ name, text }: SourceText, offset: number, rule: string): PortolanError {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  const lineStart = before.lastIndexOf('\n') + 1;
  const shown = (text.slice(lineStart).split(/\r?\n/, 1)[0] ?? '').replaceAll('\t', ' ').slice(0, MAX_SHOWN);
  const column = offset - lineStart + 1;
  const caret = column <= MAX_SHOWN + 1 ? `\n    ${' '.repeat(column - 1)}^` : '';
  return new PortolanError('CONFIG_INVALID', `${name}:${line}:${column}: ${rule}\n    ${shown}${caret}`);
}
