import { contextFunction, type GoFunction } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { formatTime, utcTime } from '../go-time.ts';

const RFC_3339 = '2006-01-02T15:04:05Z07:00';

/** The time of the evaluation, in UTC. Source: consul-template v0.42.1, `timestamp`. */
export const TIME_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  timestamp: contextFunction(
    'func(...string) (string, error)',
    ({ nowMs }: Evaluation, ...layouts: readonly string[]) => {
      const [layout = RFC_3339] = layouts;
      if (layouts.length > 1) {
        throw new Error(`timestamp: wrong number of arguments, expected 0 or 1, but got ${layouts.length}`);
      }
      return layout === 'unix' ? String(Math.floor(nowMs / 1000)) : formatTime(utcTime(nowMs), layout);
    },
  ),
};
