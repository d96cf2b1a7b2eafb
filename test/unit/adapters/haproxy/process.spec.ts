import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createHaproxyProcess } from '../../../../src/adapters/haproxy/process.ts';
import type { CommandSocket } from '../../../../src/adapters/haproxy/socket.ts';
import { systemClock } from '../../../../src/lib/clock.ts';

/** Stands for HAProxy: what matters here is only that a signal ends it. */
let child: ChildProcess;
let ended: Promise<unknown>;

beforeEach(async () => {
  child = spawn('sleep', ['60'], { stdio: 'ignore' });
  ended = once(child, 'exit');
  await once(child, 'spawn');
});

afterEach(async () => {
  child.kill('SIGKILL');
  await ended;
});

const isAlive = () => child.exitCode === null && child.signalCode === null;

function stopping(replies: readonly string[]): Promise<void> {
  const waiting = [...replies];
  const master: CommandSocket = {
    path: '/run/master.sock',
    ask: async () => waiting.shift() ?? `#<PID> <type>\n${child.pid} master 0 0d00h00m01s 3.0\n`,
    isAnswering: async () => isAlive(),
  };
  const process = createHaproxyProcess({
    binary: 'haproxy',
    logPath: '/dev/null',
    worker: master,
    master,
    clock: systemClock,
    searchPath: '',
  });
  return process.stop(1_000);
}

describe('stopping HAProxy', () => {
  it('asks the master who it is, and lets it finish', async () => {
    await stopping([]);
    await ended;
    expect(child.signalCode).toBe('SIGUSR1');
  });

  it('asks again when the master says nothing, as it may during a reload', async () => {
    await stopping(['', '']);
    await ended;
    expect(child.signalCode).toBe('SIGUSR1');
  });

  it('does nothing when there is none', async () => {
    child.kill('SIGKILL');
    await ended;
    await stopping(['']);
    expect(child.signalCode).toBe('SIGKILL');
  });
});
