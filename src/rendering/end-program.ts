import type { Clock } from '../lib/clock.ts';
import { firstOf } from '../lib/deadline.ts';
import type { Log } from '../lib/log.ts';
import type { Program } from './runner-contracts.ts';

const FORCE_MS = 2_000;

/** Ends a program by a signal, or by force after `timeoutMs`. Gives its exit code; nothing if even that does not help. */
export async function endProgram(
  program: Program,
  { signal, timeoutMs }: { readonly signal: NodeJS.Signals; readonly timeoutMs: number },
  { clock, log }: { readonly clock: Clock; readonly log: Log },
): Promise<number | undefined> {
  program.signal(signal);
  if (await isOver(program, clock, timeoutMs)) return await program.ended;
  log.warn('the program does not end and is killed', { pid: program.pid, signal, timeoutMs });
  program.signal('SIGKILL');
  return (await isOver(program, clock, FORCE_MS)) ? await program.ended : undefined;
}

async function isOver({ ended }: Program, clock: Clock, withinMs: number): Promise<boolean> {
  const timer = new AbortController();
  try {
    return await firstOf(
      ended.then(() => true),
      clock.sleep(withinMs, timer.signal).then(() => false),
    );
  } finally {
    timer.abort();
  }
}
