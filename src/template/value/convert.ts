import { isInt } from './type-of.ts';
import {
  ANY,
  ANY_MAP,
  ANY_SLICE,
  BYTES,
  type GoType,
  INT,
  INT64,
  type InterfaceType,
  type IntKind,
  isIdentical,
  isIntKind,
  isUintKind,
  type MapType,
  type PointerType,
  type ScalarType,
  type SliceType,
  STRING,
  type StructType,
  type UintKind,
} from './types.ts';
import {
  type Complex,
  GoChannel,
  GoFunction,
  GoMap,
  GoNil,
  GoScalar,
  GoSlice,
  GoStruct,
  type Value,
} from './values.ts';

const BITS: Readonly<Record<IntKind | UintKind, number>> = {
  ...{ int: 64, int8: 8, int16: 16, int32: 32, int64: 64 },
  ...{ uint: 64, uint8: 8, uint16: 16, uint32: 32, uint64: 64 },
};
const ZERO: Complex = { re: 0, im: 0 };

/**
 * A raw value of a known type as a value that knows its type. `undefined` is the zero value of the type, values that
 * know their type stay as they are. Throws a `TypeError` when it cannot be of the type.
 */
export function wrap(type: GoType, raw: unknown): Value {
  if (type === ANY) return raw === undefined ? null : (raw as Value);
  if (type === STRING && typeof raw === 'string') return raw;
  switch (type.kind) {
    case 'interface':
      return wrapInterface(type, raw);
    case 'slice':
      return wrapSlice(type, raw);
    case 'map':
      return wrapMap(type, raw);
    case 'struct':
    case 'ptr':
      return wrapStruct(type, raw);
    case 'func':
      return raw === undefined || raw === null
        ? new GoNil(type)
        : checked(type, raw, raw instanceof GoFunction || raw instanceof GoNil);
    case 'chan':
      return raw === undefined
        ? new GoNil(type)
        : raw instanceof GoChannel
          ? raw
          : new GoChannel(type, raw as Iterable<unknown>);
    default:
      return wrapScalar(type, raw);
  }
}

/** The raw value of a value that is of a known type: what functions get for their parameters. The inverse of `wrap`. */
export function unwrap(type: GoType, value: Value): unknown {
  if (type.kind === 'interface') return value ?? null;
  if (value instanceof GoScalar) {
    const isNarrow = typeof value.value === 'bigint' && type.kind !== 'int64' && type.kind !== 'uint64';
    return isNarrow ? Number(value.value) : value.value;
  }
  if (value instanceof GoSlice) return value.items;
  if (value instanceof GoMap) return value.entries;
  if (value instanceof GoStruct) return value.target;
  if (value instanceof GoNil) return undefined;
  return value;
}

function wrapInterface(type: InterfaceType, raw: unknown): Value {
  return raw === undefined || raw === null ? new GoNil(type) : (raw as Value);
}

function wrapSlice(type: SliceType, raw: unknown): Value {
  if (raw === undefined || raw === null) return new GoSlice(type);
  if (raw instanceof GoSlice) return raw;
  if (raw instanceof Uint8Array && isIdentical(type, BYTES)) return raw;
  if (!Array.isArray(raw) && !(raw instanceof Uint8Array)) return mismatch(type, raw);
  return isIdentical(type, ANY_SLICE) ? raw : new GoSlice(type, raw);
}

function wrapMap(type: MapType, raw: unknown): Value {
  if (raw === undefined || raw === null) return new GoMap(type);
  if (raw instanceof GoMap) return raw;
  if (!(raw instanceof Map)) return mismatch(type, raw);
  return isIdentical(type, ANY_MAP) ? raw : new GoMap(type, raw);
}

/** Pointers to anything but structs do not occur. */
function wrapStruct(type: PointerType | StructType, raw: unknown): Value {
  if (raw instanceof GoStruct || raw instanceof GoNil || raw instanceof Error) return raw;
  return (raw === undefined || raw === null) && type.kind === 'ptr'
    ? new GoNil(type)
    : new GoStruct(type, raw ?? undefined);
}

function wrapScalar(type: ScalarType, raw: unknown): Value {
  if (raw instanceof GoScalar) return raw;
  const { kind } = type;
  if (kind === 'bool' || kind === 'string') {
    const value = raw ?? (kind === 'bool' ? false : '');
    checked(type, value, typeof value === (kind === 'bool' ? 'boolean' : 'string'));
    return type.underlying === undefined ? (value as Value) : new GoScalar(type, value as boolean | string);
  }
  if (kind === 'complex64' || kind === 'complex128') return new GoScalar(type, (raw ?? ZERO) as Complex);
  const number = raw ?? 0;
  if (typeof number !== 'number' && typeof number !== 'bigint') return mismatch(type, raw);
  if (kind === 'float64') return new GoScalar(type, Number(number));
  if (kind === 'float32') return new GoScalar(type, Math.fround(Number(number)));
  return wrapInteger(type, number);
}

function wrapInteger(type: ScalarType, raw: bigint | number): Value {
  if (type === INT && typeof raw === 'number' && isInt(raw)) return raw;
  const { kind } = type;
  if (!isIntKind(kind) && !isUintKind(kind)) return mismatch(type, raw);
  const whole = typeof raw === 'bigint' ? raw : BigInt(Math.trunc(raw));
  const value = isIntKind(kind) ? BigInt.asIntN(BITS[kind], whole) : BigInt.asUintN(BITS[kind], whole);
  if (type === INT64) return value;
  const isPlain = type === INT && value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER;
  return isPlain ? Number(value) : new GoScalar(type, value);
}

function checked(type: GoType, raw: unknown, isGood: boolean): Value {
  return isGood ? (raw as Value) : mismatch(type, raw);
}

function mismatch(type: GoType, raw: unknown): never {
  throw new TypeError(`${raw === null ? 'null' : typeof raw} given where ${type.name} is declared`);
}
