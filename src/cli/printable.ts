/** Lines as text. What others wrote into the catalog can hold line ends and terminal codes: those are shown, not done. */
export function printable(lines: readonly string[]): string {
  return lines.map((line) => `${line.replaceAll(/[\p{Cc}\u2028\u2029]/gu, escape)}\n`).join('');
}

/** `1 service`, `2 services`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function escape(character: string): string {
  return `\\u${character.codePointAt(0)?.toString(16).padStart(4, '0')}`;
}
