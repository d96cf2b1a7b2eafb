import { consulTemplateSuite } from './consul-template/suite.ts';
import { goTemplateSuite } from './gotemplate-suite.ts';
import { registratorSuite } from './registrator/suite.ts';
import type { Suite } from './suite.ts';

/** Suites by the name that the command line gives them. */
export const SUITES: ReadonlyMap<string, Suite> = new Map([
  ['registrator', registratorSuite],
  ['gotemplate', goTemplateSuite],
  ['consul-template', consulTemplateSuite],
]);
