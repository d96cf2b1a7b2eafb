import { chmodSync, statSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { takePorts } from '../support/ports.ts';
import { renderScene } from '../support/render-scene.ts';
import { until } from '../support/until.ts';

let consul: ConsulServer;
beforeAll(async () => {
  consul = await startConsulServer();
});
afterAll(async () => {
  await consul.stop();
});

const createScene = (template?: string) => renderScene(consul, template);
const TEMPLATE = 'source = "FOLDER/in"\ndestination = "FOLDER/out/a"\n';
const PLAIN = `template {\n${TEMPLATE}}\n`;
const NO_WAIT = 'wait { enabled = false }\n';

describe('-once', () => {
  it('writes, runs the commands and ends', async () => {
    const scene = createScene();
    await scene.put('one');
    const render = scene.start(`template {\n${TEMPLATE}command = "echo ran >> log"\nperms = "0600"\n}`, '-once');
    expect(await render.ended).toBe(0);
    expect(scene.read('out/a')).toBe('value=one\n');
    expect(statSync(scene.path('out/a')).mode & 0o777).toBe(0o600);
    expect(scene.lines('log')).toEqual(['ran']);
    const again = scene.start(`template {\n${TEMPLATE}command = "echo ran >> log"\n}`, '-once');
    expect(await again.ended).toBe(0);
    expect(scene.lines('log')).toEqual(['ran']);
  });

  it('renders services', async () => {
    await consul.ask('PUT', '/agent/service/register', { Name: 'web', ID: 'web-1', Port: 80, Tags: ['b', 'a'] });
    const text = '{{ range service "web" }}{{ .ID }}:{{ .Port }} {{ range .Tags }}{{ . }},{{ end }}\n{{ end }}';
    const scene = createScene(text);
    expect(await scene.start(PLAIN, '-once').ended).toBe(0);
    expect(scene.read('out/a')).toBe('web-1:80 a,b,\n');
  });

  it('waits for a key that is missing, and says so', async () => {
    const scene = createScene();
    const render = scene.start(PLAIN, '-once');
    await until('it says what it waits for', () => render.hasSaid('a template waits for data that is not there'));
    expect(render.stderr()).toContain(scene.key);
    await scene.put('late');
    expect(await render.ended).toBe(0);
    expect(scene.read('out/a')).toBe('value=late\n');
  });

  it.each([
    { what: 'an action', template: '{{ fail }}', message: 'function "fail" not defined' },
    { what: 'a command', template: 'x', command: 'exit 3', message: 'exit 3: ends with 3' },
  ])('ends with 14 when $what fails', async ({ template, command = '', message }) => {
    const scene = createScene(template);
    const render = scene.start(`template {\n${TEMPLATE}command = "${command}"\n}`, '-once');
    expect(await render.ended).toBe(14);
    expect(render.stderr()).toContain(message);
  });

  it('prints instead of writing with -dry', async () => {
    const scene = createScene('text without a line end');
    const render = scene.start(PLAIN, '-once', '-dry');
    expect(await render.ended).toBe(0);
    expect(render.stdout()).toBe(`> ${scene.path('out/a')}\ntext without a line end`);
    expect(scene.read('out/a')).toBeUndefined();
  });

  it('gives up where attempts are limited', async () => {
    const scene = createScene();
    const args = ['-consul-addr', '127.0.0.1:1', '-consul-retry-attempts=2', '-consul-retry-backoff=10ms', '-once'];
    const render = scene.start(PLAIN, ...args);
    expect(await render.ended).toBe(14);
    expect(render.stderr()).toContain('gave up after 3 attempts');
  });
});

describe('the daemon', () => {
  it('follows changes, and runs a command once for all files of a pass', async () => {
    const scene = createScene();
    await scene.put('one');
    const second = `template {\n${TEMPLATE.replace('out/a', 'out/b')}command = "cat out/a out/b >> log"\n}`;
    scene.start(`template {\n${TEMPLATE}command = "cat out/a out/b >> log"\n}\n${second}`);
    await until('both are written', () => scene.lines('log').length === 2);
    await scene.put('two');
    await until('the command ran', () => scene.lines('log').length === 4);
    expect(scene.lines('log').slice(2)).toEqual(['value=two', 'value=two']);
  });

  it('goes on when a command fails, and runs it again', async () => {
    const scene = createScene();
    await scene.put('one');
    const render = scene.start(`template {\n${TEMPLATE}command = "echo try >> log; test -e good"\n}`);
    await until('it failed', () => render.hasSaid('a command failed; it is run again'));
    writeFileSync(scene.path('good'), '');
    await until('it succeeded', () => render.hasSaid('ran a command'));
    expect(scene.lines('log').length).toBeGreaterThan(1);
    await scene.put('two');
    await until('it is written', () => scene.read('out/a') === 'value=two\n');
  });

  it('shows at -admin what it waits for, and when the file was written', async () => {
    const scene = createScene();
    const port = await takePorts(1);
    const ask = async (path: string) => await fetch(`http://127.0.0.1:${port}${path}`).catch(() => undefined);
    scene.start(PLAIN, '-admin', `127.0.0.1:${port}`);
    const destination = scene.path('out/a');
    const waiting = `[-] ${destination}: waits for kv.block(${scene.key})\nnot ready\n`;
    await until('it says what it waits for', async () => (await (await ask('/readyz'))?.text()) === waiting);
    await scene.put('one');
    await until('it is ready', async () => (await ask('/readyz'))?.status === 200);
    expect(await (await ask('/api/v1/status'))?.json()).toEqual({
      version: expect.any(String),
      uptimeS: expect.any(Number),
      templates: [{ template: scene.path('in'), destination, state: 'rendered', writtenAt: expect.any(String) }],
    });
  });

  it('keeps the old file when the check refuses the new one', async () => {
    const scene = createScene();
    await scene.put('good');
    writeFileSync(scene.path('check'), '#!/bin/sh\necho "looks bad" >&2\nexec grep -q good "$1"\n');
    chmodSync(scene.path('check'), 0o755);
    const render = scene.start(`template {\n${TEMPLATE}check = "./check {}"\n}`);
    await until('it is written', () => scene.read('out/a') === 'value=good\n');
    await scene.put('evil');
    await until('it is refused', () => render.hasSaid('the file was not replaced; the old one stays'));
    expect(scene.read('out/a')).toBe('value=good\n');
    expect(render.stderr()).toContain('looks bad');
    await scene.put('good again');
    await until('it is written', () => scene.read('out/a') === 'value=good again\n');
  });

  it.each([
    {
      wait: 'wait { min = "500ms" max = "20s" }',
      writes: (count: number) => count === 1,
      rule: 'one write of 100 changes',
    },
    { wait: NO_WAIT, writes: (count: number) => count > 1, rule: 'a write at once with -wait=0' },
  ])('makes $rule', async ({ wait, writes }) => {
    const scene = createScene();
    await scene.put('one');
    scene.start(`${wait}\ntemplate {\n${TEMPLATE}command = "cat out/a >> log"\n}`);
    await until('it is written', () => scene.lines('log').length === 1);
    for (let i = 1; i <= 100; i++) await scene.put(`change ${i}`);
    await until('the last one is written', () => scene.lines('log').at(-1) === 'value=change 100');
    expect(scene.lines('log').length - 1).toSatisfy(writes);
  });

  it.each([
    { signal: 'SIGTERM', code: 0 },
    { signal: 'SIGINT', code: 12 },
    { signal: 'SIGUSR1', code: 12 },
  ] as const)('ends with $code within a second of $signal', async ({ signal, code }) => {
    const scene = createScene();
    await scene.put('one');
    const render = scene.start(`kill_signal = "SIGUSR1"\npid_file = "FOLDER/pid"\n${PLAIN}`);
    await until('it is written', () => scene.read('out/a') === 'value=one\n');
    expect(scene.read('pid')).toBe(`${render.process.pid}`);
    const startMs = performance.now();
    render.process.kill(signal);
    expect(await render.ended).toBe(code);
    expect(performance.now() - startMs).toBeLessThan(1_000);
    expect(scene.read('pid')).toBeUndefined();
  });

  it('reads its configuration again at SIGHUP, and keeps the old one when the new one is wrong', async () => {
    const scene = createScene();
    await scene.put('one');
    const render = scene.start(PLAIN);
    await until('it is written', () => scene.read('out/a') === 'value=one\n');
    scene.configure('nonsense');
    render.process.kill('SIGHUP');
    await until('it is refused', () =>
      render.hasSaid('the new configuration cannot be used; the old one stays in force'),
    );
    await scene.put('two');
    await until('it goes on', () => scene.read('out/a') === 'value=two\n');
    scene.configure(PLAIN.replace('out/a', 'out/b'));
    render.process.kill('SIGHUP');
    await until('the new one counts', () => scene.read('out/b') === 'value=two\n');
  });
});
