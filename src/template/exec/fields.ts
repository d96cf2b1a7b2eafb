import type { Node } from '../parse/node.ts';
import { quote } from '../text/quote.ts';
import { unwrap, wrap } from '../value/convert.ts';
import { paramType } from '../value/functions.ts';
import { dictionaryOf, entryOf } from '../value/maps.ts';
import { callMethod, fieldValue, structOf } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import { ANY, type GoType, isAssignable, type Method, STRING } from '../value/types.ts';
import { GoNil, GoStruct, type Value } from '../value/values.ts';
import { type Argument, type Final, MISSING } from './arguments.ts';
import { call } from './call.ts';
import { fail, type Machine } from './machine.ts';

/** The arguments of a field, which only a method can take. */
export interface FieldArguments {
  readonly args: readonly Argument[];
  readonly final: Final;
}

/** No arguments: not even empty ones, so that it can be told by identity. */
export const NO_ARGUMENTS: FieldArguments = { args: [], final: MISSING };

/** Where a chain of fields begins: a value, and the interface type through which it is seen, if it is one. */
export interface Receiver {
  readonly value: Value;
  readonly type: GoType | undefined;
}

/**
 * Follows fields, keys and methods from a value. The last one gets the arguments.
 * Source: Go's `exec.go`, `evalFieldChain`.
 */
export function followFields(
  machine: Machine,
  receiver: Receiver,
  node: Node & { readonly fields: readonly string[] },
  last: FieldArguments = NO_ARGUMENTS,
): Value {
  const { fields } = node;
  let { value, type } = receiver;
  for (let i = 0; i < fields.length; i++) {
    const name = fields[i] ?? '';
    const isLast = i === fields.length - 1;
    machine.holder = value;
    const member = isLast && last !== NO_ARGUMENTS ? undefined : plainMember(value, name);
    const next = member ?? evaluateField(machine, { value, type }, [name, node], isLast ? last : NO_ARGUMENTS);
    if (!isLast) type = memberType(value, name);
    value = next;
  }
  return value;
}

/** What nearly all fields are: an entry of a map or a field of a struct. `undefined` asks `evaluateField`. */
export function plainMember(value: Value, name: string): Value {
  if (value instanceof GoStruct) {
    const field = value.struct.fields.get(name);
    return field?.isExported ? fieldValue(value, field) : undefined;
  }
  return value instanceof Map ? (value.get(name) as Value) : undefined;
}

/** One field of whatever it is. Source: Go's `exec.go`, `evalField`. */
export function evaluateField(
  machine: Machine,
  { value, type: seenAs }: Receiver,
  [name, node]: readonly [string, Node],
  given: FieldArguments = NO_ARGUMENTS,
): Value {
  if (value === undefined) {
    return machine.missingKey === 'error' ? fail(machine, `nil data; no entry for key ${quote(name)}`) : undefined;
  }
  const own = typeOf(value);
  const type = seenAs ?? own;
  if (own.kind === 'interface') return fail(machine, `nil pointer evaluating ${type.name}.${name}`);
  // Nearly all that templates reach lies behind a pointer, so that the methods of pointers are there too.
  const method = own.methods?.get(name) ?? own.pointerMethods?.get(name);
  if (method !== undefined) return invokeMethod(machine, value, method, { ...given, name, node });
  const hasArguments = given.args.length > 0 || given.final !== MISSING;
  const field = structOf(value)?.struct.fields.get(name);
  if (field !== undefined) {
    if (!field.isExported) fail(machine, `${name} is an unexported field of struct type ${type.name}`);
    if (hasArguments) fail(machine, `${name} has arguments but cannot be invoked as function`);
    return plainMember(value, name);
  }
  if (own.kind === 'map' && isAssignable(STRING, own.key)) {
    if (hasArguments) fail(machine, `${name} is not a method but has arguments`);
    return keyValue(machine, value, name);
  }
  if (value instanceof GoNil && own.kind === 'ptr' && own.elem.kind === 'struct' && own.elem.fields.has(name)) {
    fail(machine, `nil pointer evaluating ${type.name}.${name}`);
  }
  return fail(machine, `can't evaluate field ${name} in type ${type.name}`);
}

function keyValue(machine: Machine, map: Value, key: string): Value {
  const dictionary = dictionaryOf(map);
  if (dictionary === undefined) return undefined;
  const found = entryOf(dictionary, key);
  if (found !== undefined || machine.missingKey === 'default') return found;
  if (machine.missingKey === 'zero') return wrap(dictionary.type.elem, undefined);
  return fail(machine, `map has no entry for key ${quote(key)}`);
}

function invokeMethod(
  machine: Machine,
  receiver: Value,
  method: Method,
  { args, final, name, node }: FieldArguments & { readonly name: string; readonly node: Node },
): Value {
  const { type } = method;
  const invoke = (values: readonly Value[]): Value =>
    callMethod(
      receiver,
      method,
      values.map((value, i) => unwrap(paramType(type, i), value)),
      machine.context,
    );
  return call(machine, { name, type, node, invoke }, args, final);
}

/** The interface type of what a container holds under a name; `undefined` when what it holds is known exactly. */
export function memberType(container: Value, name: string): GoType | undefined {
  if (container instanceof Map) return ANY;
  const type = typeOf(container);
  const member =
    type.methods?.get(name)?.type.result ??
    (type.kind === 'map' ? type.elem : structOf(container)?.struct.fields.get(name)?.type);
  return member?.kind === 'interface' ? member : undefined;
}
