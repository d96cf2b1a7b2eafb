/** Milliseconds since 1970 of an RFC 3339 time with any number of decimals, as Docker writes it; 0 for anything else. */
export function parseTimestampMs(text: string): number {
  const ms = Date.parse(text.replace(/(\.\d{3})\d+/, '$1'));
  return Number.isNaN(ms) ? 0 : Math.max(0, ms);
}
