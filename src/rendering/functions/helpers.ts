import type { GoFunction } from '../../template/index.ts';
import { ARITHMETIC_FUNCTIONS } from './arithmetic.ts';
import { DIGEST_FUNCTIONS } from './digests.ts';
import { DUMPING_FUNCTIONS } from './dumping.ts';
import { ENCODING_FUNCTIONS } from './encoding.ts';
import { LOOP_FUNCTIONS } from './loops.ts';
import { MEMBERSHIP_FUNCTIONS } from './membership.ts';
import { MERGING_FUNCTIONS } from './merging.ts';
import { NESTING_FUNCTIONS } from './nesting.ts';
import { PARSING_FUNCTIONS } from './parsing.ts';
import { SCRATCH_FUNCTIONS } from './scratch.ts';
import { TEXT_FUNCTIONS } from './texts.ts';
import { TIME_FUNCTIONS } from './times.ts';

/** consul-template's own functions, but for those that read the outside. */
export const HELPER_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  ...ARITHMETIC_FUNCTIONS,
  ...DIGEST_FUNCTIONS,
  ...DUMPING_FUNCTIONS,
  ...ENCODING_FUNCTIONS,
  ...LOOP_FUNCTIONS,
  ...MEMBERSHIP_FUNCTIONS,
  ...MERGING_FUNCTIONS,
  ...NESTING_FUNCTIONS,
  ...PARSING_FUNCTIONS,
  ...SCRATCH_FUNCTIONS,
  ...TEXT_FUNCTIONS,
  ...TIME_FUNCTIONS,
};
