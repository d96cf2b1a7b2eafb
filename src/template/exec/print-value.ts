import { NO_VALUE, printable } from '../builtins/printable.ts';
import { formatValue } from '../format/print.ts';
import type { ActionNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { callMethod } from '../value/structs.ts';
import { isInt, typeOf } from '../value/type-of.ts';
import type { Value } from '../value/values.ts';
import { fail, type Machine, write } from './machine.ts';

/** They give one of their arguments, or a part of it, as it lies. */
const HANDING_ON: ReadonlySet<string> = new Set(['and', 'index', 'or']);

/** Writes what an action gave. Source: Go's `exec.go`, `printValue`. */
export function printValue(machine: Machine, value: Value, node: ActionNode): void {
  machine.node = node;
  if (typeof value === 'string') write(machine, value);
  else if (typeof value === 'number' && isInt(value)) write(machine, String(value));
  else if (value === undefined) write(machine, NO_VALUE);
  else {
    const { kind, name, methods } = typeOf(value);
    const isPrintable = (kind !== 'func' && kind !== 'chan') || methods?.has('String') || methods?.has('Error');
    if (!isPrintable) fail(machine, `can't print ${nodeText(node)} of type ${name}`);
    write(machine, pointerText(value, node) ?? formatValue(printable(value)));
  }
}

/**
 * What the method `String` of a pointer to the value says: an action prints what can be pointed to through its pointer.
 * What a function gave cannot be pointed to, but for these builtins.
 */
function pointerText(value: Value, { pipe }: ActionNode): string | undefined {
  const first = pipe.commands.at(-1)?.first;
  if (first?.kind === 'identifier' && !HANDING_ON.has(first.name)) return undefined;
  const method = typeOf(value).pointerMethods?.get('String');
  const text = method && callMethod(value, method, []);
  return typeof text === 'string' ? text : undefined;
}
