// Everything: the checks, the image, and all tests. The last line tells how many passed and failed.
import { CHECKS, type Counts, step, vitest } from './steps.ts';

const failedSteps = [...CHECKS, ['node', 'scripts/image.ts']].map((check) => step(check)).filter((isGood) => !isGood);
const projects = ['unit', 'conformance', 'integration', 'e2e', 'torture'].map((project) => vitest(project));
const sum = (of: (counts: Counts) => number): number => projects.reduce((total, counts) => total + of(counts), 0);
const passed = sum((counts) => counts.passed);
const failed = failedSteps.length + sum((counts) => counts.failed);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
