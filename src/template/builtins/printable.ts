import { dereferenced } from '../value/structs.ts';
import type { Value } from '../value/values.ts';

/** What stands where there is no value. */
export const NO_VALUE = '<no value>';

/** A value as an action prints it. Source: Go's `exec.go`, `printableValue`. */
export function printable(value: Value): Value {
  return value === undefined || value === null ? NO_VALUE : dereferenced(value);
}
