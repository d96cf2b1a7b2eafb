// Everything: the checks, the image, and all tests. The last line tells how many passed and failed.
import { CHECKS, type Counts, failures, vitest } from './steps.ts';

const failedSteps = await failures([...CHECKS, ['node', 'scripts/image.ts']]);
const counts: Counts[] = [await vitest('unit'), await vitest('conformance')];
// The cluster has Docker engines and a network of its own, and waits most of the time.
counts.push(...(await Promise.all([vitest('integration'), vitest('cluster', [], 'at the end')])));
counts.push(await vitest('e2e'), await vitest('torture'));
const sum = (of: (counts: Counts) => number): number => counts.reduce((total, one) => total + of(one), 0);
const passed = sum((one) => one.passed);
const failed = failedSteps + sum((one) => one.failed);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
