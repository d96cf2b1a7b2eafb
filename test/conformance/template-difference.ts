import type { Outcome } from './gotemplate-case.ts';

/** What another program made of a template and Portolan does not, in lines for people: an output, or a kind of error. */
export function templateDifference(program: string, recorded: Outcome, evaluated: Outcome): readonly string[] {
  const isSame =
    'output' in recorded
      ? 'output' in evaluated && recorded.output === evaluated.output
      : 'category' in evaluated && recorded.category === evaluated.category;
  if (isSame) return [];
  const width = Math.max(program.length, 'Portolan'.length) + 2;
  return [`${program.padEnd(width)}${wordsOf(recorded)}`, `${'Portolan'.padEnd(width)}${wordsOf(evaluated)}`];
}

function wordsOf(outcome: Outcome): string {
  return 'output' in outcome ? JSON.stringify(outcome.output) : `${outcome.category}: ${outcome.message}`;
}
