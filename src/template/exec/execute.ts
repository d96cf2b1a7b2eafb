import { normalized } from '../text/utf8.ts';
import type { Value } from '../value/values.ts';
import { checkLength, fail, type Machine, type MissingKey, type Program } from './machine.ts';

/** Steps between two questions whether to go on. */
const STEPS_PER_CHECK = 1_024;

export interface ExecuteOptions {
  /** Go's option `missingkey`. */
  readonly missingKey?: MissingKey | undefined;
  /** Handed to functions made with `contextFunction`. */
  readonly context?: unknown;
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
    maxOutputBytes: options.maxOutputBytes ?? Number.POSITIVE_INFINITY,
    ...{ frames: [], loops: [], scopes: [], pc: 0, out: '' },
    ...{ dot, dotType: undefined, holder: undefined, node: program.tree.root },
    variables: [{ name: '$', value: dot, type: undefined }],
  };
  try {
    runSteps(machine, options.stopReason);
    checkLength(machine);
  } catch (error) {
    // JavaScript's stack or the length of a string: the data is nested too deeply, or a text is too long.
    if (error instanceof RangeError) fail(machine, error.message, error);
    throw error;
  }
  return normalized(machine.out);
}

function runSteps(machine: Machine, stopReason: ExecuteOptions['stopReason']): void {
  for (let count = 0; ; count++) {
    if (stopReason !== undefined && count % STEPS_PER_CHECK === 0) {
      const reason = stopReason();
      if (reason !== undefined) fail(machine, reason);
    }
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
