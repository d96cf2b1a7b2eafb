import { parseArgs } from 'node:util';
import { errorMessage } from '../../src/lib/errors.ts';
import { judgeAll, reportLines } from './outcomes.ts';
import type { ConformanceCase, Suite } from './suite.ts';

export interface ConformanceTools {
  readonly suites: ReadonlyMap<string, Suite>;
  /** Throws when there is no such file. */
  readonly readFile: (path: string) => string;
  /** Takes whole lines. */
  readonly print: (text: string) => void;
}

const USAGE = 'usage: npm run conformance -- SUITE FILE [--only NAME]';
const EXIT = { ok: 0, failed: 1, usage: 2 } as const;

/** `npm run conformance`: holds Portolan against the recordings of a file. Resolves to the exit code. */
export async function runConformance(args: readonly string[], tools: ConformanceTools): Promise<number> {
  let wanted: Wanted;
  let end: (() => Promise<void>) | undefined;
  try {
    wanted = wantedCases(args, tools);
    end = await wanted.suite.prepare?.();
  } catch (error) {
    tools.print(`conformance: ${errorMessage(error)}\n`);
    return EXIT.usage;
  }
  const outcomes = await judgeAll(wanted.cases);
  await end?.();
  tools.print(`${reportLines(outcomes).join('\n')}\n`);
  return outcomes.some(({ kind }) => kind === 'failed') ? EXIT.failed : EXIT.ok;
}

interface Wanted {
  readonly suite: Suite;
  readonly cases: readonly ConformanceCase[];
}

function wantedCases(args: readonly string[], { suites, readFile }: ConformanceTools): Wanted {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: { only: { type: 'string' } },
    allowPositionals: true,
  });
  const [name = '', file, ...rest] = positionals;
  if (file === undefined || rest.length > 0) throw new Error(USAGE);
  const suite = suites.get(name);
  if (suite === undefined) throw new Error(unknownSuite(name, suites));
  const cases = suite.parse(readFile(file));
  if (values.only === undefined) return { suite, cases };
  const only = cases.filter((one) => one.name === values.only);
  if (only.length === 0) throw new Error(`${file} has no case ${JSON.stringify(values.only)}`);
  return { suite, cases: only };
}

function unknownSuite(name: string, suites: ConformanceTools['suites']): string {
  return `there is no suite ${JSON.stringify(name)}; there are: ${[...suites.keys()].join(', ')}`;
}
