import type { ChanType, FuncType, GoType, MapType, PointerType, ScalarType, SliceType, StructType } from './types.ts';

/**
 * A value that knows its Go type. The common types are plain JavaScript; the classes below are for the others.
 *
 * | JavaScript | Go |
 * |---|---|
 * | `string`, `boolean` | `string`, `bool` |
 * | `number` | `int` if it is a safe integer, else `float64` |
 * | `bigint` | `int64` |
 * | array, `Map`, `Uint8Array` | `[]interface {}`, `map[string]interface {}`, `[]uint8` |
 * | `Error` | `error` (`*errors.errorString`) |
 * | `null` | an `interface {}` that holds nil |
 * | `undefined` | no value at all: a missing key, an absent argument |
 *
 * Inside the classes values are *raw*: the type is known there, so a `float64` is a plain number and a struct is the
 * object it stands for. `wrap` and `unwrap` go from one to the other.
 */
export type Value =
  | Error
  | GoChannel
  | GoFunction
  | GoMap
  | GoNil
  | GoScalar
  | GoSlice
  | GoStruct
  | ReadonlyMap<string, unknown>
  | Uint8Array
  | bigint
  | boolean
  | null
  | number
  | readonly unknown[]
  | string
  | undefined;

export interface Complex {
  readonly re: number;
  readonly im: number;
}

/** A scalar of a type that has no plain form: `float64`, `uint8`, `time.Duration`. Integers are `bigint`. */
export class GoScalar {
  readonly type: ScalarType;
  readonly value: Complex | bigint | boolean | number | string;

  constructor(type: ScalarType, value: Complex | bigint | boolean | number | string) {
    this.type = type;
    this.value = value;
  }
}

/** A slice of another type than `[]interface {}` and `[]uint8`, or one that is nil. */
export class GoSlice {
  readonly type: SliceType;
  /** Raw values of the element type. */
  readonly items: ArrayLike<unknown>;
  /** What lies behind the end, up to the capacity. A slice of the slice can reach it. */
  readonly hidden: readonly unknown[];
  readonly isNil: boolean;

  /** Without `items` it is nil. */
  constructor(type: SliceType, items?: ArrayLike<unknown>, hidden: readonly unknown[] = []) {
    this.type = type;
    this.items = items ?? [];
    this.hidden = hidden;
    this.isNil = items === undefined;
  }
}

/** A map of another type than `map[string]interface {}`, or one that is nil. */
export class GoMap {
  readonly type: MapType;
  /** Raw keys (64-bit integers as `bigint`), raw values. */
  readonly entries: ReadonlyMap<unknown, unknown>;
  readonly isNil: boolean;

  /** Without `entries` it is nil. */
  constructor(type: MapType, entries?: ReadonlyMap<unknown, unknown>) {
    this.type = type;
    this.entries = entries ?? new Map();
    this.isNil = entries === undefined;
  }
}

/** A struct, or a pointer to one: an object seen through a type. Without `target` every field has its zero value. */
export class GoStruct {
  readonly type: PointerType | StructType;
  readonly struct: StructType;
  readonly target: unknown;

  constructor(type: PointerType | StructType, target?: unknown) {
    const struct = type.kind === 'ptr' ? type.elem : type;
    if (struct.kind !== 'struct') throw new TypeError(`not a struct: ${type.name}`);
    this.type = type;
    this.struct = struct;
    this.target = target;
  }
}

/** A function that templates can `call`. `apply` gets values, and the context of the evaluation. */
export class GoFunction {
  readonly type: FuncType;
  readonly apply: (args: readonly Value[], context: unknown) => Value;

  constructor(type: FuncType, apply: (args: readonly Value[], context: unknown) => Value) {
    this.type = type;
    this.apply = apply;
  }
}

/** A channel: raw values until it is closed. Each is given once. */
export class GoChannel {
  readonly type: ChanType;
  readonly values: Iterator<unknown>;

  constructor(type: ChanType, values: Iterable<unknown>) {
    this.type = type;
    this.values = values[Symbol.iterator]();
  }
}

/** A pointer, function, channel or interface (but the empty one, which is `null`) that is nil. */
export class GoNil {
  readonly type: GoType;

  constructor(type: GoType) {
    this.type = type;
  }
}
