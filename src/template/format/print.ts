import { normalized } from '../text/utf8.ts';
import { isInt, typeOf } from '../value/type-of.ts';
import type { Value } from '../value/values.ts';
import { createPrinter, printArg } from './printer.ts';

/** A value by the verb `%v`, or by another. Source: Go's `fmt`. */
export function formatValue(value: Value, verb = 'v'): string {
  if (verb === 'v') {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && isInt(value)) return String(value);
  }
  const printer = createPrinter();
  printArg(printer, value, verb);
  return printer.out;
}

/** Values side by side, with a blank between two of which neither is a string. Source: Go's `fmt.Sprint`. */
export function print(values: readonly Value[]): string {
  let text = '';
  let isAfterString = true;
  for (const value of values) {
    const isString = typeof value === 'string' || (value !== null && typeOf(value).kind === 'string');
    if (!isString && !isAfterString) text += ' ';
    text += formatValue(value);
    isAfterString = isString;
  }
  return normalized(text);
}

/** Values with a blank between any two, and a line feed. Source: Go's `fmt.Sprintln`. */
export function printLine(values: readonly Value[]): string {
  return normalized(`${values.map((value) => formatValue(value)).join(' ')}\n`);
}
