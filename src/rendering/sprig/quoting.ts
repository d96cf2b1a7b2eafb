import { formatValue, goFunction, normalized, quote, type Value } from '../../template/index.ts';
import { isNil, stringOf } from './values.ts';

/** Values as one text; nil is left out. Source: sprig v3.3.0, `strings.go`. */
export const quotingFunctions = {
  cat: goFunction('func(...any) string', (...values: Value[]) => formatted(values).join(' ')),
  quote: goFunction('func(...any) string', (...values: Value[]) =>
    values
      .filter((value) => !isNil(value))
      .map((value) => quote(stringOf(value)))
      .join(' '),
  ),
  squote: goFunction('func(...any) string', (...values: Value[]) =>
    formatted(values)
      .map((text) => `'${text}'`)
      .join(' '),
  ),
  toString: goFunction('func(any) string', stringOf),
};

function formatted(values: readonly Value[]): readonly string[] {
  return values.filter((value) => !isNil(value)).map((value) => normalized(formatValue(value)));
}
