import { type GoFunction, goFunction, integerOf, textOfValue, typeOf, type Value } from '../../template/index.ts';
import { parseIntOrZero } from './parsing.ts';

/** Counting. Source: consul-template v0.42.1, `loop`. */
export const LOOP_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  loop: goFunction('func(...any) (<-chan int64, error)', (...limits: readonly Value[]) => {
    const [first, second] = limits;
    if (limits.length === 1) return count(0n, limitOf(first));
    if (limits.length === 2) return count(limitOf(first), limitOf(second));
    throw new Error(`loop: wrong number of arguments, expected 1 or 2, but got ${limits.length}`);
  }),
};

/** From `start` to before `stop`. */
function* count(start: bigint, stop: bigint): Iterable<bigint> {
  for (let i = start; i < stop; i++) yield i;
}

function limitOf(value: Value): bigint {
  const integer = integerOf(value);
  if (integer !== undefined) return BigInt.asIntN(64, integer);
  const text = textOfValue(value);
  if (text !== undefined) return parseIntOrZero(text);
  const type = value === null || value === undefined ? '<nil>' : typeOf(value).name;
  throw new Error(`loop: bad argument type: ${type}`);
}
