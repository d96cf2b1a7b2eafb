import {
  float64,
  floatOf,
  formatValue,
  type GoFunction,
  goFunction,
  int64,
  integerOf,
  kindOf,
  typeOf,
  uint64,
  type Value,
} from '../../template/index.ts';

interface Operation {
  readonly name: string;
  readonly ofIntegers: (a: bigint, b: bigint) => bigint;
  /** Without it floats are refused. */
  readonly ofFloats?: (a: number, b: number) => number;
}

const OPERATIONS: readonly Operation[] = [
  { name: 'add', ofIntegers: (a, b) => a + b, ofFloats: (a, b) => a + b },
  { name: 'subtract', ofIntegers: (a, b) => a - b, ofFloats: (a, b) => a - b },
  { name: 'multiply', ofIntegers: (a, b) => a * b, ofFloats: (a, b) => a * b },
  { name: 'divide', ofIntegers: (a, b) => a / divisor(b), ofFloats: (a, b) => a / b },
  { name: 'modulo', ofIntegers: (a, b) => a % divisor(b) },
];

/**
 * Arithmetic with the second operand first, so that `5 | subtract 2` is 3. Results are `int64`, or `uint64` of two
 * unsigned operands, or `float64`; integers wrap. Source: consul-template v0.42.1, `funcs.go`.
 */
export const ARITHMETIC_FUNCTIONS: Readonly<Record<string, GoFunction>> = {
  ...Object.fromEntries(OPERATIONS.map((operation) => [operation.name, operationFunction(operation)])),
  minimum: extremeFunction('minimum', (a, b) => a < b),
  maximum: extremeFunction('maximum', (a, b) => a > b),
};

/** A number by what counts here: signed, unsigned or float. */
type Operand =
  | { readonly kind: 'float'; readonly number: number }
  | { readonly kind: 'signed' | 'unsigned'; readonly integer: bigint };

function operationFunction({ name, ofIntegers, ofFloats }: Operation): GoFunction {
  const takesFloats = ofFloats !== undefined;
  return goFunction('func(any, any) (any, error)', (second: Value, first: Value) => {
    const [a, b] = operands(name, [first, second], takesFloats);
    if (a.kind !== 'float' && b.kind !== 'float') {
      const isUnsigned = a.kind === 'unsigned' && b.kind === 'unsigned';
      const result = ofIntegers(isUnsigned ? a.integer : signed(a), isUnsigned ? b.integer : signed(b));
      return isUnsigned ? uint64(result) : int64(result);
    }
    return float64(ofFloats?.(toFloat(a), toFloat(b)) ?? 0);
  });
}

/** The operand that wins keeps its kind. */
function extremeFunction(name: string, isFirst: (a: bigint | number, b: bigint | number) => boolean): GoFunction {
  return goFunction('func(any, any) (any, error)', (second: Value, first: Value) => {
    const [a, b] = operands(name, [first, second], true);
    if (a.kind === 'float' || b.kind === 'float') return widest(isFirst(toFloat(a), toFloat(b)) ? a : b);
    const isUnsigned = a.kind === 'unsigned' && b.kind === 'unsigned';
    const [x, y] = isUnsigned ? [a.integer, b.integer] : [signed(a), signed(b)];
    return widest(isFirst(x, y) ? a : b);
  });
}

function operands(name: string, values: readonly [Value, Value], takesFloats: boolean): readonly [Operand, Operand] {
  const [a, b] = values;
  return [operand(name, a, takesFloats), operand(name, b, takesFloats)];
}

function operand(name: string, value: Value, takesFloats: boolean): Operand {
  const number = floatOf(value);
  if (number !== undefined && takesFloats) return { kind: 'float', number };
  const integer = integerOf(value);
  if (integer !== undefined) return { kind: kindOf(value).startsWith('u') ? 'unsigned' : 'signed', integer };
  const isNil = value === null || value === undefined;
  const shown = isNil ? '<invalid reflect.Value>' : formatValue(value, 'q');
  throw new Error(`${name}: unknown type for ${shown} (${isNil ? '<nil>' : typeOf(value).name})`);
}

function signed(operand: Operand): bigint {
  return operand.kind === 'float' ? 0n : BigInt.asIntN(64, operand.integer);
}

function toFloat(operand: Operand): number {
  return operand.kind === 'float' ? operand.number : Number(operand.integer);
}

function widest(operand: Operand): Value {
  if (operand.kind === 'float') return float64(operand.number);
  return operand.kind === 'signed' ? int64(operand.integer) : uint64(operand.integer);
}

function divisor(value: bigint): bigint {
  if (value === 0n) throw new Error('runtime error: integer divide by zero');
  return value;
}
