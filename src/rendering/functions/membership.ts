import {
  floatOf,
  type GoFunction,
  goFunction,
  integerOf,
  itemAt,
  kindOf,
  sequenceOf,
  textOfValue,
  typeOf,
  type Value,
} from '../../template/index.ts';

/** Whether something is in a list or a text. Source: consul-template v0.42.1, `in` and what is made of it. */
export const MEMBERSHIP_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  in: goFunction('func(any, any) (bool, error)', (list: Value, value: Value) => isIn(list, value)),
  contains: goFunction('func(any, any) (bool, error)', (value: Value, list: Value) => isIn(list, value)),
  containsAll: goFunction('func([]any, any) (bool, error)', (values: readonly Value[], list: Value) =>
    values.every((value) => isIn(list, value)),
  ),
  containsAny: goFunction('func([]any, any) (bool, error)', (values: readonly Value[], list: Value) =>
    values.some((value) => isIn(list, value)),
  ),
  containsNone: goFunction('func([]any, any) (bool, error)', (values: readonly Value[], list: Value) =>
    values.every((value) => !isIn(list, value)),
  ),
  containsNotAll: goFunction('func([]any, any) (bool, error)', (values: readonly Value[], list: Value) =>
    values.some((value) => !isIn(list, value)),
  ),
};

/** Texts, signed integers and floats can be found, each among its own; others are in no list. */
function isIn(list: Value, value: Value): boolean {
  const text = textOfValue(list);
  if (text !== undefined) return isSameType(list, value) && text.includes(textOfValue(value) ?? '');
  const sequence = sequenceOf(list);
  if (sequence === undefined) return false;
  for (let i = 0; i < sequence.items.length; i++) if (isEqual(itemAt(sequence, i), value)) return true;
  return false;
}

function isEqual(item: Value, value: Value): boolean {
  const text = textOfValue(item);
  if (text !== undefined) return isSameType(item, value) && text === textOfValue(value);
  const float = floatOf(item);
  if (float !== undefined) return float === floatOf(value);
  return isSigned(item) && isSigned(value) && integerOf(item) === integerOf(value);
}

function isSigned(value: Value): boolean {
  return kindOf(value).startsWith('int') && integerOf(value) !== undefined;
}

/** Go asks for the type of both, and nil has none. */
function isSameType(text: Value, value: Value): boolean {
  if (value === null || value === undefined) throw new Error('reflect: call of reflect.Value.Type on zero Value');
  return typeOf(text).name === typeOf(value).name;
}
