import type { CheckStatus } from '../domain/service.ts';
import { parseDuration, parseGoDuration } from '../lib/durations.ts';
import type { RawField, Warn } from './check-fields.ts';

/** Longer texts are no durations, and would only take time to read. */
const MAX_DURATION_LENGTH = 64;
/** Consul takes 0 for missing; Go cuts off what is below 1 ns. */
const SHORTEST_MS = 1;
/** Go counts nanoseconds in 64 bits, so 292 years; a little less is on the safe side of rounding. */
const LONGEST_MS = 9e12;
/** More results in a row than this would hide a failure for hours. */
const MAX_COUNT = 1_000;

type Raw = RawField | undefined;

/** Below this duration Consul counts as if it were this one. */
interface Minimum {
  readonly ms: number;
  readonly text: string;
}

/** A positive duration in the user's own words if Go reads them, `30` as `30s`. `instead`: what happens to a bad one. */
export function durationValue(raw: Raw, instead: string, warn: Warn, minimum?: Minimum): string | undefined {
  if (raw === undefined) return undefined;
  const { text } = raw;
  const ms = text.length > MAX_DURATION_LENGTH ? undefined : parseDuration(text, 's');
  if (ms === undefined || ms < SHORTEST_MS || ms > LONGEST_MS) {
    warn(raw, `is no duration such as 10s or 1m30s; ${instead}`);
    return undefined;
  }
  if (minimum !== undefined && ms < minimum.ms) {
    warn(raw, `is less than ${minimum.text}, for which Consul takes it`);
  }
  return parseGoDuration(text) === undefined ? `${text}s` : text;
}

/** One of the three things that a check can say, in any case. */
export function statusValue(raw: Raw, instead: string, warn: Warn): CheckStatus | undefined {
  const status = raw?.text.toLowerCase();
  if (status === undefined || status === 'passing' || status === 'warning' || status === 'critical') return status;
  if (raw !== undefined) warn(raw, `is none of passing, warning and critical; ${instead}`);
  return undefined;
}

/** How many results in a row. */
export function countValue(raw: Raw, warn: Warn): number | undefined {
  if (raw === undefined) return undefined;
  if (/^\d{1,4}$/.test(raw.text) && Number(raw.text) <= MAX_COUNT) return Number(raw.text);
  warn(raw, `is no whole number from 0 to ${MAX_COUNT}; it is left out`);
  return undefined;
}

export function methodValue(raw: Raw, warn: Warn): string | undefined {
  const method = raw?.text.toUpperCase();
  if (method === undefined || /^[A-Z]{1,20}$/.test(method)) return method;
  if (raw !== undefined) warn(raw, 'is no HTTP method; GET is used instead');
  return undefined;
}

/** A name, or anything else of one line. */
export function lineValue(raw: Raw, instead: string, warn: Warn): string | undefined {
  if (raw === undefined) return undefined;
  const problem = lineProblem(raw.text);
  if (problem === undefined) return raw.text;
  warn(raw, `${problem}; ${instead}`);
  return undefined;
}

export function lineProblem(text: string): string | undefined {
  if (/\p{Cc}/u.test(text)) return 'has control characters';
  return text.length > 255 ? 'is longer than 255 characters' : undefined;
}

/** Text for people, of several lines perhaps. */
export function notesValue(raw: Raw, warn: Warn): string | undefined {
  if (raw === undefined || (raw.text.length <= 4_096 && !/[^\t\r\n\P{Cc}]/u.test(raw.text))) return raw?.text;
  warn(raw, 'is longer than 4096 characters or has control characters; it is left out');
  return undefined;
}

type Given<T> = { [K in keyof T]?: Exclude<T[K], undefined> };

/** Only the fields that have a value. */
export function given<T extends object>(fields: T): Given<T> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Given<T>;
}
