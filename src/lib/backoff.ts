/** How long to wait before trying again: grows by doubling, never above `maxMs`. */
export interface BackoffOptions {
  readonly minMs: number;
  readonly maxMs: number;
}

/**
 * The delay in milliseconds before attempt `attempt + 1`, after `attempt` failures in a row (1, 2, …).
 *
 * @param random a number in [0, 1): the delay lies between half and the whole of its bound, so that many processes
 * that failed together do not come back together.
 */
export function backoffMs(attempt: number, { minMs, maxMs }: BackoffOptions, random: number): number {
  const bound = Math.min(maxMs, minMs * 2 ** Math.min(attempt - 1, 30));
  return Math.round(bound * (0.5 + random / 2));
}
