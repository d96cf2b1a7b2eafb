import { textOf } from '../text/utf8.ts';
import { dictionaryOf, sortedEntries } from '../value/maps.ts';
import { textOfValue } from '../value/numbers.ts';
import { itemAt, type Sequence, sequenceOf } from '../value/sequences.ts';
import { callMethod, fieldValue, structOf } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import type { GoType } from '../value/types.ts';
import { GoMap, GoNil, GoSlice, type GoStruct, type Value } from '../value/values.ts';
import { type Flags, noFlags, pad } from './flags.ts';
import { formatHex, formatInteger } from './integers.ts';
import { formatScalar } from './scalars.ts';
import { formatText } from './texts.ts';

/** Go prints where a pointer, a function or a channel lies, which differs from run to run. This does not. */
const ADDRESS = 0xc000010000n;
const NIL = '<nil>';

/** Formats values one after another. Source: Go's `fmt`, `print.go`. */
export interface Printer {
  out: string;
  flags: Flags;
  /** The value that a bad verb shows: the innermost one. */
  arg: Value;
  /** While a bad verb shows a value, the value's own methods are not called. */
  isShowingBadVerb: boolean;
}

export function createPrinter(): Printer {
  return { out: '', flags: noFlags(), arg: undefined, isShowingBadVerb: false };
}

/** A value by a verb. */
export function printArg(printer: Printer, arg: Value, verb: string): void {
  const { flags } = printer;
  printer.arg = arg;
  if (isNilInterface(arg)) {
    if (verb === 'T' || verb === 'v') printer.out += pad(flags, NIL);
    else printBadVerb(printer, verb);
  } else if (verb === 'T') printer.out += formatText(flags, typeOf(arg).name, 's') ?? '';
  else if (verb === 'p') printAddress(printer, arg, verb);
  else if (arg instanceof Uint8Array || !printByMethod(printer, arg, verb)) printValue(printer, arg, verb, 0);
}

/** `%!d(string=hi)` */
function printBadVerb(printer: Printer, verb: string): void {
  const { arg } = printer;
  printer.out += `%!${verb}(`;
  printer.isShowingBadVerb = true;
  printer.out += isNilInterface(arg) ? NIL : `${typeOf(arg).name}=`;
  if (!isNilInterface(arg)) printArg(printer, arg, 'v');
  printer.isShowingBadVerb = false;
  printer.out += ')';
}

/** Errors, and values with a method `String`, say themselves how they look. For `%#v` they do not. */
function printByMethod(printer: Printer, value: Value, verb: string): boolean {
  const { flags, isShowingBadVerb } = printer;
  if (isShowingBadVerb) return false;
  if (verb === 'w') {
    printBadVerb(printer, verb);
    return true;
  }
  const { methods } = typeOf(value);
  if (methods === undefined) return false;
  const isStringable = verb === 's' || verb === 'v' || verb === 'q' || verb === 'x' || verb === 'X';
  if (!isStringable && !flags.sharpV) return false;
  const method = flags.sharpV ? methods.get('GoString') : (methods.get('Error') ?? methods.get('String'));
  if (method === undefined || method.type.params.length > 0) return false;
  const text = value instanceof GoNil ? NIL : textOfValue(callMethod(value, method, []));
  if (text === undefined) return false;
  printer.out += formatText(flags, text, flags.sharpV ? 's' : verb) ?? '';
  return true;
}

/** A value by its kind. `depth` is 0 for an argument, more for what is inside it. */
function printValue(printer: Printer, value: Value, verb: string, depth: number): void {
  if (depth > 0) {
    printer.arg = value;
    if (printByMethod(printer, value, verb)) return;
  }
  const scalar = formatScalar(printer.flags, value, verb);
  if (scalar !== undefined) {
    printer.out += scalar;
    return;
  }
  const sequence = sequenceOf(value);
  const struct = structOf(value);
  if (sequence !== undefined) printSequence(printer, value, sequence, { verb, depth });
  else if (dictionaryOf(value) !== undefined) printMap(printer, value, verb, depth);
  else if (struct !== undefined) printStruct(printer, struct, verb, depth);
  else printAddress(printer, value, verb);
}

/** An element, a key or a field of some type. Of an interface that is nil `%#v` shows the type. */
function printItem(printer: Printer, type: GoType, value: Value, [verb, depth]: readonly [string, number]): void {
  if (!isNilInterface(value)) printValue(printer, value, verb, depth);
  else printer.out += printer.flags.sharpV ? `${type.name}(nil)` : NIL;
}

function printSequence(
  printer: Printer,
  value: Value,
  sequence: Sequence,
  { verb, depth }: { readonly verb: string; readonly depth: number },
): void {
  const { flags } = printer;
  const { type, items } = sequence;
  const isBytes = type.elem.kind === 'uint8';
  if (isBytes && (verb === 's' || verb === 'q' || verb === 'x' || verb === 'X')) {
    printer.out += formatText(flags, textOf(Uint8Array.from(items as ArrayLike<number>)), verb) ?? '';
    return;
  }
  const name = isBytes && depth === 0 && verb === 'v' && type.underlying === undefined ? '[]byte' : type.name;
  if (flags.sharpV && value instanceof GoSlice && value.isNil) {
    printer.out += `${name}(nil)`;
    return;
  }
  const separator = flags.sharpV ? ', ' : ' ';
  printer.out += flags.sharpV ? `${name}{` : '[';
  for (let i = 0; i < items.length; i++) {
    if (i > 0) printer.out += separator;
    printItem(printer, type.elem, itemAt(sequence, i), [verb, depth + 1]);
  }
  printer.out += flags.sharpV ? '}' : ']';
}

function printMap(printer: Printer, value: Value, verb: string, depth: number): void {
  const { sharpV } = printer.flags;
  const dictionary = dictionaryOf(value);
  if (dictionary === undefined) return;
  const { type } = dictionary;
  if (sharpV && value instanceof GoMap && value.isNil) {
    printer.out += `${type.name}(nil)`;
    return;
  }
  let separator = '';
  printer.out += sharpV ? `${type.name}{` : 'map[';
  for (const [key, item] of sortedEntries(dictionary)) {
    printer.out += separator;
    printItem(printer, type.key, key, [verb, depth + 1]);
    printer.out += ':';
    printItem(printer, type.elem, item, [verb, depth + 1]);
    separator = sharpV ? ', ' : ' ';
  }
  printer.out += sharpV ? '}' : ']';
}

/** A pointer to a struct is `&` and the struct; inside something else it is its address. */
function printStruct(printer: Printer, value: GoStruct, verb: string, depth: number): void {
  const { plusV, sharpV } = printer.flags;
  const isPointer = value.type.kind === 'ptr';
  if (isPointer && depth > 0) {
    printAddress(printer, value, verb);
    return;
  }
  let separator = '';
  printer.out += `${isPointer ? '&' : ''}${sharpV ? value.struct.name : ''}{`;
  for (const field of value.struct.fields.values()) {
    printer.out += `${separator}${plusV || sharpV ? `${field.name}:` : ''}`;
    printItem(printer, field.type, fieldValue(value, field), [verb, depth + (isPointer ? 2 : 1)]);
    separator = sharpV ? ', ' : ' ';
  }
  printer.out += '}';
}

/** What is known by where it lies: pointers, functions, channels; by `%p` also maps and slices. */
function printAddress(printer: Printer, value: Value, verb: string): void {
  const { flags } = printer;
  const { kind, name } = typeOf(value);
  const hasAddress = ['chan', 'func', 'ptr', 'map', 'slice'].includes(kind);
  const address = value instanceof GoNil ? 0n : ADDRESS;
  if (!hasAddress) printBadVerb(printer, verb);
  else if (verb === 'v' && flags.sharpV) {
    printer.out += `(${name})(${address === 0n ? 'nil' : formatHex(flags, address)})`;
  } else if (verb === 'v' && address === 0n) printer.out += pad(flags, NIL);
  else if (verb === 'v' || verb === 'p') printer.out += formatHex(flags, address, !flags.sharp);
  else {
    const isBase = verb === 'b' || verb === 'o' || verb === 'd' || verb === 'x' || verb === 'X';
    const text = isBase ? formatInteger(flags, address, verb) : undefined;
    if (text === undefined) printBadVerb(printer, verb);
    else printer.out += text;
  }
}

/** Nothing, or an interface that holds nothing. */
function isNilInterface(value: Value): boolean {
  return value === undefined || value === null || (value instanceof GoNil && value.type.kind === 'interface');
}
