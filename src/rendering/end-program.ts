import type { Clock } from '../lib/clock.ts';
import type { Log } from '../lib/log.ts';
import type { Program } from './runner-contracts.ts';

const FORCE_MS = 2_000;
const POLL_MS = 20;

/**
 * Ends a program by a signal, or by force after `timeoutMs`, with all that a shell has started for it.
 * Gives its exit code; nothing if even force does not help.
 */
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

/** Asked again and again, since the end of a whole group of processes is told to nobody. */
async function isOver(program: Program, clock: Clock, withinMs: number): Promise<boolean> {
  const endMs = clock.monotonicMs() + withinMs;
  while (!program.isGone()) {
    if (clock.monotonicMs() >= endMs) return false;
    await clock.sleep(Math.min(POLL_MS, endMs - clock.monotonicMs()));
  }
  return true;
}
