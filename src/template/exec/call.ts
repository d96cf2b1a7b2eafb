import { Suspend, TemplateError } from '../errors.ts';
import type { Node } from '../parse/node.ts';
import { paramType } from '../value/functions.ts';
import type { FuncType } from '../value/types.ts';
import type { Value } from '../value/values.ts';
import { type Argument, type Final, MISSING, validated } from './arguments.ts';
import { fail, type Machine } from './machine.ts';

/** What is called. */
export interface Callee {
  readonly name: string;
  readonly type: FuncType;
  /** What errors point at. */
  readonly node: Node;
  readonly invoke: (args: readonly Value[], context: unknown) => Value;
}

/** Evaluates the arguments and calls. What the function throws ends the evaluation, but for a `Suspend`. */
export function call(machine: Machine, callee: Callee, args: readonly Argument[], final: Final): Value {
  checkCount(machine, callee, args.length, final);
  const { type, name, node, invoke } = callee;
  const values: Value[] = [];
  for (const arg of args) values.push(arg(machine, paramType(type, values.length)));
  if (final !== MISSING) values.push(validated(machine, final, paramType(type, values.length)));
  try {
    return invoke(values, machine.context);
  } catch (error) {
    if (error instanceof Suspend) throw error;
    machine.node = node;
    return fail(machine, `error calling ${name}: ${messageOf(error)}`, error);
  }
}

/** Ends the evaluation when a function cannot take so many arguments. */
export function checkCount(machine: Machine, { name, type }: Callee, argCount: number, final: Final): void {
  const count = argCount + (final === MISSING ? 0 : 1);
  const least = type.params.length - (type.isVariadic ? 1 : 0);
  if (type.isVariadic && count < least) {
    fail(machine, `wrong number of args for ${name}: want at least ${least} got ${argCount}`);
  }
  if (!type.isVariadic && count !== least) {
    fail(machine, `wrong number of args for ${name}: want ${least} got ${count}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error || error instanceof TemplateError ? error.message : String(error);
}
