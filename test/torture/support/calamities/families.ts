import type { Random } from '../../../support/random.ts';
import { confusion, emptyEverywhere, emptySomewhere, history, lessThanAll, noAnswers } from './injected.ts';
import { election, lostToken, restart, twice, wipe } from './real.ts';
import type { Calamity } from './stage.ts';

/** In such an order that of ten in a row none is missing, and the slow ones are spread. */
const FAMILIES: readonly ((random: Random) => Calamity)[] = [
  wipe,
  emptyEverywhere,
  restart,
  emptySomewhere,
  lostToken,
  history,
  twice,
  lessThanAll,
  election,
  (random) => random.pick([noAnswers, confusion])(random),
];

export function drawCalamity(seed: number, random: Random): Calamity {
  return (FAMILIES[seed % FAMILIES.length] as (typeof FAMILIES)[number])(random);
}
