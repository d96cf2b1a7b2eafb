/** `make torture` runs everything at full size, `make test` at one that fits its time. */
const isFullSize = process.env['TORTURE_SIZE'] === 'full';

export function sized<T>(small: T, full: T): T {
  return isFullSize ? full : small;
}

/**
 * The seeds of this run: those that TORTURE_SEED names, separated by commas, or TORTURE_RUNS in a row. `make test` always
 * tries the same ones, so that it fails only for a reason; `make torture` tries others each time.
 *
 * @param small how many `make test` tries.
 */
export function seeds(small = 5): readonly number[] {
  const { TORTURE_SEED: wanted, TORTURE_RUNS: runs } = process.env;
  if (wanted) return wanted.split(',').map(Number);
  const first = sized(1, Math.floor(Date.now() / 1_000));
  return Array.from({ length: Number(runs || sized(small, 100)) }, (_, i) => first + i);
}
