import { dictionaryOf, GoMap, GoSlice, sequenceOf, type Value, wrap } from '../../template/index.ts';
import { isNil } from './values.ts';

/** A copy that shares no map or list with the original. Source: mitchellh/copystructure v1.2.0, `Copy`. */
export function deepCopy(value: Value): Value {
  if (isNil(value)) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  return copied(value);
}

/** Only maps can be changed by a template, so only they and what may hold them are copied. */
function copied(value: Value): Value {
  if ((value instanceof GoSlice || value instanceof GoMap) && value.isNil) return value;
  const sequence = sequenceOf(value);
  if (sequence !== undefined && !(value instanceof Uint8Array)) {
    const items = Array.from(sequence.items, (item) => copied(item as Value));
    return Array.isArray(value) ? items : new GoSlice(sequence.type, items);
  }
  const dictionary = dictionaryOf(value);
  if (dictionary === undefined) return value;
  const entries = Array.from(dictionary.entries, ([key, item]) => [key, copied(item as Value)] as const);
  return wrap(dictionary.type, new Map(entries));
}
