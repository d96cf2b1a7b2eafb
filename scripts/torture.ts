// The random and the long tests at full size. TORTURE_RUNS says how many schedules, TORTURE_SEED plays one again. The last
// line tells how many tests passed and failed.
import { step, vitest } from './steps.ts';

process.env['TORTURE_SIZE'] = 'full';
const isReplay = Boolean(process.env['TORTURE_SEED']);
const isBuilt = step(['node', 'scripts/image.ts']);
const projects = isReplay
  ? [vitest('torture', 'schedules.spec.ts', '--testNamePattern', 'seed ')]
  : [vitest('torture'), vitest('e2e', 'failures-', 'cluster.spec.ts')];
const passed = projects.reduce((total, counts) => total + counts.passed, 0);
const failed = projects.reduce((total, counts) => total + counts.failed, isBuilt ? 0 : 1);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
