import { wrap } from './convert.ts';
import { ANY_SLICE, BYTES, type SliceType } from './types.ts';
import { GoSlice, type Value } from './values.ts';

/** A slice of any type, as its type and its raw items. */
export interface Sequence {
  readonly type: SliceType;
  readonly items: ArrayLike<unknown>;
  /** What lies behind the end, up to the capacity. */
  readonly hidden: readonly unknown[];
}

const NOTHING: readonly unknown[] = [];

/** A value as a sequence if it is a slice. */
export function sequenceOf(value: Value): Sequence | undefined {
  if (Array.isArray(value)) return { type: ANY_SLICE, items: value, hidden: spare(value.length) };
  if (value instanceof GoSlice) return value;
  return value instanceof Uint8Array ? { type: BYTES, items: value, hidden: NOTHING } : undefined;
}

/** An item as a value. */
export function itemAt({ type, items }: Sequence, index: number): Value {
  return wrap(type.elem, items[index]);
}

/** The items from `start` to `end`, which may lie beyond the length; the capacity ends at `limit`. */
export function subsequence({ type, items, hidden }: Sequence, [start, end, limit]: readonly number[]): Value {
  if (items instanceof Uint8Array && type === BYTES) return items.subarray(start, end);
  const all = [...Array.from(items), ...hidden];
  return new GoSlice(type, all.slice(start, end), all.slice(end, limit));
}

/**
 * What Go's `append` leaves behind the end of a slice that was filled one by one, as Go fills decoded data: up to 512
 * items the capacity doubles. Longer slices end where they end.
 */
function spare(length: number): readonly unknown[] {
  let capacity = 1;
  while (capacity < length) capacity *= 2;
  return length === 0 || length > 512 ? NOTHING : Array.from({ length: capacity - length }, () => null);
}
