import { formatValue, goFunction, type Value } from '../../template/index.ts';
import { deepEqual } from './deep-equal.ts';
import { kindName } from './values.ts';

/** What a value is. Source: sprig v3.3.0, `reflect.go`. */
export const reflectionFunctions = {
  deepEqual: goFunction('func(any, any) bool', deepEqual),
  kindIs: goFunction('func(string, any) bool', (kind: string, value: Value) => kindName(value) === kind),
  kindOf: goFunction('func(any) string', kindName),
  typeIs: goFunction('func(string, any) bool', (type: string, value: Value) => typeName(value) === type),
  /** A pointer to the type will do too. */
  typeIsLike: goFunction('func(string, any) bool', (type: string, value: Value) =>
    [type, `*${type}`].includes(typeName(value)),
  ),
  typeOf: goFunction('func(any) string', typeName),
};

function typeName(value: Value): string {
  return formatValue(value, 'T');
}
