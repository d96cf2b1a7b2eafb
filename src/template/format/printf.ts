import { normalized, runeAt } from '../text/utf8.ts';
import { integerOf } from '../value/numbers.ts';
import { isInt, typeOf } from '../value/type-of.ts';
import type { Value } from '../value/values.ts';
import { type Flags, noFlags } from './flags.ts';
import { createPrinter, type Printer, printArg } from './printer.ts';

/** Larger widths and precisions are mistakes. */
const MAX_NUMBER = 1_000_000;

const ZERO = 0x30;

const FLAGS: Readonly<Record<string, 'minus' | 'plus' | 'sharp' | 'space' | 'zero'>> = {
  ...{ '-': 'minus', '+': 'plus', '#': 'sharp', ' ': 'space', '0': 'zero' },
};

/** Where the reading of a format is. */
interface Reading {
  readonly format: string;
  readonly args: readonly Value[];
  readonly printer: Printer;
  position: number;
  /** The next argument. */
  arg: number;
  /** Whether arguments were taken by index, so that those left over are no mistake. */
  isReordered: boolean;
  /** Whether the index of this verb is a good one. */
  isGoodIndex: boolean;
  /** Whether an index was read just now, so that it belongs to what follows. */
  isAfterIndex: boolean;
}

/** A text in which `%` verbs stand for arguments. Source: Go's `fmt.Sprintf`. */
export function printf(format: string, args: readonly Value[]): string {
  const printer = createPrinter();
  const reading: Reading = {
    ...{ format, args, printer, position: 0, arg: 0 },
    ...{ isReordered: false, isGoodIndex: true, isAfterIndex: false },
  };
  for (;;) {
    const percent = format.indexOf('%', reading.position);
    printer.out += percent < 0 ? format.slice(reading.position) : format.slice(reading.position, percent);
    if (percent < 0) break;
    reading.position = percent + 1;
    if (!printPlain(reading)) printDirective(reading);
  }
  printExtra(reading);
  return normalized(printer.out);
}

/** The bulk of all verbs, for speed: a text by `%s` or `%v`, an `int` by `%d` or `%v`, without flags. */
function printPlain(reading: Reading): boolean {
  const verb = reading.format[reading.position];
  const arg = reading.args[reading.arg];
  const isText = typeof arg === 'string' && (verb === 's' || verb === 'v');
  const isNumber = typeof arg === 'number' && (verb === 'd' || verb === 'v') && isInt(arg);
  if (!isText && !isNumber) return false;
  reading.printer.out += arg;
  reading.arg++;
  reading.position++;
  return true;
}

/** What follows a `%`. */
function printDirective(reading: Reading): void {
  const { format, args, printer } = reading;
  printer.flags = noFlags();
  reading.isGoodIndex = true;
  reading.isAfterIndex = false;
  readFlags(reading, printer.flags);
  readIndex(reading);
  readWidth(reading, printer);
  readPrecision(reading, printer);
  if (!reading.isAfterIndex) readIndex(reading);
  if (reading.position >= format.length) {
    printer.out += '%!(NOVERB)';
    return;
  }
  const verb = String.fromCodePoint(runeAt(format, reading.position));
  reading.position += verb.length;
  if (verb === '%') printer.out += '%';
  else if (!reading.isGoodIndex) printer.out += `%!${verb}(BADINDEX)`;
  else if (reading.arg >= args.length) printer.out += `%!${verb}(MISSING)`;
  else {
    // `w` is for errors in Go's Errorf only, but read like `v`.
    if (verb === 'v' || verb === 'w') setVerbFlags(printer.flags);
    printArg(printer, args[reading.arg], verb);
    reading.arg++;
  }
}

/** With `%v` these two mean Go syntax and field names. */
function setVerbFlags(flags: Flags): void {
  [flags.sharpV, flags.sharp] = [flags.sharp, false];
  [flags.plusV, flags.plus] = [flags.plus, false];
}

function readFlags(reading: Reading, flags: Flags): void {
  for (;;) {
    const flag = FLAGS[reading.format[reading.position] ?? ''];
    if (flag === undefined) return;
    flags[flag] = true;
    reading.position++;
  }
}

/** `[3]`: the argument to take next, from 1. */
function readIndex(reading: Reading): void {
  const { format, position, args } = reading;
  reading.isAfterIndex = false;
  if (format[position] !== '[') return;
  reading.isReordered = true;
  const end = format.indexOf(']', position + 1);
  if (end < 0) {
    reading.isGoodIndex = false;
    reading.position++;
    return;
  }
  const digits = format.slice(position + 1, end);
  const index = /^\d+$/.test(digits) && Number(digits) <= MAX_NUMBER ? Number(digits) - 1 : undefined;
  reading.position = end + 1;
  reading.isAfterIndex = index !== undefined;
  if (index !== undefined && index >= 0 && index < args.length) reading.arg = index;
  else reading.isGoodIndex = false;
}

function readWidth(reading: Reading, printer: Printer): void {
  const { flags } = printer;
  if (reading.format[reading.position] !== '*') {
    flags.width = readNumber(reading);
    if (reading.isAfterIndex && flags.width !== undefined) reading.isGoodIndex = false;
    return;
  }
  reading.position++;
  const width = numberArg(reading);
  if (width === undefined) printer.out += '%!(BADWIDTH)';
  else flags.width = Math.abs(width);
  if (width !== undefined && width < 0) {
    flags.minus = true;
    flags.zero = false;
  }
  reading.isAfterIndex = false;
}

function readPrecision(reading: Reading, printer: Printer): void {
  const { format } = reading;
  const { flags } = printer;
  if (format[reading.position] !== '.') return;
  reading.position++;
  if (reading.isAfterIndex) reading.isGoodIndex = false;
  readIndex(reading);
  if (format[reading.position] !== '*') {
    flags.precision = readNumber(reading) ?? 0;
    return;
  }
  reading.position++;
  const precision = numberArg(reading);
  if (precision === undefined || precision < 0) printer.out += '%!(BADPREC)';
  else flags.precision = precision;
  reading.isAfterIndex = false;
}

/** A number in the format. One that is too large takes the rest of the format with it. */
function readNumber(reading: Reading): number | undefined {
  const { format, position } = reading;
  let end = position;
  let value = 0;
  for (; isDigit(format.charCodeAt(end)); end++) {
    if (value > MAX_NUMBER) {
      reading.position = format.length;
      return undefined;
    }
    value = value * 10 + format.charCodeAt(end) - ZERO;
  }
  reading.position = end;
  return end > position ? value : undefined;
}

function isDigit(unit: number): boolean {
  return unit >= ZERO && unit < ZERO + 10;
}

/** The next argument as a number, for `*`. */
function numberArg(reading: Reading): number | undefined {
  const { args, arg } = reading;
  if (arg >= args.length) return undefined;
  reading.arg++;
  const value = integerOf(args[arg]);
  return value !== undefined && value >= -MAX_NUMBER && value <= MAX_NUMBER ? Number(value) : undefined;
}

/** `%!(EXTRA string=b)` for arguments that no verb took. */
function printExtra({ args, arg, printer, isReordered }: Reading): void {
  if (isReordered || arg >= args.length) return;
  printer.flags = noFlags();
  printer.out += '%!(EXTRA ';
  for (const [i, extra] of args.slice(arg).entries()) {
    if (i > 0) printer.out += ', ';
    if (extra === undefined || extra === null) {
      printer.out += '<nil>';
      continue;
    }
    printer.out += `${typeOf(extra).name}=`;
    printArg(printer, extra, 'v');
  }
  printer.out += ')';
}
