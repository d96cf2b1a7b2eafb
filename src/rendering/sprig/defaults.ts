import { goFunction, type Value } from '../../template/index.ts';
import { isEmpty } from './values.ts';

/** Choices by what is empty: nil, zero, false, a text or list or map without anything. Source: sprig v3.3.0, `defaults.go`. */
export const defaultFunctions = {
  all: goFunction('func(...any) bool', (...values: Value[]) => !values.some(isEmpty)),
  any: goFunction('func(...any) bool', (...values: Value[]) => values.some((value) => !isEmpty(value))),
  coalesce: goFunction('func(...any) any', (...values: Value[]) => values.find((value) => !isEmpty(value))),
  default: goFunction('func(any, ...any) any', (fallback: Value, ...given: Value[]) =>
    isEmpty(given[0]) ? fallback : given[0],
  ),
  empty: goFunction('func(any) bool', isEmpty),
  fail: goFunction('func(string) (string, error)', (message: string): never => {
    throw new Error(message);
  }),
  ternary: goFunction('func(any, any, bool) any', (yes: Value, no: Value, isYes: boolean) => (isYes ? yes : no)),
};
