import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { once } from 'node:events';
import { resolve } from 'node:path';
import { onTestFinished } from 'vitest';

const MAIN = resolve(import.meta.dirname, '../../src/main.ts');

/** A command of Portolan as a process of its own. */
export interface PortolanProcess {
  readonly process: ChildProcessWithoutNullStreams;
  stdout(): string;
  /** The log: JSON lines, and messages. */
  stderr(): string;
  /** Whether a line of the log has this message. */
  hasSaid(message: string): boolean;
  /** The exit code. */
  readonly ended: Promise<number>;
}

/** `portolan render` as a process of its own. */
export type RenderProcess = PortolanProcess;

interface Surroundings {
  readonly environment?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts it with these arguments; it ends with the test at the latest. */
export function startRender(args: readonly string[], surroundings: Surroundings = {}): RenderProcess {
  return startPortolan(['render', ...args], surroundings);
}

/** The same for any command. */
export function startPortolan(args: readonly string[], { environment = {}, cwd }: Surroundings = {}): PortolanProcess {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { PATH: process.env['PATH'], ...environment },
    ...(cwd !== undefined && { cwd }),
  });
  let stdout = '';
  let stderr = '';
  child.stdout.on('data', (chunk: Buffer) => {
    stdout += chunk.toString();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const ended = once(child, 'close').then(([code]: readonly unknown[]) => (typeof code === 'number' ? code : -1));
  onTestFinished(async () => {
    child.kill('SIGTERM');
    const timer = setTimeout(() => child.kill('SIGKILL'), 3_000);
    await ended;
    clearTimeout(timer);
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    hasSaid: (message) => stderr.includes(`"msg":${JSON.stringify(message)}`),
    ended,
  };
}
