import type { GoFunction } from '../../template/index.ts';
import { sprigFunctions } from '../sprig/functions.ts';
import { CONSUL_FUNCTIONS } from './consul.ts';
import { EXPLODE_FUNCTIONS } from './explode.ts';
import { GROUPING_FUNCTIONS } from './grouping.ts';
import { HELPER_FUNCTIONS } from './helpers.ts';
import { KEY_FUNCTIONS } from './keys.ts';
import { REFUSED_FUNCTIONS } from './refused.ts';
import { SURROUNDINGS_FUNCTIONS } from './surroundings.ts';

/** All that templates can call beside the builtins of the language. */
export const ALL_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  ...sprigFunctions,
  ...REFUSED_FUNCTIONS,
  ...HELPER_FUNCTIONS,
  ...CONSUL_FUNCTIONS,
  ...KEY_FUNCTIONS,
  ...SURROUNDINGS_FUNCTIONS,
  ...GROUPING_FUNCTIONS,
  ...EXPLODE_FUNCTIONS,
};
