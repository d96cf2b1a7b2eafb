const UNIT_MS: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
};

/** Go counts nanoseconds in 64 bits; whoever it is passed on to (Consul) refuses more. */
const LIMIT_MS = 2 ** 63 / 1e6;

/**
 * Milliseconds of a duration as Go writes it (`1m30s`, `250ms`, `1.5h`, `-2s`, `0`), or `undefined` for anything else.
 * Source: Go's `time.ParseDuration`.
 */
export function parseGoDuration(text: string): number | undefined {
  const match = /^([+-]?)((?:(?:\d+\.?\d*|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+)$/.exec(text);
  if (/^[+-]?0$/.test(text)) return 0;
  if (match === null) return undefined;
  let ms = 0;
  for (const [, amount, unit] of (match[2] ?? '').matchAll(/([\d.]+)([a-zµμ]+)/g)) {
    ms += Number(amount) * (UNIT_MS[unit ?? ''] ?? Number.NaN);
  }
  if (ms >= LIMIT_MS) return undefined;
  return match[1] === '-' ? 0 - ms : ms;
}

/**
 * Milliseconds of a duration in which a bare number counts as `bareUnit`, as in registrator's flags.
 * `undefined` when the text is neither.
 */
export function parseDuration(text: string, bareUnit: 'ms' | 's'): number | undefined {
  return /^[+-]?\d+(\.\d+)?$/.test(text) ? parseGoDuration(`${text}${bareUnit}`) : parseGoDuration(text);
}

/** The shortest Go form in whole units of a non-negative number of milliseconds: `90s`, `250ms`, `5m`. */
export function formatDuration(ms: number): string {
  if (ms >= 3_600_000 && ms % 3_600_000 === 0) return `${ms / 3_600_000}h`;
  if (ms >= 60_000 && ms % 60_000 === 0) return `${ms / 60_000}m`;
  return ms >= 1_000 && ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.round(ms)}ms`;
}
