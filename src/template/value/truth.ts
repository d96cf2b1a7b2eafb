import { GoChannel, GoFunction, GoMap, GoNil, GoScalar, GoSlice, GoStruct, type Value } from './values.ts';

/** Whether a value is not the zero value of its type, nor empty. Source: Go's `text/template`, `IsTrue`. */
export function isTrue(value: Value): boolean {
  switch (typeof value) {
    case 'boolean':
      return value;
    case 'string':
      return value !== '';
    case 'number':
      return value !== 0;
    case 'bigint':
      return value !== 0n;
    case 'object':
      return value !== null && isTrueObject(value);
    default:
      return false;
  }
}

function isTrueObject(value: NonNullable<Extract<Value, object>>): boolean {
  if (value instanceof GoStruct || value instanceof GoFunction || value instanceof GoChannel) return true;
  if (Array.isArray(value) || value instanceof Uint8Array) return value.length > 0;
  if (value instanceof Map) return value.size > 0;
  if (value instanceof GoSlice) return value.items.length > 0;
  if (value instanceof GoMap) return value.entries.size > 0;
  if (value instanceof GoScalar) return isTrueScalar(value.value);
  return !(value instanceof GoNil);
}

/** NaN is true: it is not equal to zero. */
function isTrueScalar(value: GoScalar['value']): boolean {
  if (typeof value === 'object') return value.re !== 0 || value.im !== 0;
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}
