import { type ChildProcess, spawn } from 'node:child_process';
import { constants } from 'node:os';
import { kill } from 'node:process';
import type { Clock } from '../../lib/clock.ts';
import { firstOf, withLinkedSignal } from '../../lib/deadline.ts';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { Commands, RunnableCommand } from '../../rendering/runner-contracts.ts';
import { outputTail } from './output-tail.ts';

/** A program that was told to end has so long before it is killed. */
const LAST_PATIENCE_MS = 300;
/** What it wrote is here by then, unless something that it started holds its output open. */
const OUTPUT_PATIENCE_MS = 200;

/** Commands as processes of this machine. */
export function createCommands(clock: Clock): Commands {
  return {
    run: async (command, { captures }, signal) => {
      signal.throwIfAborted();
      const output = captures ? ('pipe' as const) : ('inherit' as const);
      const { file, args } = programOf(command);
      // In a group of its own, so that all that it started can be killed.
      const child = spawn(file, args, {
        env: command.environment,
        detached: true,
        stdio: ['ignore', output, output],
      });
      const tail = outputTail(child);
      const words = command.command.join(' ');
      const code = await withLinkedSignal(signal, async (own) => {
        const timer = clock.sleep(command.timeoutMs, own).then(() => 'late' as const);
        return await firstOf<number | 'late'>(exitOf(child, words), timer);
      }).catch(async (error: unknown) => {
        if (signal.aborted) await endGroup(child, clock);
        throw error;
      });
      if (code === 'late') {
        signalTo(-(child.pid ?? 0), 'SIGKILL');
        throw new PortolanError('COMMAND_FAILED', `${words}: did not end within ${command.timeoutMs} ms`);
      }
      if (code === 0) return;
      if (captures) await firstOf(tail.closed, clock.sleep(OUTPUT_PATIENCE_MS));
      throw new PortolanError('COMMAND_FAILED', [`${words}: ends with ${code}`, ...tail.lines()].join('; '));
    },
    start: async (command) => {
      const { file, args, isShell } = programOf({ command: withoutShell(command.command) });
      // A shell does not pass signals on, so its whole group gets them.
      const child = spawn(file, args, { env: command.environment, detached: isShell, stdio: 'inherit' });
      const ended = exitOf(child, command.command.join(' '));
      const { promise: started, resolve } = Promise.withResolvers<void>();
      child.once('spawn', resolve);
      await Promise.race([started, ended]);
      const pid = child.pid ?? 0;
      return {
        pid,
        ended,
        signal: (name) => {
          if (isShell) signalTo(-pid, name);
          else if (isRunning(child)) signalTo(pid, name);
        },
        isGone: () => !isRunning(child) && !(isShell && isGroupThere(pid)),
      };
    },
  };
}

function programOf({ command }: Pick<RunnableCommand, 'command'>): {
  readonly file: string;
  readonly args: readonly string[];
  readonly isShell: boolean;
} {
  const [first = '', ...args] = command;
  const file = first.trim();
  // A single word needs no shell, which an image may not have. Source: consul-template, `CommandPrep`.
  if (args.length > 0 || (/^[\w./-]+$/.test(file) && !SHELL_WORDS.test(file))) return { file, args, isShell: false };
  return { file: '/bin/sh', args: ['-c', first], isShell: true };
}

const SIMPLE_COMMAND = /^\s*(?<word>[\w./-]+)(?:\s[^;&|()`\n]*)?$/;
const SHELL_WORDS =
  /^(?:\.|break|case|cd|continue|do|eval|exec|exit|export|for|if|local|read|readonly|return|set|shift|source|time|times|trap|type|ulimit|umask|unset|until|wait|while)$/;

/** A shell that only runs one program lets it take its place, so that signals and the exit code are the program's. */
function withoutShell(command: readonly string[]): readonly string[] {
  const [script = '', ...more] = command;
  const word = SIMPLE_COMMAND.exec(script)?.groups?.['word'];
  return more.length > 0 || word === undefined || word === script.trim() || SHELL_WORDS.test(word)
    ? command
    : [`exec ${script}`];
}

function isRunning({ exitCode, signalCode }: ChildProcess): boolean {
  return exitCode === null && signalCode === null;
}

function isGroupThere(group: number): boolean {
  try {
    return kill(-group, 0);
  } catch (error) {
    return systemErrorCode(error) !== 'ESRCH';
  }
}

/** The exit code, or 128 and the number of the signal. Rejects when it cannot be started. */
async function exitOf(child: ChildProcess, words: string): Promise<number> {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  child.once('error', reject);
  child.once('exit', (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  try {
    return await promise;
  } catch (error) {
    throw new PortolanError('COMMAND_FAILED', `cannot run ${words}: ${errorMessage(error)}`, { cause: error });
  }
}

async function endGroup(child: ChildProcess, clock: Clock): Promise<void> {
  const group = -(child.pid ?? 0);
  signalTo(group, 'SIGTERM');
  await firstOf<unknown>(exitOf(child, ''), clock.sleep(LAST_PATIENCE_MS));
  signalTo(group, 'SIGKILL');
}

function signalTo(pid: number, name: NodeJS.Signals): void {
  if (pid === 0) return;
  try {
    kill(pid, name);
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}
