import { contextFunction, GoStruct, goFunction, integerOf, typeOf, type Value } from '../../template/index.ts';
import type { Evaluation } from '../evaluation.ts';
import { durationText, parseGoDuration } from '../go-duration.ts';
import { type GoTime, utcTime } from '../go-time.ts';
import { parseTime } from '../go-time-parser.ts';
import { durationBetween, timeAfter, timeType, ZERO_TIME } from '../time-type.ts';

const names = { 'time.Time': timeType };
const SECOND = 1_000_000_000n;
const UNITS = [
  ['y', 365n * 86_400n],
  ['mo', 30n * 86_400n],
  ['d', 86_400n],
  ['h', 3_600n],
  ['m', 60n],
  ['s', 1n],
] as const;

/** Moments and spans of time. Source: sprig v3.3.0, `date.go`. Differs: the local zone is UTC. */
export const dateFunctions = {
  ago: contextFunction('func(any) string', ({ nowMs }: Evaluation, value: Value) => ago(utcTime(nowMs), value)),
  duration: goFunction('func(any) string', duration),
  durationRound: contextFunction('func(any) string', ({ nowMs }: Evaluation, value: Value) =>
    roundedDuration(utcTime(nowMs), value),
  ),
  must_date_modify: goFunction('func(string, time.Time) (time.Time, error)', modified, names),
  mustDateModify: goFunction('func(string, time.Time) (time.Time, error)', modified, names),
  mustToDate: goFunction('func(string, string) (time.Time, error)', parseTime, names),
  toDate: goFunction(
    'func(string, string) time.Time',
    (layout: string, text: string) => orElse(ZERO_TIME, () => parseTime(layout, text)),
    names,
  ),
  unixEpoch: goFunction('func(time.Time) string', ({ seconds }: GoTime) => String(seconds), names),
};

/** How long ago a moment was, to the second; what is no moment is now. */
function ago(now: GoTime, value: Value): string {
  const nanoseconds = durationBetween(now, timeOf(value) ?? now);
  const half = nanoseconds < 0n ? -SECOND / 2n : SECOND / 2n;
  const seconds = (nanoseconds + half) / SECOND;
  const isTooLong = BigInt.asIntN(64, seconds * SECOND) !== seconds * SECOND;
  return durationText(isTooLong ? nanoseconds : seconds * SECOND);
}

/** Seconds since 1970 are a moment too. */
function timeOf(value: Value): GoTime | undefined {
  if (value instanceof GoStruct) return value.type === timeType ? (value.target as GoTime) : undefined;
  const { name } = typeOf(value);
  return name === 'int' || name === 'int64' ? utcTime(Number(integerOf(value)) * 1_000) : undefined;
}

/** Of seconds, as an `int64` or a text. */
function duration(value: Value): string {
  const seconds = typeof value === 'string' ? secondsOf(value) : typeof value === 'bigint' ? value : 0n;
  return durationText(BigInt.asIntN(64, seconds * SECOND));
}

/** What does not fit in 64 bits is the nearest that does, as in Go's `strconv.ParseInt`. */
function secondsOf(text: string): bigint {
  if (!/^[+-]?\d+$/.test(text)) return 0n;
  const seconds = BigInt(text.replace('+', ''));
  if (BigInt.asIntN(64, seconds) === seconds) return seconds;
  return seconds < 0n ? -(2n ** 63n) : 2n ** 63n - 1n;
}

/** In the largest unit that there is more than one of: `2h10m5s` is `2h`. */
function roundedDuration(now: GoTime, value: Value): string {
  const time = value instanceof GoStruct ? timeOf(value) : undefined;
  let nanoseconds = typeof value === 'bigint' ? value : 0n;
  if (typeof value === 'string') nanoseconds = orElse(0n, () => parseGoDuration(value));
  if (time !== undefined) nanoseconds = durationBetween(now, time);
  const all = nanoseconds < 0n ? -nanoseconds : nanoseconds;
  const [name, seconds] = UNITS.find(([, length]) => all > length * SECOND) ?? ['s', 1n];
  return all > SECOND ? `${all / (seconds * SECOND)}${name}` : '0s';
}

function modified(by: string, time: GoTime): GoTime {
  return timeAfter(time, parseGoDuration(by));
}

function orElse<T>(fallback: T, action: () => T): T {
  try {
    return action();
  } catch {
    return fallback;
  }
}
