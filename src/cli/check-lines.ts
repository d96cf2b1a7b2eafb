import type { CheckReport } from '../app-check.ts';
import { counted } from './printable.ts';

type Problem = CheckReport['problems'][number];

/** More of a line than fits a screen is cut, around the place. */
const MAX_EXCERPT = 100;

/** A report for people: problems with their places, then what the template calls and reads. */
export function checkLines(name: string, report: CheckReport): readonly string[] {
  const { problems, functions, needs, dependent, warnings, output } = report;
  const reads = [...needs, ...dependentReads(dependent)];
  return [
    ...problems.flatMap((problem) => [...problemLines(name, problem), '']),
    ...warnings.map((warning) => `${name}: warning: ${warning}`),
    ...(functions.length === 0 ? [] : [`calls  ${functions.join(', ')}`]),
    ...reads.map((read, i) => `${i === 0 ? 'reads' : '     '}  ${read}`),
    ...(output === undefined
      ? []
      : [`gives  ${counted(output.split('\n').length - 1, 'line')}, ${counted(byteLengthOf(output), 'byte')}`]),
    `${name}: ${problems.length === 0 ? 'no problems' : counted(problems.length, 'problem')}`,
  ];
}

function byteLengthOf(text: string): number {
  return new TextEncoder().encode(text).length;
}

function dependentReads(dependent: CheckReport['dependent']): readonly string[] {
  return dependent.map(({ line, function: name }) => `${name} … (line ${line}: what, depends on data)`);
}

function problemLines(name: string, { message, line, column, excerpt, hint }: Problem): readonly string[] {
  const place = line === undefined ? '' : `:${line}${column === undefined ? '' : `:${column + 1}`}`;
  const shown = excerpt === undefined || column === undefined ? [] : caretLines(String(line), excerpt, column);
  return [`${name}${place}: ${message}`, ...shown, ...(hint === undefined ? [] : [`  ${hint}`])];
}

/** The line, and a caret under its place. A tab is shown as one blank, so that the caret stands right. */
function caretLines(line: string, excerpt: string, column: number): readonly string[] {
  const start = Math.max(0, Math.min(column - MAX_EXCERPT / 2, excerpt.length - MAX_EXCERPT));
  const part = excerpt.slice(start, start + MAX_EXCERPT).replaceAll('\t', ' ');
  return [`  ${line} | ${part}`, `  ${' '.repeat(line.length)} | ${' '.repeat(column - start)}^`];
}
