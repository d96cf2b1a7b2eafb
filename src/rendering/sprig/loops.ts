import { goFunction } from '../../template/index.ts';

/** More numbers than this are a mistake that would take all memory. */
const MAX_COUNT = 10_000_000;

/** Rows of integers. Source: sprig v3.3.0, `numeric.go`. Differs: a row longer than ten million is an error. */
export const loopFunctions = {
  /** As the command `seq`: from, step, to, of which the first two may be left out. */
  seq: goFunction('func(...int) string', (...params: number[]) => sequence(params).join(' ')),
  until: goFunction('func(int) []int', (end: number) => numbersUntil(0, end, end < 0 ? -1 : 1)),
  untilStep: goFunction('func(int, int, int) []int', numbersUntil),
};

/** The end is not among them; a step in the wrong direction gives none. */
function numbersUntil(start: number, end: number, step: number): readonly number[] {
  const isDown = end < start;
  if (isDown ? step >= 0 : step <= 0) return [];
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > MAX_COUNT) throw new Error(`a row of ${count} numbers is too long: the limit is ${MAX_COUNT}`);
  return Array.from({ length: count }, (_, index) => start + index * step);
}

/** Here the end is among them. */
function sequence(params: readonly number[]): readonly number[] {
  if (params.length === 0 || params.length > 3) return [];
  const start = params.length === 1 ? 1 : (params[0] ?? 0);
  const end = params.at(-1) ?? 0;
  const direction = end < start ? -1 : 1;
  const step = params.length === 3 ? (params[1] ?? 0) : direction;
  return direction < 0 && step > 0 ? [] : numbersUntil(start, end + direction, step);
}
