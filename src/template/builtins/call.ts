import { paramType } from '../value/functions.ts';
import { held } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import { GoFunction, GoNil, type Value } from '../value/values.ts';
import { converted } from './collections.ts';

/** Calls a function that is a value. `name` is what the template calls it. Source: Go's `funcs.go`, `call`. */
export function callFunction(name: string, values: readonly Value[], context: unknown): Value {
  const [target, ...args] = values;
  if (held(target) === undefined) throw new Error('call of nil');
  const type = typeOf(target);
  if (type.kind !== 'func') throw new Error(`non-function ${name} of type ${type.name}`);
  const least = type.params.length - (type.isVariadic ? 1 : 0);
  if (type.isVariadic ? args.length < least : args.length !== least) {
    const want = type.isVariadic ? `want at least ${least}` : `want ${least}`;
    throw new Error(`wrong number of args for ${name}: got ${args.length} ${want}`);
  }
  const given = args.map((arg, i) => {
    try {
      return converted(held(arg), paramType(type, i));
    } catch (error) {
      throw new Error(`arg ${i}: ${(error as Error).message}`, { cause: error });
    }
  });
  if (target instanceof GoNil || !(target instanceof GoFunction)) {
    throw new Error('reflect.Value.Call: call of nil function');
  }
  return target.apply(given, context);
}
