import {
  dictionaryOf,
  entryOf,
  fieldValue,
  GoMap,
  GoSlice,
  type GoStruct,
  itemAt,
  sequenceOf,
  sortedEntries,
  structOf,
  typeOf,
  unwrap,
  type Value,
} from '../../template/index.ts';
import { isNil } from './values.ts';

/**
 * Whether two values are of one type and alike all through. An empty list is not alike a nil one.
 * Source: Go's `reflect.DeepEqual`.
 */
export function deepEqual(a: Value, b: Value): boolean {
  if (isNil(a) || isNil(b)) return isNil(a) && isNil(b);
  const type = typeOf(a);
  if (type.name !== typeOf(b).name || isNilList(a) !== isNilList(b)) return false;
  const [list, otherList] = [sequenceOf(a), sequenceOf(b)];
  if (list !== undefined && otherList !== undefined) {
    if (list.items.length !== otherList.items.length) return false;
    return Array.from(list.items).every((_, index) => deepEqual(itemAt(list, index), itemAt(otherList, index)));
  }
  const [map, otherMap] = [dictionaryOf(a), dictionaryOf(b)];
  if (map !== undefined && otherMap !== undefined) {
    if (map.entries.size !== otherMap.entries.size) return false;
    return sortedEntries(map).every(([key, value]) => {
      const other = entryOf(otherMap, key);
      return other !== undefined && deepEqual(value, other);
    });
  }
  const [struct, otherStruct] = [structOf(a), structOf(b)];
  if (struct !== undefined && otherStruct !== undefined) return areEqualStructs(struct, otherStruct);
  // Floats included: NaN is not equal to itself.
  return unwrap(type, a) === unwrap(type, b);
}

function areEqualStructs(a: GoStruct, b: GoStruct): boolean {
  if (a.target === b.target && a.type.kind === 'ptr') return true;
  return [...a.struct.fields.values()].every((field) => deepEqual(fieldValue(a, field), fieldValue(b, field)));
}

function isNilList(value: Value): boolean {
  return (value instanceof GoSlice || value instanceof GoMap) && value.isNil;
}
