import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { renderScene } from '../support/render-scene.ts';
import { until } from '../support/until.ts';

let consul: ConsulServer;
beforeAll(async () => {
  consul = await startConsulServer();
});
afterAll(async () => {
  await consul.stop();
});

const PLAIN = 'template {\nsource = "FOLDER/in"\ndestination = "FOLDER/a"\n}\n';

/** Notes in `log` what happens to it; `cat a` shows what it was started on. */
const APP = `#!/bin/sh
trap 'echo HUP >> log' HUP
trap 'echo USR1 >> log' USR1
trap 'echo INT >> log; exit 5' INT
trap 'echo TERM >> log; exit 6' TERM
echo "$$" >> pids
echo "start $(cat a)" >> log
test -e quit && exit 3
while :; do sleep 0.05; done
`;

async function startApp(exec: string, ...args: readonly string[]) {
  const scene = renderScene(consul);
  await scene.put('one');
  writeFileSync(scene.path('app'), APP, { mode: 0o755 });
  const render = scene.start(`${PLAIN}exec {\ncommand = ["./app"]\n${exec}\n}`, ...args);
  const logIs = (...lines: readonly string[]) =>
    until(`the log is ${lines.join(', ')}`, () => scene.lines('log').join() === lines.join());
  return { scene, render, logIs };
}

/** Whether a process has ended and was waited for. */
function isGone(pid: string): boolean {
  try {
    return readFileSync(`/proc/${pid}/status`, 'utf8') === '';
  } catch {
    return true;
  }
}

describe('-exec', () => {
  it('starts the program after the first rendering, and passes its exit code on', async () => {
    const { scene, render, logIs } = await startApp('');
    await logIs('start value=one');
    writeFileSync(scene.path('quit'), '');
    await scene.put('two');
    expect(await render.ended).toBe(3);
    expect(scene.lines('log')).toEqual(['start value=one', 'INT', 'start value=two']);
  });

  it('ends it and starts it anew at a change, without leaving a zombie', async () => {
    const { scene, logIs } = await startApp('');
    await logIs('start value=one');
    await scene.put('two');
    await logIs('start value=one', 'INT', 'start value=two');
    const [first = ''] = scene.lines('pids');
    await until('the first one is gone', () => isGone(first));
  });

  it('only sends the reload signal where there is one', async () => {
    const { scene, logIs } = await startApp('reload_signal = "SIGHUP"');
    await logIs('start value=one');
    await scene.put('two');
    await logIs('start value=one', 'HUP');
    expect(scene.lines('pids')).toHaveLength(1);
  });

  it('kills it when it does not end in time', async () => {
    const { scene, logIs } = await startApp('kill_signal = "SIGHUP"\nkill_timeout = "2s"');
    await logIs('start value=one');
    await scene.put('two');
    await logIs('start value=one', 'HUP', 'start value=two');
    const [first = ''] = scene.lines('pids');
    await until('the first one is gone', () => isGone(first));
  });

  it.each([
    { signal: 'SIGTERM', noted: 'TERM', code: 6 },
    { signal: 'SIGINT', noted: 'INT', code: 12 },
  ] as const)('ends it by $signal when that ends Portolan, with $code', async ({ signal, noted, code }) => {
    const { scene, render, logIs } = await startApp('');
    await logIs('start value=one');
    render.process.kill(signal);
    expect(await render.ended).toBe(code);
    expect(scene.lines('log')).toEqual(['start value=one', noted]);
    expect(scene.lines('pids').every(isGone)).toBe(true);
  });

  it('passes other signals on', async () => {
    const { render, logIs } = await startApp('');
    await logIs('start value=one');
    render.process.kill('SIGUSR1');
    await logIs('start value=one', 'USR1');
  });

  it('keeps it over a new configuration, and tells it of changed files', async () => {
    const { scene, render, logIs } = await startApp('reload_signal = "SIGUSR1"');
    await logIs('start value=one');
    scene.configure(`${PLAIN.replace('/a', '/b')}exec {\ncommand = ["./app"]\nreload_signal = "SIGUSR1"\n}`);
    render.process.kill('SIGHUP');
    await logIs('start value=one', 'USR1');
    expect(scene.read('b')).toBe('value=one\n');
    render.process.kill('SIGHUP');
    await until('it is read again', () => render.stderr().split('goes on with the new configuration').length === 3);
    await scene.put('two');
    await logIs('start value=one', 'USR1', 'USR1');
  });

  it('starts another program when a new configuration has one', async () => {
    const { scene, render, logIs } = await startApp('');
    await logIs('start value=one');
    scene.configure(`${PLAIN}exec {\ncommand = ["./app", "-x"]\n}`);
    render.process.kill('SIGHUP');
    await logIs('start value=one', 'INT', 'start value=one');
  });

  it('waits for the program after -once', async () => {
    const { scene, render, logIs } = await startApp('', '-once');
    await logIs('start value=one');
    await scene.put('two');
    render.process.kill('SIGTERM');
    expect(await render.ended).toBe(6);
    expect(scene.read('a')).toBe('value=one\n');
  });

  it('ends with 14 when the program cannot be started', async () => {
    const scene = renderScene(consul, 'x');
    const render = scene.start(`${PLAIN}exec {\ncommand = ["./missing", "x"]\n}`);
    expect(await render.ended).toBe(14);
    expect(render.stderr()).toContain('cannot run ./missing x');
  });

  it('takes a text for the shell, and gives it the environment that was asked for', async () => {
    const scene = renderScene(consul, 'x');
    const env = 'env { pristine = true custom = ["A=b"] }';
    const render = scene.start(`${PLAIN}exec {\ncommand = "echo $A $HOME > log; exit 4"\n${env}\n}`);
    expect(await render.ended).toBe(4);
    expect(scene.lines('log')).toEqual(['b']);
  });
});
