import { Suspend } from '../errors.ts';
import type { Machine, Skip } from './machine.ts';

/** Notes what is waited for. */
export function noteSuspend({ waitingFor }: Machine, { all }: Suspend): void {
  for (const text of all) waitingFor?.add(text);
}

/** Goes on behind a statement. What it would have set is pending: whoever reads that is suspended too. */
export function skipStatement(machine: Machine, skip: Skip, pending: Suspend): void {
  noteSuspend(machine, pending);
  const { variables } = machine;
  // All of a name, since it is not known which the statement sees; it is sound to take too many for pending.
  for (const variable of variables) if (skip.assigned.has(variable.name)) variable.pending = pending;
  for (const name of skip.declared) variables.push({ name, value: undefined, type: undefined, pending });
  if (skip.endsLoop) machine.scopes.length = machine.loops.pop()?.scopes ?? 0;
  machine.pc = skip.resume.at;
}

/** All that an evaluation waits for, if it does. */
export function gathered({ waitingFor }: Machine): Suspend | undefined {
  return waitingFor === undefined || waitingFor.size === 0 ? undefined : new Suspend(...waitingFor);
}
