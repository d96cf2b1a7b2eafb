import { errorMessage } from '../../src/lib/errors.ts';
import type { ConformanceCase } from './suite.ts';

/** What became of a case. */
export type Outcome = { readonly name: string; readonly messageAgrees?: boolean } & (
  | { readonly kind: 'passed' }
  | { readonly kind: 'failed'; readonly difference: readonly string[] }
  | { readonly kind: 'skipped'; readonly reason: string }
);

/** So many at a time: some run a program, and wait most of their time. */
const MAX_IN_FLIGHT = 4;

/** Judges the cases, a few at a time; the outcomes are in the order of the cases. Never rejects. */
export async function judgeAll(cases: readonly ConformanceCase[]): Promise<readonly Outcome[]> {
  const outcomes: Outcome[] = [];
  const waiting = [...cases.entries()].toReversed();
  const worker = async (): Promise<void> => {
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) outcomes[next[0]] = await judge(next[1]);
  };
  await Promise.all(Array.from({ length: MAX_IN_FLIGHT }, worker));
  return outcomes;
}

async function judge(one: ConformanceCase): Promise<Outcome> {
  const { name, skipped } = one;
  if (skipped !== undefined) return { name, kind: 'skipped', reason: skipped };
  try {
    const difference = await one.judge();
    const agrees = one.messageAgrees?.();
    const message = agrees === undefined ? {} : { messageAgrees: agrees };
    return difference.length === 0
      ? { name, kind: 'passed', ...message }
      : { name, kind: 'failed', difference, ...message };
  } catch (error) {
    return { name, kind: 'failed', difference: [`cannot be replayed: ${errorMessage(error)}`] };
  }
}

/**
 * The report: skipped cases with their reason, failed ones with what differs, how many error messages agree where any
 * were compared, and last of all the numbers.
 */
export function reportLines(outcomes: readonly Outcome[]): readonly string[] {
  const skipped = outcomes.filter(({ kind }) => kind === 'skipped');
  const failed = outcomes.filter(({ kind }) => kind === 'failed');
  const passed = outcomes.length - skipped.length - failed.length;
  const last = `${passed} passed, ${failed.length} failed`;
  return [...[...skipped, ...failed].flatMap(linesOf), ...messageLines(outcomes), last];
}

function messageLines(outcomes: readonly Outcome[]): readonly string[] {
  const compared = outcomes.filter(({ messageAgrees }) => messageAgrees !== undefined);
  const agreeing = compared.filter(({ messageAgrees }) => messageAgrees);
  return compared.length === 0 ? [] : [`${agreeing.length} of ${compared.length} error messages agree`];
}

function linesOf(outcome: Outcome): readonly string[] {
  switch (outcome.kind) {
    case 'passed':
      return [];
    case 'skipped':
      return [`skipped ${outcome.name}: ${outcome.reason}`];
    case 'failed':
      return [`FAILED  ${outcome.name}`, ...outcome.difference.map((line) => `          ${line}`)];
  }
}
