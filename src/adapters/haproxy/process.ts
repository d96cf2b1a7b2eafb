import { type ChildProcess, spawn } from 'node:child_process';
import { open, readFile } from 'node:fs/promises';
import { kill } from 'node:process';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { CommandSocket } from './socket.ts';

/** HAProxy as a process: a master that keeps its workers, and outlives us. */
export interface HaproxyProcess {
  /** Throws `HAPROXY_CONFIG_REFUSED` with HAProxy's own words, or `HAPROXY_MISSING`. */
  check(paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Starts the master; resolves when a worker answers. Throws `HAPROXY_MISSING` or `HAPROXY_FAILED`. */
  start(paths: readonly string[], signal: AbortSignal): Promise<void>;
  /** Resolves when the master has ended. */
  ended(signal: AbortSignal): Promise<void>;
  /** Lets it finish its requests; after `graceMs` it ends at once. */
  stop(graceMs: number): Promise<void>;
}

export interface HaproxyProcessDeps {
  readonly binary: string;
  readonly logPath: string;
  readonly worker: CommandSocket;
  readonly master: CommandSocket;
  readonly clock: Clock;
  /** The `PATH` of ours. HAProxy gets no other variable: its files could print them. */
  readonly searchPath: string;
}

const START_DEADLINE_MS = 10_000;
const POLL_MS = 20;
const WATCH_MS = 500;
/** For the end of a HAProxy that was told to drop its requests. */
const LAST_PATIENCE_MS = 1_000;

export function createHaproxyProcess(deps: HaproxyProcessDeps): HaproxyProcess {
  const { clock, master } = deps;
  return {
    check: (paths, signal) => checkConfig(deps, paths, signal),
    start: (paths, signal) => startMaster(deps, paths, signal),
    ended: async (signal) => {
      while (await master.isAnswering(signal)) await clock.sleep(WATCH_MS, signal);
    },
    stop: async (graceMs) => {
      const { signal } = new AbortController();
      const pid = await masterPid(deps, signal);
      if (pid === undefined) return;
      for (const [name, patienceMs] of [
        ['SIGUSR1', graceMs],
        ['SIGTERM', LAST_PATIENCE_MS],
      ] as const) {
        sendSignal(pid, name);
        const endMs = clock.monotonicMs() + patienceMs;
        while (clock.monotonicMs() < endMs) {
          if (!(await isThere(deps, signal))) return;
          await clock.sleep(POLL_MS, signal);
        }
      }
    },
  };
}

/**
 * The process ID of the master, from its own `show proc`; `undefined` when there is none. A master that loads itself anew,
 * after its start and at a reload, does not answer meanwhile, so it is asked again as long as its worker is there.
 * Source: HAProxy management guide, 9.4.1.
 */
async function masterPid(deps: HaproxyProcessDeps, signal: AbortSignal): Promise<number | undefined> {
  const { master, clock } = deps;
  const endMs = clock.monotonicMs() + LAST_PATIENCE_MS;
  for (;;) {
    const reply = await master.ask('show proc', signal).catch(() => '');
    const match = /^(\d+)\s+master\b/m.exec(reply);
    if (match !== null) return Number(match[1]);
    if (clock.monotonicMs() > endMs || !(await isThere(deps, signal))) return undefined;
    await clock.sleep(POLL_MS, signal);
  }
}

/** Whether any of it runs: of the two at least one takes connections. */
async function isThere({ master, worker }: HaproxyProcessDeps, signal: AbortSignal): Promise<boolean> {
  return (await master.isAnswering(signal)) || (await worker.isAnswering(signal));
}

function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    kill(pid, signal);
  } catch (error) {
    if (systemErrorCode(error) !== 'ESRCH') throw error;
  }
}

async function checkConfig(
  { binary, searchPath }: HaproxyProcessDeps,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const args = ['-c', ...paths.flatMap((path) => ['-f', path])];
  const child = spawn(binary, args, { stdio: ['ignore', 'pipe', 'pipe'], env: { PATH: searchPath }, signal });
  let output = '';
  const collect = (chunk: Buffer): void => {
    output = (output + chunk.toString('utf8')).slice(-20_000);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const code = await exitCode(child, binary);
  if (code === 0) return;
  throw new PortolanError('HAPROXY_CONFIG_REFUSED', `HAProxy refuses the configuration: ${alerts(output)}`, {
    hint: 'HAProxy goes on with the configuration it has.',
  });
}

async function startMaster(deps: HaproxyProcessDeps, paths: readonly string[], signal: AbortSignal): Promise<void> {
  const { binary, logPath, worker, master, clock, searchPath } = deps;
  // A file and not a pipe: HAProxy outlives us, and a pipe without a reader would stop it.
  const log = await open(logPath, 'w', 0o600);
  const args = ['-W', '-db', '-S', `${master.path},mode,600`, ...paths.flatMap((path) => ['-f', path])];
  const child = spawn(binary, args, { detached: true, stdio: ['ignore', log.fd, log.fd], env: { PATH: searchPath } });
  child.unref();
  await log.close();
  const ending = exitCode(child, binary);
  ending.catch(() => undefined);
  const endMs = clock.monotonicMs() + START_DEADLINE_MS;
  // The master loads itself anew when it has started its worker.
  while (!((await worker.isAnswering(signal)) && (await master.isAnswering(signal)))) {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      await ending;
      throw new PortolanError(
        'HAPROXY_FAILED',
        `HAProxy ended at its start: ${alerts(await readFile(logPath, 'utf8'))}`,
      );
    }
    if (clock.monotonicMs() > endMs) {
      throw new PortolanError(
        'HAPROXY_FAILED',
        `HAProxy does not answer at ${worker.path} after ${START_DEADLINE_MS} ms`,
      );
    }
    await clock.sleep(POLL_MS, signal);
  }
}

async function exitCode(child: ChildProcess, binary: string): Promise<number | null> {
  const { promise, resolve, reject } = Promise.withResolvers<number | null>();
  child.once('error', reject);
  child.once('close', resolve);
  try {
    return await promise;
  } catch (error) {
    throw new PortolanError('HAPROXY_MISSING', `cannot run ${binary}: ${errorMessage(error)}`, {
      cause: error,
      hint: 'Install HAProxy 2.6 or newer, or name its binary by --haproxy-bin.',
    });
  }
}

/** The lines in which HAProxy says what is wrong, without its prefixes. */
function alerts(output: string): string {
  const lines = output.split('\n').filter((line) => line.startsWith('[ALERT]'));
  const texts = lines.map((line) => line.replace(/^\[ALERT\]\s*\(\d+\)\s*:\s*/, '').trim());
  return (texts.length > 0 ? texts : output.trim().split('\n').slice(-3)).slice(0, 5).join('; ');
}
