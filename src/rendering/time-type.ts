import { bytesOf, type GoType, goMethod, goType, namedType, structType } from '../template/index.ts';
import { type CivilDay, civilDay, daysSince1970 } from './calendar.ts';
import { durationText } from './go-duration.ts';
import { formatTime, type GoTime } from './go-time.ts';

const DEFAULT_LAYOUT = '2006-01-02 15:04:05.999999999 -0700 MST';
const RFC_3339 = '2006-01-02T15:04:05.999999999Z07:00';
const BILLION = 1_000_000_000n;
const MIN_DURATION = -(2n ** 63n);
const MAX_DURATION = 2n ** 63n - 1n;
const SECONDS_TO_1970 = 62_135_596_800;

const enumeration = (name: string, layout: string, timeOf: (value: number) => number): GoType =>
  namedType(name, goType('int'), {
    String: goMethod('func() string', (value: number) => formatTime({ ...ZERO_TIME, seconds: timeOf(value) }, layout)),
  });

/** `time.Time{}`: the first moment of the year 1. */
export const ZERO_TIME: GoTime = { seconds: -SECONDS_TO_1970, nanoseconds: 0, offsetSeconds: 0, zone: 'UTC' };

/** `time.Duration` as templates see it. */
export const durationType = namedType('time.Duration', goType('int64'), {
  Hours: goMethod('func() float64', (value: bigint) => inUnits(value, 3_600n * BILLION)),
  Microseconds: goMethod('func() int64', (value: bigint) => value / 1_000n),
  Milliseconds: goMethod('func() int64', (value: bigint) => value / 1_000_000n),
  Minutes: goMethod('func() float64', (value: bigint) => inUnits(value, 60n * BILLION)),
  Nanoseconds: goMethod('func() int64', (value: bigint) => value),
  Seconds: goMethod('func() float64', (value: bigint) => inUnits(value, BILLION)),
  String: goMethod('func() string', durationText),
});

const parts = {
  'time.Duration': durationType,
  'time.Month': enumeration('time.Month', 'January', (month) => daysSince1970(2000, month, 1) * 86_400),
  // 2 January 2000 was a Sunday.
  'time.Weekday': enumeration('time.Weekday', 'Monday', (day) => daysSince1970(2000, 1, 2 + day) * 86_400),
};

const timeOfDay = (unit: number, count: number) =>
  goMethod('func() int', (time: GoTime) => {
    const units = Math.floor(localSeconds(time) / unit);
    return units - Math.floor(units / count) * count;
  });

const dateOf = (part: keyof CivilDay) => goMethod('func() int', (time: GoTime) => dayOf(time)[part]);

const plainType = structType<GoTime>(
  'time.Time',
  {
    wall: { type: goType('uint64'), get: ({ nanoseconds }) => nanoseconds },
    ext: { type: goType('int64'), get: ({ seconds }) => seconds + SECONDS_TO_1970 },
    loc: { type: goType('string'), get: ({ zone }) => zone },
  },
  {
    Day: dateOf('day'),
    Format: goMethod('func(string) string', formatTime),
    Hour: timeOfDay(3_600, 24),
    IsZero: goMethod('func() bool', (time: GoTime) => nanosecondsOf(time) === nanosecondsOf(ZERO_TIME)),
    MarshalJSON: goMethod('func() ([]uint8, error)', (time: GoTime) => bytesOf(`"${formatTime(time, RFC_3339)}"`)),
    MarshalText: goMethod('func() ([]uint8, error)', (time: GoTime) => bytesOf(formatTime(time, RFC_3339))),
    Minute: timeOfDay(60, 60),
    Month: goMethod('func() time.Month', (time: GoTime) => dayOf(time).month, parts),
    Nanosecond: goMethod('func() int', ({ nanoseconds }: GoTime) => nanoseconds),
    Second: timeOfDay(1, 60),
    String: goMethod('func() string', (time: GoTime) => formatTime(time, DEFAULT_LAYOUT)),
    Unix: goMethod('func() int64', ({ seconds }: GoTime) => seconds),
    UnixMicro: goMethod('func() int64', (time: GoTime) => floorDivided(nanosecondsOf(time), 1_000n)),
    UnixMilli: goMethod('func() int64', (time: GoTime) => floorDivided(nanosecondsOf(time), 1_000_000n)),
    UnixNano: goMethod('func() int64', nanosecondsOf),
    Weekday: goMethod('func() time.Weekday', (time: GoTime) => dayOf(time).weekday, parts),
    Year: dateOf('year'),
    YearDay: dateOf('dayOfYear'),
  },
);

const methods = new Map(plainType.methods);

/** `time.Time` as templates see it: the methods that need no location. Source: Go 1.26, `time`. */
export const timeType = { ...plainType, methods };

const names = { ...parts, 'time.Time': timeType };
const compared = (isMet: (order: bigint) => boolean) =>
  goMethod('func(time.Time) bool', (a: GoTime, b: GoTime) => isMet(nanosecondsOf(a) - nanosecondsOf(b)), names);

// These speak of the type itself, so it must be there before them.
for (const [name, method] of Object.entries({
  Add: goMethod('func(time.Duration) time.Time', timeAfter, names),
  After: compared((order) => order > 0n),
  Before: compared((order) => order < 0n),
  Equal: compared((order) => order === 0n),
  Sub: goMethod('func(time.Time) time.Duration', durationBetween, names),
  UTC: goMethod('func() time.Time', (time: GoTime) => ({ ...time, offsetSeconds: 0, zone: 'UTC' }), names),
})) {
  methods.set(name, method);
}

/** A moment so many nanoseconds later. */
export function timeAfter(time: GoTime, nanoseconds: bigint): GoTime {
  const all = nanosecondsOf(time) + nanoseconds;
  const seconds = floorDivided(all, BILLION);
  return { ...time, seconds: Number(seconds), nanoseconds: Number(all - seconds * BILLION) };
}

/** Nanoseconds from the second to the first, as far as 64 bits reach. Source: Go's `Time.Sub`. */
export function durationBetween(a: GoTime, b: GoTime): bigint {
  const nanoseconds = nanosecondsOf(a) - nanosecondsOf(b);
  if (nanoseconds < MIN_DURATION) return MIN_DURATION;
  return nanoseconds > MAX_DURATION ? MAX_DURATION : nanoseconds;
}

/** Whole units and the rest, each a float. Source: Go's `Duration.Hours`. */
function inUnits(nanoseconds: bigint, unit: bigint): number {
  return Number(nanoseconds / unit) + Number(nanoseconds % unit) / Number(unit);
}

function nanosecondsOf({ seconds, nanoseconds }: GoTime): bigint {
  return BigInt(seconds) * BILLION + BigInt(Math.trunc(nanoseconds));
}

function localSeconds({ seconds, offsetSeconds }: GoTime): number {
  return seconds + offsetSeconds;
}

function dayOf(time: GoTime): CivilDay {
  return civilDay(Math.floor(localSeconds(time) / 86_400));
}

function floorDivided(value: bigint, by: bigint): bigint {
  const quotient = value / by;
  return value % by < 0n ? quotient - 1n : quotient;
}
