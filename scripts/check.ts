// Everything that can be said of the sources in seconds: format, lint, types, unused code, and the unit tests with the
// rules about folders.
import { CHECKS, step, vitest } from './steps.ts';

const checks = CHECKS.map((check) => step(check));
const { failed } = vitest('unit');
process.exitCode = checks.every(Boolean) && failed === 0 ? 0 : 1;
