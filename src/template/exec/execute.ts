import { Suspend } from '../errors.ts';
import { normalized } from '../text/utf8.ts';
import type { Value } from '../value/values.ts';
import { gathered, skipStatement } from './gather.ts';
import { checkLength, fail, type Machine, type MissingKey, type Program } from './machine.ts';

/** Steps between two questions whether to go on. */
const STEPS_PER_CHECK = 1_024;

export interface ExecuteOptions {
  /** Go's option `missingkey`. */
  readonly missingKey?: MissingKey | undefined;
  /** Handed to functions made with `contextFunction`. */
  readonly context?: unknown;
  /**
   * When a function throws a `Suspend`, skip its statement and go on, to learn what else is missing: then the `Suspend`
   * that is thrown in the end names all. No error is thrown once something was skipped.
   */
  readonly gathers?: boolean | undefined;
  /** Bytes of output above which the evaluation fails. */
  readonly maxOutputBytes?: number | undefined;
  /**
   * Asked at the start and then every 1,024 steps, so within microseconds but for a slow function: a text is the reason
   * to stop, which becomes a `TemplateError`; `undefined` goes on.
   */
  readonly stopReason?: (() => string | undefined) | undefined;
}

/** Evaluates a program. All state is in the machine made here, so evaluations may run inside one another. */
export function run(
  programs: ReadonlyMap<string, Program>,
  program: Program,
  data: Value,
  options: ExecuteOptions,
): string {
  const dot = data ?? undefined;
  const machine: Machine = {
    programs,
    program,
    missingKey: options.missingKey ?? 'default',
    context: options.context,
    waitingFor: options.gathers ? new Set() : undefined,
    maxOutputBytes: options.maxOutputBytes ?? Number.POSITIVE_INFINITY,
    ...{ frames: [], loops: [], scopes: [], pc: 0, out: '' },
    ...{ dot, dotType: undefined, holder: undefined, node: program.tree.root },
    variables: [{ name: '$', value: dot, type: undefined }],
  };
  try {
    runStatements(machine, options.stopReason);
    checkLength(machine);
  } catch (error) {
    // What is missing may be the cause, so it is not known yet that this is an error.
    const waiting = gathered(machine);
    if (waiting !== undefined) throw waiting;
    // JavaScript's stack or the length of a string: the data is nested too deeply, or a text is too long.
    if (error instanceof RangeError) fail(machine, error.message, error);
    throw error;
  }
  const waiting = gathered(machine);
  if (waiting !== undefined) throw waiting;
  return normalized(machine.out);
}

/** All steps; where it is allowed those are skipped whose data is not there yet. */
function runStatements(machine: Machine, stopReason: ExecuteOptions['stopReason']): void {
  const check = createCheck(machine, stopReason);
  for (;;) {
    try {
      runSteps(machine, check);
      return;
    } catch (error) {
      if (machine.waitingFor === undefined || !(error instanceof Suspend)) throw error;
      const skip = machine.program.skips.get(machine.pc - 1);
      if (skip === undefined) throw error;
      skipStatement(machine, skip, error);
    }
  }
}

/** Asks now and then whether to go on. */
function createCheck(machine: Machine, stopReason: ExecuteOptions['stopReason']): () => void {
  if (stopReason === undefined) return () => undefined;
  let count = 0;
  return () => {
    if (count++ % STEPS_PER_CHECK !== 0) return;
    const reason = stopReason();
    if (reason !== undefined) fail(machine, reason);
  };
}

function runSteps(machine: Machine, check: () => void): void {
  for (;;) {
    check();
    const step = machine.program.steps[machine.pc];
    if (step === undefined) {
      if (!leaveTemplate(machine)) return;
      continue;
    }
    machine.pc++;
    step(machine);
  }
}

/** Goes back to the template that called; `false` when there is none. */
function leaveTemplate(machine: Machine): boolean {
  const frame = machine.frames.pop();
  if (frame !== undefined) Object.assign(machine, frame);
  return frame !== undefined;
}
