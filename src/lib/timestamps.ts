const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970 of an RFC 3339 time with any number of decimals, as Docker writes it; 0 for anything else. */
export function parseTimestampMs(text: string): number {
  // On its own `Date.parse` finds a date in almost anything: `1` would be in 2001.
  if (!RFC_3339.test(text)) return 0;
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}

/** RFC 3339 in UTC with milliseconds: texts of two times compare as the times do. */
export function formatTimestamp(ms: number): string {
  return new Date(ms).toISOString();
}
