// The random and the long tests at full size. TORTURE_RUNS says how many schedules and calamities, TORTURE_SEED plays one of
// each again. The last line tells how many tests passed and failed.
import { type Counts, failures, vitest } from './steps.ts';

process.env['TORTURE_SIZE'] = 'full';
const isReplay = Boolean(process.env['TORTURE_SEED']);
const counts: Counts[] = [{ passed: 0, failed: await failures([['node', 'scripts/image.ts']]) }];
if (isReplay) counts.push(await vitest('torture', ['--testNamePattern', 'seed ']));
else counts.push(await vitest('torture'), await vitest('e2e', ['failures-']), await vitest('cluster'));
const passed = counts.reduce((total, one) => total + one.passed, 0);
const failed = counts.reduce((total, one) => total + one.failed, 0);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
