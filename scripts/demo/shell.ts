// Runs programs and shows them as one would type them.
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { command } from './screen.ts';

const execute = promisify(execFile);

/** A step of the demo did not hold. */
export class DemoFailure extends Error {}

/** Runs a program and gives its output. Throws a `DemoFailure` with what it said when it fails. */
export async function quietly(program: string, ...args: readonly string[]): Promise<string> {
  try {
    const { stdout } = await execute(program, args, { maxBuffer: 16 * 1024 * 1024 });
    return stdout;
  } catch (error) {
    const { stderr, message } = error as Error & { readonly stderr?: string };
    throw new DemoFailure(`${typed(program, args)}\n${stderr?.trim() || message}`);
  }
}

/** The same, with the command on the screen. */
export async function visibly(program: string, ...args: readonly string[]): Promise<string> {
  command(typed(program, args));
  return await quietly(program, ...args);
}

function typed(program: string, args: readonly string[]): string {
  return [program, ...args].map((word) => (/^[\w@%+=:,./*-]+$/.test(word) ? word : `'${word}'`)).join(' ');
}

/** Tries until `attempt` gives something; throws a `DemoFailure` when the time is over. */
export async function until<T>(what: string, timeoutMs: number, attempt: () => Promise<T | undefined>): Promise<T> {
  const endMs = performance.now() + timeoutMs;
  let last: unknown;
  while (performance.now() < endMs) {
    try {
      const result = await attempt();
      if (result !== undefined) return result;
    } catch (error) {
      last = error;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  const reason = last instanceof Error ? `: ${last.message}` : '';
  throw new DemoFailure(`${what}: not within ${timeoutMs / 1_000} s${reason}`);
}
