import { formatValue } from '../format/print.ts';
import { compareTexts } from '../text/utf8.ts';
import { boolOf, complexOf, floatOf, integerOf, textOfValue } from '../value/numbers.ts';
import { fieldValue, held } from '../value/structs.ts';
import { isInt, typeOf } from '../value/type-of.ts';
import { type GoType, isIntKind, isUintKind } from '../value/types.ts';
import { GoMap, GoNil, GoSlice, GoStruct, type Value } from '../value/values.ts';

type BasicKind = 'bool' | 'complex' | 'float' | 'int' | 'string' | 'uint';

/** Whether a value equals one of the others. Source: Go's `text/template`, `funcs.go`, `eq`. */
export function equal(first: Value, others: readonly Value[]): boolean {
  if (others.length === 0) throw new Error('missing argument for comparison');
  const value = held(first);
  const [only] = others;
  // The bulk of all comparisons, for speed.
  if (typeof value === 'string' && typeof only === 'string' && others.length === 1) return value === only;
  return others.some((other) => equalTwo(value, held(other)));
}

/** Whether one value is below another. Source: Go's `funcs.go`, `lt`. */
export function less(first: Value, second: Value): boolean {
  if (typeof first === 'number' && typeof second === 'number' && isInt(first) && isInt(second)) return first < second;
  const [a, b] = [held(first), held(second)];
  const [kind, other] = [basicKind(a), basicKind(b)];
  if (kind === undefined || other === undefined) throw new Error('invalid type for comparison');
  if (kind !== other && !areIntegers(kind, other)) throw incompatible(a, b);
  const [x, y] = [integerOf(a), integerOf(b)];
  if (x !== undefined && y !== undefined) return x < y;
  const [float, otherFloat] = [floatOf(a), floatOf(b)];
  if (float !== undefined && otherFloat !== undefined) return float < otherFloat;
  const [text, otherText] = [textOfValue(a), textOfValue(b)];
  if (text !== undefined && otherText !== undefined) return compareTexts(text, otherText) < 0;
  throw new Error('invalid type for comparison');
}

export function lessOrEqual(first: Value, second: Value): boolean {
  return less(first, second) || equal(first, [second]);
}

function equalTwo(a: Value, b: Value): boolean {
  const [kind, other] = [basicKind(a), basicKind(b)];
  if (kind !== other) {
    if (areIntegers(kind, other)) return integerOf(a) === integerOf(b);
    if (a !== undefined && b !== undefined) throw incompatible(a, b);
    return false;
  }
  return kind === undefined ? equalComposites(a, b) : equalScalars(a, b);
}

function equalScalars(a: Value, b: Value): boolean {
  const [complex, other] = [complexOf(a), complexOf(b)];
  if (complex !== undefined) return complex.re === other?.re && complex.im === other.im;
  return (
    integerOf(a) === integerOf(b) &&
    floatOf(a) === floatOf(b) &&
    textOfValue(a) === textOfValue(b) &&
    boolOf(a) === boolOf(b)
  );
}

/** What is no scalar: nil, pointers, functions, structs; slices and maps can be compared with nil only. */
function equalComposites(a: Value, b: Value): boolean {
  const [type, other] = [typeOf(a), typeOf(b)];
  if (a !== undefined && b !== undefined && type.kind !== other.kind) {
    const [first, second] = [formatValue(a, 's'), formatValue(b)];
    throw new Error(`non-comparable types ${first}: ${type.name}, ${other.name}: ${second}`);
  }
  if (isNil(a) || isNil(b)) return isNil(a) === isNil(b);
  if (!isComparable(other)) throw new Error(`non-comparable type ${formatValue(b, 's')}: ${other.name}`);
  return type.name === other.name && isSame(a, b);
}

function isSame(a: Value, b: Value): boolean {
  if (!(a instanceof GoStruct && b instanceof GoStruct)) return a === b;
  if (a.type.kind === 'ptr') return a.target === b.target;
  for (const field of a.struct.fields.values()) {
    if (!equalTwo(held(fieldValue(a, field)), held(fieldValue(b, field)))) return false;
  }
  return true;
}

function isNil(value: Value): boolean {
  if (value instanceof GoSlice || value instanceof GoMap) return value.isNil;
  return value === undefined || value instanceof GoNil;
}

function isComparable(type: GoType): boolean {
  if (type.kind === 'struct') return [...type.fields.values()].every(({ type }) => isComparable(type));
  return type.kind !== 'slice' && type.kind !== 'map' && type.kind !== 'func';
}

function basicKind(value: Value): BasicKind | undefined {
  if (value === undefined) return undefined;
  const { kind } = typeOf(value);
  if (isIntKind(kind)) return 'int';
  if (isUintKind(kind)) return 'uint';
  if (kind === 'float32' || kind === 'float64') return 'float';
  if (kind === 'complex64' || kind === 'complex128') return 'complex';
  return kind === 'bool' || kind === 'string' ? kind : undefined;
}

/** Integers compare whatever their sign. */
function areIntegers(a: BasicKind | undefined, b: BasicKind | undefined): boolean {
  return (a === 'int' || a === 'uint') && (b === 'int' || b === 'uint');
}

function incompatible(a: Value, b: Value): Error {
  return new Error(`incompatible types for comparison: ${typeOf(a).name} and ${typeOf(b).name}`);
}
