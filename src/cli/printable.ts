import { cut, escapeUnprintable } from '../lib/untrusted-text.ts';

/** Lines as text. What others wrote into the catalog can hold line ends and terminal codes: those are shown, not done. */
export function printable(lines: readonly string[]): string {
  return lines.map((line) => `${escapeUnprintable(line)}\n`).join('');
}

/** A name of others as part of a line: printable, and not longer than a line. */
export function brief(text: string): string {
  return escapeUnprintable(cut(text, MAX_NAME));
}

const MAX_NAME = 100;

/** `1 service`, `2 services`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
