import { registratorSuite } from './registrator/suite.ts';
import type { Suite } from './suite.ts';

/** Suites by the name that the command line gives them; `undefined` for those that wait for what they would test. */
export const SUITES: ReadonlyMap<string, Suite | undefined> = new Map([
  ['registrator', registratorSuite],
  ['gotemplate', undefined],
  ['consul-template', undefined],
]);
