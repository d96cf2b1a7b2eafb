import { print, printLine } from '../format/print.ts';
import { printf } from '../format/printf.ts';
import { isTrue } from '../value/truth.ts';
import { funcType } from '../value/type-parser.ts';
import { GoFunction, type Value } from '../value/values.ts';
import { index, length, slice } from './collections.ts';
import { equal, less, lessOrEqual } from './comparisons.ts';
import { escapeHtml, escapeJs, escapeQuery } from './escapes.ts';
import { printable } from './printable.ts';

const TWO = 'func(reflect.Value, reflect.Value) bool';
const SOME = 'func(reflect.Value, ...reflect.Value) reflect.Value';
const PRINT = 'func(...any) string';

/**
 * The functions that every template has. Source: Go's `text/template`, `funcs.go`, `builtins`.
 * `and`, `or` and `call` are evaluated by `exec`: they need to know their arguments before they are evaluated.
 */
export const BUILTINS: ReadonlyMap<string, GoFunction> = new Map([
  builtin('and', SOME, ([first]) => first),
  builtin('call', SOME, ([first]) => first),
  builtin('eq', 'func(reflect.Value, ...reflect.Value) bool', ([first, ...others]) => equal(first, others)),
  builtin('ge', TWO, ([a, b]) => !less(a, b)),
  builtin('gt', TWO, ([a, b]) => !lessOrEqual(a, b)),
  builtin('html', PRINT, (args) => escapeHtml(joined(args))),
  builtin('index', SOME, ([item, ...indices]) => index(item, indices)),
  builtin('js', PRINT, (args) => escapeJs(joined(args))),
  builtin('le', TWO, ([a, b]) => lessOrEqual(a, b)),
  builtin('len', 'func(reflect.Value) int', ([value]) => length(value)),
  builtin('lt', TWO, ([a, b]) => less(a, b)),
  builtin('ne', TWO, ([a, b]) => !equal(a, [b])),
  builtin('not', 'func(reflect.Value) bool', ([value]) => !isTrue(value)),
  builtin('or', SOME, ([first]) => first),
  builtin('print', PRINT, print),
  builtin('printf', 'func(string, ...any) string', ([format, ...args]) => printf(format as string, args)),
  builtin('println', PRINT, printLine),
  builtin('slice', SOME, ([item, ...indices]) => slice(item, indices)),
  builtin('urlquery', PRINT, (args) => escapeQuery(joined(args))),
]);

function builtin(name: string, signature: string, apply: (args: readonly Value[]) => Value): [string, GoFunction] {
  return [name, new GoFunction(funcType(signature), apply)];
}

/** The text that an escaping function escapes. Source: Go's `funcs.go`, `evalArgs`. */
function joined(args: readonly Value[]): string {
  const [first] = args;
  return args.length === 1 && typeof first === 'string' ? first : print(args.map(printable));
}
