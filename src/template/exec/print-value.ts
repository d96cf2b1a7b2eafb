import { NO_VALUE, printable } from '../builtins/printable.ts';
import { formatValue } from '../format/print.ts';
import type { ActionNode } from '../parse/node.ts';
import { nodeText } from '../parse/node-text.ts';
import { callMethod } from '../value/structs.ts';
import { isInt, typeOf } from '../value/type-of.ts';
import type { Value } from '../value/values.ts';
import { fail, type Machine, write } from './machine.ts';

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
 * What a function gave cannot be pointed to.
 */
function pointerText(value: Value, { pipe }: ActionNode): string | undefined {
  if (pipe.commands.at(-1)?.first.kind === 'identifier') return undefined;
  const method = typeOf(value).pointerMethods?.get('String');
  const text = method && callMethod(value, method, []);
  return typeof text === 'string' ? text : undefined;
}
