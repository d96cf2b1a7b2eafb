/** What is known of a time while it is read. */
export interface TimeReading {
  /** What is left of the text. */
  rest: string;
  year: number;
  month?: number;
  day?: number;
  yearDay?: number;
  hour: number;
  minute: number;
  second: number;
  nanoseconds: number;
  half?: 'AM' | 'PM';
  isUtc: boolean;
  offsetSeconds?: number;
  zone: string;
}

/** A part that the text does not have, or one that is out of range: then its name. */
export class PartFault {
  readonly outOfRange: string | undefined;

  constructor(outOfRange?: string) {
    this.outOfRange = outOfRange;
  }
}

const MONTHS = [
  ...['January', 'February', 'March', 'April', 'May', 'June'],
  ...['July', 'August', 'September', 'October', 'November', 'December'],
];
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const shorten = (names: readonly string[]): readonly string[] => names.map((name) => name.slice(0, 3));

/** What each part tells. */
const READERS: Readonly<Record<string, (reading: TimeReading) => Partial<TimeReading>>> = {
  '2006': (to) => ({ year: Number(take(to, /^\d{4}/)) }),
  '06': (to) => {
    const year = takeTwoDigits(to);
    return { year: year + (year >= 69 ? 1900 : 2000) };
  },
  January: (to) => ({ month: takeName(to, MONTHS) + 1 }),
  Jan: (to) => ({ month: takeName(to, shorten(MONTHS)) + 1 }),
  Monday: (to) => weekday(to, DAYS),
  Mon: (to) => weekday(to, shorten(DAYS)),
  '1': (to) => ({ month: inRange(takeNumber(to), 1, 12, 'month') }),
  '01': (to) => ({ month: inRange(takeTwoDigits(to), 1, 12, 'month') }),
  '2': (to) => ({ day: takeNumber(to) }),
  _2: (to) => ({ day: Number(take(to, /^ ?\d\d?/)) }),
  '02': (to) => ({ day: takeTwoDigits(to) }),
  __2: (to) => ({ yearDay: Number(take(to, /^ {0,2}\d{1,3}/)) }),
  '002': (to) => ({ yearDay: Number(take(to, /^\d{3}/)) }),
  '15': (to) => ({ hour: inRange(takeNumber(to), 0, 23, 'hour') }),
  '3': (to) => ({ hour: inRange(takeNumber(to), 0, 12, 'hour') }),
  '03': (to) => ({ hour: inRange(takeTwoDigits(to), 0, 12, 'hour') }),
  '4': (to) => ({ minute: inRange(takeNumber(to), 0, 59, 'minute') }),
  '04': (to) => ({ minute: inRange(takeTwoDigits(to), 0, 59, 'minute') }),
  '5': (to) => ({ second: inRange(takeNumber(to), 0, 59, 'second') }),
  '05': (to) => ({ second: inRange(takeTwoDigits(to), 0, 59, 'second') }),
  PM: (to) => ({ half: take(to, /^[AP]M/) as 'AM' | 'PM' }),
  pm: (to) => ({ half: take(to, /^[ap]m/).toUpperCase() as 'AM' | 'PM' }),
  MST: takeZone,
};

/** Reads what a part of a layout stands for. Throws a `PartFault`. Source: Go 1.26, `time`, `parse`. */
export function readPart(reading: TimeReading, part: string, next: string | undefined): void {
  if (/^[-Z]/.test(part)) takeOffset(reading, part);
  else if (/^[.,]/.test(part)) takeFraction(reading, part);
  else Object.assign(reading, READERS[part]?.(reading));
  // A fraction may follow seconds also where the layout has none.
  const isSecond = part === '5' || part === '05';
  if (isSecond && !/^[.,]/.test(next ?? '')) takeFraction(reading, '.9');
}

function take(reading: TimeReading, pattern: RegExp): string {
  const found = pattern.exec(reading.rest)?.[0];
  if (found === undefined) throw new PartFault();
  reading.rest = reading.rest.slice(found.length);
  return found;
}

function takeNumber(reading: TimeReading): number {
  return Number(take(reading, /^\d\d?/));
}

function takeTwoDigits(reading: TimeReading): number {
  return Number(take(reading, /^\d\d/));
}

function takeName(reading: TimeReading, names: readonly string[]): number {
  const { rest } = reading;
  const index = names.findIndex((name) => rest.slice(0, name.length).toLowerCase() === name.toLowerCase());
  if (index < 0) throw new PartFault();
  reading.rest = rest.slice(names[index]?.length);
  return index;
}

/** It is checked for being one, but tells nothing. */
function weekday(reading: TimeReading, names: readonly string[]): Partial<TimeReading> {
  takeName(reading, names);
  return {};
}

function inRange(value: number, least: number, most: number, name: string): number {
  if (value < least || value > most) throw new PartFault(name);
  return value;
}

/** With zeros in the layout the digits must be that many, with nines any number will do, and none too. */
function takeFraction(reading: TimeReading, part: string): void {
  const isExact = part[1] === '0';
  const found = isExact
    ? take(reading, new RegExp(`^[.,]\\d{${part.length - 1}}`))
    : /^[.,]\d+/.exec(reading.rest)?.[0];
  if (found === undefined) return;
  if (!isExact) reading.rest = reading.rest.slice(found.length);
  reading.nanoseconds = Number(found.slice(1, 10).padEnd(9, '0'));
}

function takeOffset(reading: TimeReading, part: string): void {
  if (part.startsWith('Z') && reading.rest.startsWith('Z')) {
    take(reading, /^Z/);
    reading.isUtc = true;
    return;
  }
  const pattern = part.slice(1).replaceAll(/\d\d/g, '(\\d\\d)');
  const [all, sign, hours = 0, minutes = 0, seconds = 0] = new RegExp(`^([+-])${pattern}`).exec(reading.rest) ?? [];
  if (all === undefined) throw new PartFault();
  reading.rest = reading.rest.slice(all.length);
  inRange(Number(hours), 0, 24, 'time zone offset hour');
  inRange(Number(minutes), 0, 60, 'time zone offset minute');
  inRange(Number(seconds), 0, 60, 'time zone offset second');
  const offset = (Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds);
  reading.offsetSeconds = sign === '-' ? -offset : offset;
}

/** A name of three letters, or of up to five if it ends in T; or hours. Source: Go's `parseTimeZone`. */
function takeZone(reading: TimeReading): Partial<TimeReading> {
  if (reading.rest.startsWith('UTC')) {
    take(reading, /^UTC/);
    return { isUtc: true };
  }
  const hours = '[+-]0*(?:1?\\d|2[0-3])(?!\\d)';
  const named = 'ChST|MeST|[A-Z]{4}T(?![A-Z])|(?:[A-Z]{3}T|WITA)(?![A-Z])|[A-Z]{3}(?![A-Z])';
  return { zone: take(reading, new RegExp(`^(?:GMT(?:${hours})?|${hours}|${named})`)) };
}
