// Starts programs, measures their CPU and memory by /proc, and ends them again, by their ID, whatever happens.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

export interface Program {
  /** Also the name of its log. */
  readonly name: string;
  readonly command: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
}

export interface Launched {
  readonly pid: number;
  /** All that it has printed. */
  log(): string;
  cpuS(): number;
  peakMb(): number;
  /** Throws with the end of the log when it has ended. */
  assertAlive(): void;
  /** By SIGTERM, then by SIGKILL. */
  stop(): Promise<void>;
}

/** Ticks in a second, as /proc counts them on Linux. */
const TICKS = 100;
const GRACE_MS = 10_000;

const alive = new Set<ChildProcess>();

/** Ends with this process at the latest. */
export function endWithUs<T extends ChildProcess>(child: T): T {
  alive.add(child);
  child.once('exit', () => alive.delete(child));
  return child;
}

function endAll(): void {
  for (const child of alive) child.kill('SIGKILL');
}

/** Ends whatever has been started and still runs. */
export async function stopAll(): Promise<void> {
  const ended = [...alive].map((child) => once(child, 'exit'));
  endAll();
  await Promise.all(ended);
}

process.once('exit', endAll);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export async function launch({ name, command, environment = {} }: Program, folder: string): Promise<Launched> {
  const [program = '', ...args] = command;
  const log = join(folder, `${name}.log`);
  const file = openSync(log, 'a');
  const env = { ...process.env, ...environment };
  const child = endWithUs(spawn(program, args, { stdio: ['ignore', file, file], env }));
  closeSync(file);
  if (child.pid === undefined) await once(child, 'spawn');
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null;
  const pid = child.pid ?? 0;
  return {
    pid,
    log: () => readFileSync(log, 'utf8'),
    cpuS: () => cpuOf(pid),
    peakMb: () => peakOf(pid),
    assertAlive: () => {
      if (hasEnded()) throw new Error(`${name} has ended: ${readFileSync(log, 'utf8').slice(-1_000)}`);
    },
    stop: async () => {
      if (hasEnded()) return;
      const ended = once(child, 'exit');
      child.kill('SIGTERM');
      await Promise.race([ended, sleep(GRACE_MS)]);
      if (!hasEnded()) child.kill('SIGKILL');
      await ended;
    },
  };
}

/** CPU of this process and of all that it has started, in seconds. */
export function ownCpuS(): number {
  const pids = [...alive].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  return cpuOf(process.pid, true) + pids.reduce((sum, pid) => sum + cpuOf(pid, true), 0);
}

/** CPU of everything on this machine, in seconds. */
export function machineCpuS(): number {
  const [line = ''] = readFileSync('/proc/stat', 'utf8').split('\n', 1);
  const [user = 0, nice = 0, system = 0, , , irq = 0, softirq = 0] = line.trim().split(/\s+/).slice(1).map(Number);
  return (user + nice + system + irq + softirq) / TICKS;
}

/** 0 for a process that has ended. */
function cpuOf(pid: number, withChildren = false): number {
  // The name may contain blanks and brackets; what follows its last bracket does not.
  const stat = textOf(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15).map(Number);
  return (user + system + (withChildren ? childUser + childSystem : 0)) / TICKS;
}

function peakOf(pid: number): number {
  return Number(/^VmHWM:\s+(\d+) kB/m.exec(textOf(pid, 'status'))?.[1] ?? 0) / 1_024;
}

function textOf(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}
