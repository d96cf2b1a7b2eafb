import { formatValue } from '../format/print.ts';
import type { BranchNode } from '../parse/node.ts';
import { wrap } from '../value/convert.ts';
import { dictionaryOf, sortedEntries } from '../value/maps.ts';
import { integerOf } from '../value/numbers.ts';
import { itemAt, sequenceOf } from '../value/sequences.ts';
import { dereferenced } from '../value/structs.ts';
import { typeOf } from '../value/type-of.ts';
import type { GoType } from '../value/types.ts';
import { GoChannel, GoNil, type Value } from '../value/values.ts';
import { fail, findVariable, type Loop, type Machine, setVariable } from './machine.ts';

/** What a range goes over. */
interface Source {
  /** The next index or key, and the next value; `undefined` at the end. */
  readonly next: () => readonly [index: Value, value: Value] | undefined;
  /** Types of the indices and the values. */
  readonly indexType?: GoType;
  readonly valueType?: GoType;
}

/**
 * A range over a value, begun: the first iteration is set up. `undefined` when there is nothing to go over.
 * Source: Go's `exec.go`, `walkRange`.
 */
export function beginLoop(machine: Machine, value: Value, node: BranchNode): Loop | undefined {
  const source = sourceOf(machine, value, node);
  if (source === undefined) return undefined;
  const { declarations, isAssignment } = node.pipe;
  const [first, second] = declarations.map(({ name }) => name);
  const bottom = machine.variables.length;
  const indexType = interfaceOnly(source.indexType);
  const valueType = interfaceOnly(source.valueType);
  const set = (name: string, slot: number, held: Value, type: GoType | undefined): void => {
    const variable = isAssignment ? findVariable(machine, name) : machine.variables[bottom - slot];
    if (variable !== undefined) setVariable(variable, held, type);
  };
  const advance = (): boolean => {
    const step = source.next();
    if (step === undefined) return false;
    const [index, item] = step;
    machine.variables.length = bottom;
    // With one variable it is the value, with two the index comes first.
    if (second !== undefined && first !== undefined) set(first, 2, index, indexType);
    const name = second ?? first;
    if (name !== undefined) set(name, 1, item, valueType);
    machine.dot = item;
    machine.dotType = valueType;
    return true;
  };
  const loop = { scopes: machine.scopes.length, advance };
  return advance() ? loop : undefined;
}

function sourceOf(machine: Machine, value: Value, node: BranchNode): Source | undefined {
  if (value === undefined) return undefined;
  const sequence = sequenceOf(value);
  if (sequence !== undefined) {
    let i = 0;
    const { length } = sequence.items;
    return { valueType: sequence.type.elem, next: () => (i < length ? [i, itemAt(sequence, i++)] : undefined) };
  }
  const dictionary = dictionaryOf(value);
  if (dictionary !== undefined) {
    const entries = sortedEntries(dictionary);
    let i = 0;
    return { indexType: dictionary.type.key, valueType: dictionary.type.elem, next: () => entries[i++] };
  }
  if (value instanceof GoChannel) return channelSource(value);
  const count = integerOf(value);
  if (count !== undefined) return countSource(machine, value, node);
  if (value instanceof GoNil && value.type.kind === 'chan') return undefined;
  return fail(machine, `range can't iterate over ${formatValue(dereferenced(value))}`);
}

function channelSource({ type, values }: GoChannel): Source {
  let i = 0;
  return {
    valueType: type.elem,
    next: () => {
      const { done, value } = values.next();
      return done ? undefined : [i++, wrap(type.elem, value)];
    },
  };
}

/** An integer counts up to itself, in its own type. */
function countSource(machine: Machine, value: Value, node: BranchNode): Source {
  if (node.pipe.declarations.length > 1) {
    fail(machine, `can't use ${formatValue(value)} to iterate over more than one variable`);
  }
  const type = typeOf(value);
  const end = integerOf(value) ?? 0n;
  if (typeof value === 'number') {
    let n = 0;
    return { next: () => (n < value ? [undefined, n++] : undefined) };
  }
  let n = 0n;
  return { next: () => (n < end ? [undefined, wrap(type, n++)] : undefined) };
}

/** Only of interfaces it matters that a value is seen through them. */
function interfaceOnly(type: GoType | undefined): GoType | undefined {
  return type?.kind === 'interface' ? type : undefined;
}
