import type { BoolNode, NumberNode, StringNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { wrap } from '../value/convert.ts';
import { int } from '../value/numbers.ts';
import { held } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import {
  ANY,
  COMPLEX128,
  canBeNil,
  FLOAT64,
  type GoType,
  isAssignable,
  isIntKind,
  isUintKind,
  REFLECT_VALUE,
} from '../value/types.ts';
import { GoStruct, type Value } from '../value/values.ts';
import { fail, type Machine } from './machine.ts';

/** An argument: its value for a parameter of some type. */
export type Argument = (machine: Machine, type: GoType) => Value;

/** Stands for the value of the command before, where there is none. */
export const MISSING = Symbol('missing');

/** The value of the command before in the pipeline, which becomes the last argument. */
export type Final = Value | typeof MISSING;

export type LiteralNode = BoolNode | NumberNode | StringNode;

/** A value for a parameter, if it may be given for it. Source: Go's `exec.go`, `validateType`. */
export function validated(machine: Machine, value: Value, type: GoType): Value {
  if (type === REFLECT_VALUE) return value;
  if (value === undefined) {
    return canBeNil(type) ? wrap(type, undefined) : fail(machine, `invalid value; expected ${type.name}`);
  }
  // What an interface holds goes from one to the other, also if it is nothing.
  if (type === ANY) return held(value) ?? null;
  const from = typeOf(value);
  if (value !== null && isAssignable(from, type)) return value;
  if (value instanceof GoStruct && from.kind === 'ptr' && isAssignable(from.elem, type)) {
    return new GoStruct(value.struct, value.target);
  }
  return fail(machine, `wrong type for value; expected ${type.name}; got ${from.name}`);
}

/** `nil` for a parameter. */
export function nilFor(machine: Machine, type: GoType): Value {
  if (!canBeNil(type)) fail(machine, `cannot assign nil to ${type.name}`);
  return type === REFLECT_VALUE ? undefined : wrap(type, undefined);
}

/** A literal for a parameter, whose type decides what it is. Source: Go's `exec.go`, `evalArg`. */
export function literalFor(machine: Machine, node: LiteralNode, type: GoType): Value {
  if (type === REFLECT_VALUE || type === ANY) return idealValue(machine, node);
  const [raw, expected] = rawLiteral(node, type);
  if (raw !== undefined) return wrap(type, raw);
  const text = nodeText(node);
  if (expected === undefined) return fail(machine, `can't handle ${text} for arg of type ${type.name}`);
  return fail(machine, `expected ${expected}; found ${text}`);
}

/** A literal where no type is asked for: the way it is written decides. Source: Go's `exec.go`, `idealConstant`. */
export function idealValue(machine: Machine, node: LiteralNode): Value {
  if (node.kind === 'string') return node.text;
  if (node.kind === 'bool') return node.isTrue;
  if (node.complex !== undefined) return wrap(COMPLEX128, node.complex);
  const isWrittenAsFloat = /[.eEpP]/.test(node.text) && !/^[+-]?0[xX][^pP]*$|^'/.test(node.text);
  if (node.float !== undefined && isWrittenAsFloat) return wrap(FLOAT64, node.float);
  return node.int === undefined ? fail(machine, `${node.text} overflows int`) : int(node.int);
}

/** The raw value of a literal in a type, if it has one, and what would be right there. */
function rawLiteral(node: LiteralNode, { kind }: GoType): readonly [raw: unknown, expected: string | undefined] {
  const number = node.kind === 'number' ? node : undefined;
  if (kind === 'string') return [node.kind === 'string' ? node.text : undefined, 'string'];
  if (kind === 'bool') return [node.kind === 'bool' ? node.isTrue : undefined, 'bool'];
  if (isIntKind(kind)) return [number?.int, 'integer'];
  if (isUintKind(kind)) return [number?.uint, 'unsigned integer'];
  if (kind === 'float32' || kind === 'float64') return [number?.float, 'float'];
  if (kind === 'complex64' || kind === 'complex128') return [number?.complex, 'complex'];
  return [undefined, undefined];
}
