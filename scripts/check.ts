// Everything that can be said of the sources in seconds: format, lint, types, unused code, and the unit tests with the
// rules about folders.
import { CHECKS, failures, vitest } from './steps.ts';

const failed = (await failures(CHECKS)) + (await vitest('unit')).failed;
process.exitCode = failed === 0 ? 0 : 1;
