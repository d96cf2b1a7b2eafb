import { civilDay } from './calendar.ts';

/** A moment, and the zone that it is shown in. */
export interface GoTime {
  /** Since 1970, in UTC. */
  readonly seconds: number;
  /** Below a second. */
  readonly nanoseconds: number;
  /** How far the zone is ahead of UTC. */
  readonly offsetSeconds: number;
  /** What the zone is called; empty where it has no name. */
  readonly zone: string;
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** The parts of a layout that stand for something; all else is text. Source: Go's `time`, `nextStdChunk`. */
const LAYOUT_PARTS = new RegExp(
  [
    'January|Jan(?![a-z])|Monday|Mon(?![a-z])|MST|002|0[1-6]|15|1|2006|2|__2|_2(?!006)|3|4|5|PM|pm',
    '[-Z](?:070000|07:00:00|0700|07:00|07)|[.,](?:0+|9+)(?![0-9])',
  ].join('|'),
  'g',
);

/** A moment in UTC. `ms` since 1970. */
export function utcTime(ms: number): GoTime {
  const seconds = Math.floor(ms / 1000);
  return { seconds, nanoseconds: (ms - seconds * 1000) * 1_000_000, offsetSeconds: 0, zone: 'UTC' };
}

/** A moment by an example of how it looks: `2006-01-02 15:04:05`. Source: Go's `Time.Format`. */
export function formatTime(time: GoTime, layout: string): string {
  return layout.replace(LAYOUT_PARTS, (part) => formatPart(time, part));
}

/** A layout cut into its texts and its parts, by turns: text, part, text, … */
export function layoutParts(layout: string): readonly string[] {
  return layout.split(new RegExp(`(${LAYOUT_PARTS.source})`));
}

function formatPart(time: GoTime, part: string): string {
  if (/^[-Z]/.test(part)) return formatOffset(time, part);
  if (/^[.,]/.test(part)) return formatFraction(time, part);
  const { year, month, weekday } = civilDay(Math.floor((time.seconds + time.offsetSeconds) / 86_400));
  const { hour } = clockOf(time);
  switch (part) {
    case 'January':
      return MONTHS[month - 1] ?? '';
    case 'Jan':
      return (MONTHS[month - 1] ?? '').slice(0, 3);
    case 'Monday':
      return DAYS[weekday] ?? '';
    case 'Mon':
      return (DAYS[weekday] ?? '').slice(0, 3);
    case 'MST':
      return time.zone === '' ? shortOffset(time) : time.zone;
    case '2006':
      return `${year < 0 ? '-' : ''}${padded(Math.abs(year), 4)}`;
    case 'PM':
      return hour >= 12 ? 'PM' : 'AM';
    case 'pm':
      return hour >= 12 ? 'pm' : 'am';
    default:
      return formatNumber(time, part);
  }
}

/** Numbers: with one digit as short as can be, with a zero padded by zeros, with `_` by blanks. */
function formatNumber(time: GoTime, part: string): string {
  const { year, month, day, dayOfYear } = civilDay(Math.floor((time.seconds + time.offsetSeconds) / 86_400));
  const { hour, minute, second } = clockOf(time);
  const numbers: Readonly<Record<string, number>> = {
    ...{ 1: month, 2: day, 3: hour % 12 === 0 ? 12 : hour % 12, 4: minute, 5: second, 6: Math.abs(year) % 100 },
  };
  if (part === '15') return padded(hour, 2);
  if (part === '002') return padded(dayOfYear, 3);
  if (part === '__2') return String(dayOfYear).padStart(3);
  if (part === '_2') return String(day).padStart(2);
  return padded(numbers[part.slice(-1)] ?? 0, part.length);
}

function clockOf({ seconds, offsetSeconds }: GoTime): { hour: number; minute: number; second: number } {
  const ofDay = (((seconds + offsetSeconds) % 86_400) + 86_400) % 86_400;
  return { hour: Math.floor(ofDay / 3600), minute: Math.floor(ofDay / 60) % 60, second: ofDay % 60 };
}

function formatFraction({ nanoseconds }: GoTime, part: string): string {
  const digits = padded(Math.trunc(nanoseconds), 9)
    .slice(0, part.length - 1)
    .padEnd(part.length - 1, '0');
  if (part[1] === '0') return part.slice(0, 1) + digits;
  const short = digits.replace(/0+$/, '');
  return short === '' ? '' : part.slice(0, 1) + short;
}

function formatOffset({ offsetSeconds }: GoTime, part: string): string {
  if (part.startsWith('Z') && offsetSeconds === 0) return 'Z';
  const colon = part.includes(':') ? ':' : '';
  const [hours, minutes, seconds] = splitOffset(offsetSeconds);
  const count = part.replace(/[^0-9]/g, '').length / 2;
  const fields = [hours, minutes, seconds].slice(0, count).map((field) => padded(field, 2));
  return `${offsetSeconds < 0 ? '-' : '+'}${fields.join(colon)}`;
}

/** What stands for a name: `+0200`. */
function shortOffset(time: GoTime): string {
  return formatOffset(time, '-0700');
}

function splitOffset(offsetSeconds: number): readonly [hours: number, minutes: number, seconds: number] {
  const all = Math.abs(offsetSeconds);
  return [Math.trunc(all / 3600), Math.trunc(all / 60) % 60, all % 60];
}

function padded(value: number, width: number): string {
  return String(value).padStart(width, '0');
}
