import { randomInt } from 'node:crypto';
import { goFunction } from '../../template/index.ts';
import { runesOf } from './runes.ts';

/** What chance decides: each evaluation may give another text. Source: sprig v3.3.0, `functions.go`. */
export const randomFunctions = {
  randInt: goFunction('func(int, int) int', (least: number, end: number) => {
    if (end <= least) throw new Error('invalid argument to Intn');
    return least + randomBelow(end - least);
  }),
  shuffle: goFunction('func(string) string', (text: string) => {
    const runes = [...runesOf(text)];
    for (let i = runes.length - 1; i > 0; i--) {
      const other = randomBelow(i + 1);
      [runes[i], runes[other]] = [runes[other] ?? '', runes[i] ?? ''];
    }
    return runes.join('');
  }),
};

/** The generator takes at most 48 bits. */
function randomBelow(count: number): number {
  return randomInt(Math.min(count, 2 ** 48 - 1));
}
