import { daysInMonth, daysSince1970 } from './calendar.ts';
import { quoted } from './go-duration.ts';
import { type GoTime, layoutParts } from './go-time.ts';
import { PartFault, readPart, type TimeReading } from './go-time-parts.ts';

/**
 * A time from a text that looks like the layout's example; without a zone it is in UTC. Throws an `Error` with Go's
 * text. Source: Go 1.26, `time.ParseInLocation`. Differs: the local zone is UTC.
 */
export function parseTime(layout: string, text: string): GoTime {
  const reading: TimeReading = {
    ...{ rest: text, year: 0, hour: 0, minute: 0, second: 0, nanoseconds: 0 },
    ...{ isUtc: false, zone: '' },
  };
  const parts = layoutParts(layout);
  const refuse = (value: string, part: string): never => {
    const place = `${quoted(text)} as ${quoted(layout)}`;
    throw new Error(`parsing time ${place}: cannot parse ${quoted(value)} as ${quoted(part)}`);
  };
  for (const [index, part] of parts.entries()) {
    const before = reading.rest;
    try {
      if (index % 2 === 0) skipText(reading, part);
      else readPart(reading, part, parts[index + 2]);
    } catch (fault) {
      if (!(fault instanceof PartFault)) throw fault;
      if (fault.outOfRange !== undefined) return outOf(text, `${fault.outOfRange} out of range`);
      return refuse(index % 2 === 0 ? reading.rest : before, part);
    }
  }
  if (reading.rest !== '') return outOf(text, `extra text: ${quoted(reading.rest)}`);
  return assembled(reading, text);
}

function outOf(text: string, problem: string): never {
  throw new Error(`parsing time ${quoted(text)}: ${problem}`);
}

/** Blanks of the layout stand for any number of blanks. */
function skipText(reading: TimeReading, text: string): void {
  for (let left = text; left !== ''; ) {
    const { rest } = reading;
    if (left.startsWith(' ')) {
      if (rest !== '' && !rest.startsWith(' ')) throw new PartFault();
      left = left.replace(/^ +/, '');
      reading.rest = rest.replace(/^ +/, '');
      continue;
    }
    if (rest[0] !== left[0]) throw new PartFault();
    left = left.slice(1);
    reading.rest = rest.slice(1);
  }
}

function assembled(reading: TimeReading, text: string): GoTime {
  const { year, minute, second, nanoseconds } = reading;
  const { month, day } = dateOf(reading, text);
  if (day < 1 || day > daysInMonth(year, month)) return outOf(text, 'day out of range');
  const seconds = daysSince1970(year, month, day) * 86_400 + hourOf(reading) * 3_600 + minute * 60 + second;
  const utc = { seconds, nanoseconds, offsetSeconds: 0, zone: 'UTC' };
  const { isUtc, offsetSeconds, zone } = reading;
  if (isUtc || (offsetSeconds === undefined && zone === '')) return utc;
  if (offsetSeconds !== undefined) {
    return offsetSeconds === 0 && zone === ''
      ? utc
      : { seconds: seconds - offsetSeconds, nanoseconds, offsetSeconds, zone };
  }
  // Of a zone that is not known here only the name is kept.
  return { ...utc, zone, offsetSeconds: zone.startsWith('GMT') ? Number(zone.slice(3)) * 3_600 : 0 };
}

function hourOf({ hour, half }: TimeReading): number {
  if (half === 'PM' && hour < 12) return hour + 12;
  return half === 'AM' && hour === 12 ? 0 : hour;
}

function dateOf(reading: TimeReading, text: string): { readonly month: number; readonly day: number } {
  const { year, yearDay } = reading;
  if (yearDay === undefined) return { month: reading.month ?? 1, day: reading.day ?? 1 };
  if (yearDay < 1 || yearDay > daysInMonth(year, 2) + 337) return outOf(text, 'day-of-year out of range');
  let [month, day] = [1, yearDay];
  while (day > daysInMonth(year, month)) {
    day -= daysInMonth(year, month);
    month++;
  }
  if (reading.month !== undefined && reading.month !== month) {
    return outOf(text, 'day-of-year does not match month');
  }
  if (reading.day !== undefined && reading.day !== day) return outOf(text, 'day-of-year does not match day');
  return { month, day };
}
