// Runs programs one after another, with their time, and counts what vitest counted.
import { spawnSync } from 'node:child_process';
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

/** Runs a program and shows what it prints only when it fails, or always with `isShown`. */
export function step([program = '', ...args]: readonly string[], { isShown = false } = {}): boolean {
  const startMs = performance.now();
  const stdio = isShown ? 'inherit' : 'pipe';
  const { status, stdout, stderr, error } = spawnSync(program, args, { stdio, encoding: 'utf8' });
  const seconds = ((performance.now() - startMs) / 1_000).toFixed(1);
  const isGood = status === 0;
  if (!isGood) console.error(`${stdout ?? ''}${stderr ?? ''}${error?.message ?? ''}`.trim());
  console.log(`${isGood ? 'ok    ' : 'FAILED'} ${seconds.padStart(6)} s  ${[program, ...args].join(' ')}`);
  return isGood;
}

/** Runs one project of vitest, or the files of it whose paths contain one of `files`. A run that breaks counts as one failure. */
export function vitest(project: string, ...files: readonly string[]): Counts {
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
  const isGood = step(['vitest', ...args], { isShown: true });
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
