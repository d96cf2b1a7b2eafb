import type { GoFunction } from '../../template/index.ts';
import { conversionFunctions } from './conversions.ts';
import { dateFunctions } from './dates.ts';
import { defaultFunctions } from './defaults.ts';
import { dictFunctions } from './dicts.ts';
import { encodingFunctions } from './encoding.ts';
import { floatFunctions } from './floats.ts';
import { hashFunctions } from './hashes.ts';
import { jsonFunctions } from './json.ts';
import { layoutFunctions } from './layout.ts';
import { letterCaseFunctions } from './letter-case.ts';
import { listFunctions } from './lists.ts';
import { loopFunctions } from './loops.ts';
import { mathFunctions } from './math.ts';
import { pathFunctions } from './paths.ts';
import { quotingFunctions } from './quoting.ts';
import { randomFunctions } from './randomness.ts';
import { reflectionFunctions } from './reflection.ts';
import { refusedFunctions } from './refused.ts';
import { regexFunctions } from './regexes.ts';
import { semverFunctions } from './semver.ts';
import { stringListFunctions } from './string-lists.ts';
import { stringFunctions } from './strings.ts';
import { urlFunctions } from './urls.ts';
import { wordCaseFunctions } from './word-case.ts';

const functions: Readonly<Record<string, GoFunction>> = {
  ...conversionFunctions,
  ...dateFunctions,
  ...defaultFunctions,
  ...dictFunctions,
  ...encodingFunctions,
  ...floatFunctions,
  ...hashFunctions,
  ...jsonFunctions,
  ...layoutFunctions,
  ...letterCaseFunctions,
  ...listFunctions,
  ...loopFunctions,
  ...mathFunctions,
  ...pathFunctions,
  ...quotingFunctions,
  ...randomFunctions,
  ...reflectionFunctions,
  ...refusedFunctions,
  ...regexFunctions,
  ...semverFunctions,
  ...stringListFunctions,
  ...stringFunctions,
  ...urlFunctions,
  ...wordCaseFunctions,
};

/**
 * sprig v3.3.0 as consul-template v0.42.1 has it: `HermeticTxtFuncMap`, which leaves out what reads the clock, the
 * environment or the network, under the prefix `sprig_`.
 */
export const sprigFunctions: Readonly<Record<string, GoFunction>> = Object.fromEntries(
  Object.entries(functions).map(([name, called]) => [`sprig_${name}`, called]),
);
