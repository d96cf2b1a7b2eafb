// What the demo prints: headings, commands as one would type them, and what they gave.

const isTerminal = process.stdout.isTTY;
const bold = (text: string): string => (isTerminal ? `\u001B[1m${text}\u001B[0m` : text);
const dim = (text: string): string => (isTerminal ? `\u001B[2m${text}\u001B[0m` : text);

let steps = 0;

export function heading(text: string): void {
  steps += 1;
  console.log(`\n${bold(`${steps}. ${text}`)}`);
}

export function command(text: string): void {
  console.log(dim(`   $ ${text}`));
}

export function output(text: string): void {
  for (const line of text.trimEnd().split('\n')) console.log(`   ${line}`);
}

export function note(text: string): void {
  console.log(text === '' ? '' : `   ${text}`);
}
