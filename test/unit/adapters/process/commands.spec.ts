import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCommands } from '../../../../src/adapters/process/commands.ts';
import { systemClock } from '../../../../src/lib/clock.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { createTempFolder } from '../../../support/temp-folder.ts';
import { until } from '../../../support/until.ts';

const never = new AbortController().signal;
const environment = { PATH: process.env['PATH'] ?? '', A: 'b' };
const commands = createCommands(systemClock);
const run = (command: readonly string[], captures = true) =>
  commands.run({ command, environment, timeoutMs: 60_000 }, { captures }, never);

describe('run', () => {
  it.each([
    { rule: 'a text for the shell', command: ['test "$A" = b && test -z "$HOME"'] },
    { rule: 'a program and its arguments', command: ['test', '$A', '=', '$A'] },
    { rule: 'a text that is a builtin of the shell', command: ['exit 0'] },
  ])('runs $rule to its end', async ({ command }) => {
    await run(command);
  });

  it.each([
    {
      command: ['echo good; echo bad >&2; exit 3'],
      message: 'echo good; echo bad >&2; exit 3: ends with 3; good; bad',
    },
    { command: ['sh', '-c', 'kill -TERM $$'], message: 'sh -c kill -TERM $$: ends with 143' },
    { command: [' /missing/program '], message: 'cannot run  /missing/program : spawn /missing/program ENOENT' },
    { command: ['/missing/program', 'x'], message: 'cannot run /missing/program x: spawn /missing/program ENOENT' },
  ])('says how $command fails', async ({ command, message }) => {
    await expect(run(command)).rejects.toMatchObject({ code: 'COMMAND_FAILED', message });
  });

  it('says the last five lines', async () => {
    await expect(run(['for i in 1 2 3 4 5 6 7; do echo $i; done; exit 1'])).rejects.toThrow(
      /ends with 1; 3; 4; 5; 6; 7$/,
    );
  });

  it('does not wait for what a command leaves behind', async () => {
    await expect(run(['sleep 60 & echo $!; exit 1'])).rejects.toThrow(/ends with 1; \d+$/);
  });

  it('kills a command that takes too long, with all that it started', async () => {
    const clock = createFakeClock();
    const pids = join(createTempFolder(), 'pids');
    const running = createCommands(clock).run(
      { command: [`sleep 60 & echo $! > ${pids}; wait`], environment, timeoutMs: 5_000 },
      { captures: false },
      never,
    );
    running.catch(() => undefined);
    const pid = await until('it runs', () => existsSync(pids) && Number(readFileSync(pids, 'utf8')));
    await clock.advance(5_000);
    await expect(running).rejects.toMatchObject({ code: 'COMMAND_FAILED', message: /did not end within 5000 ms$/ });
    await until('it is gone', () => isGone(pid));
  });

  it('ends a command when it is aborted', async () => {
    const pids = join(createTempFolder(), 'pids');
    const ending = new AbortController();
    const command = { command: [`echo $$ > ${pids}; exec sleep 60`], environment, timeoutMs: 60_000 };
    const running = commands.run(command, { captures: false }, ending.signal);
    running.catch(() => undefined);
    const pid = await until('it runs', () => existsSync(pids) && Number(readFileSync(pids, 'utf8')));
    ending.abort(new Error('over'));
    await expect(running).rejects.toThrow('over');
    await until('it is gone', () => isGone(pid));
  });
});

describe('start', () => {
  const start = (command: readonly string[]) => commands.start({ command, environment });

  it('gives the exit code', async () => {
    expect(await (await start(['exit 3'])).ended).toBe(3);
    expect(await (await start(['sh', '-c', 'exit 4'])).ended).toBe(4);
  });

  it.each([
    { rule: 'the program itself', command: ['sleep', '60'] },
    { rule: 'a program that a shell only starts', command: ['sleep 60'] },
    { rule: 'all that a shell has started', command: ['sleep 60; echo no'] },
  ])('signals $rule', async ({ command }) => {
    const program = await start(command);
    expect(program.isGone()).toBe(false);
    program.signal('SIGTERM');
    expect(await program.ended).toBe(143);
    await until('all is gone', () => program.isGone());
    program.signal('SIGTERM');
  });

  it('refuses what is not there', async () => {
    await expect(start(['/missing/program', 'x'])).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
    await expect(start(['/missing/program'])).rejects.toMatchObject({ code: 'COMMAND_FAILED' });
  });
});

function isGone(pid: number): boolean {
  try {
    return /^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return true;
  }
}
