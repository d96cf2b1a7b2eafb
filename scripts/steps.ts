// Runs programs, with their time, and counts what vitest counted.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface Counts {
  readonly passed: number;
  readonly failed: number;
}

/** The checks that need nothing but the sources. */
export const CHECKS: readonly (readonly string[])[] = [
  ['biome', 'ci', '.'],
  ['oxlint', '--type-aware', '--deny-warnings'],
  ['tsc', '--project', '.'],
  ['knip', '--no-progress'],
];

/** When what a program prints is shown: as it comes, when it has ended, or only if it fails. */
type Shown = 'at once' | 'at the end' | 'if it fails';

/** Runs a program; whether it succeeds. */
export async function step([program = '', ...args]: readonly string[], shown: Shown = 'if it fails'): Promise<boolean> {
  const startMs = performance.now();
  const child = spawn(program, args, { stdio: ['inherit', ...outputs(shown)] });
  const printed: Buffer[] = [];
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => printed.push(chunk));
  const status = await once(child, 'close').then(
    ([code]: readonly unknown[]) => code,
    (error: unknown) => error,
  );
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  const isGood = status === 0;
  if (!isGood || shown === 'at the end') console.error(Buffer.concat(printed).toString().trim());
  if (status instanceof Error) console.error(status.message);
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s  ${[program, ...args].join(' ')}`);
  return isGood;
}

function outputs(shown: Shown): ['inherit' | 'pipe', 'inherit' | 'pipe'] {
  return shown === 'at once' ? ['inherit', 'inherit'] : ['pipe', 'pipe'];
}

/** Runs these one after another; how many fail. */
export async function failures(steps: readonly (readonly string[])[]): Promise<number> {
  let failed = 0;
  for (const one of steps) if (!(await step(one))) failed += 1;
  return failed;
}

/** Runs one project of vitest, or the files of it whose paths contain one of `files`. A run that breaks counts as one failure. */
export async function vitest(
  project: string,
  files: readonly string[] = [],
  shown: Shown = 'at once',
): Promise<Counts> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-vitest-'));
  const file = join(folder, 'report.json');
  const args = [
    'run',
    '--project',
    project,
    ...files,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
  ];
  const isGood = await step(['vitest', ...args], shown);
  let counts: Counts = { passed: 0, failed: 0 };
  try {
    const report = JSON.parse(readFileSync(file, 'utf8')) as { numPassedTests: number; numFailedTests: number };
    counts = { passed: report.numPassedTests, failed: report.numFailedTests };
  } catch {
    // No report: it broke before it could write one.
  }
  rmSync(folder, { recursive: true });
  return { passed: counts.passed, failed: isGood ? counts.failed : Math.max(1, counts.failed) };
}
