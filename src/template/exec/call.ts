import { Suspend, TemplateError } from '../errors.ts';
import type { Node } from '../parse/node.ts';
import { paramType } from '../value/functions.ts';
import type { FuncType } from '../value/types.ts';
import type { Value } from '../value/values.ts';
import { type Argument, type Final, MISSING, validated } from './arguments.ts';
import { noteSuspend } from './gather.ts';
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
  const values = evaluateArguments(machine, args, type);
  if (final !== MISSING) values.push(validated(machine, final, paramType(type, values.length)));
  try {
    return invoke(values, machine.context);
  } catch (error) {
    if (error instanceof Suspend) throw error;
    machine.node = node;
    return fail(machine, `error calling ${name}: ${messageOf(error)}`, error);
  }
}

/** An evaluation that gathers goes on to the other arguments when one is not known yet. */
function evaluateArguments(machine: Machine, args: readonly Argument[], type: FuncType): Value[] {
  const values: Value[] = [];
  let pending: Suspend | undefined;
  for (const arg of args) {
    try {
      values.push(arg(machine, paramType(type, values.length)));
    } catch (error) {
      if (machine.waitingFor === undefined || !(error instanceof Suspend)) throw error;
      noteSuspend(machine, error);
      pending ??= error;
      values.push(undefined);
    }
  }
  if (pending !== undefined) throw pending;
  return values;
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
