import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { stderr } from 'node:process';
import { afterAll, afterEach, beforeAll, describe, expect, it, onTestFailed } from 'vitest';
import type { ServicesReport, StatusReport } from '../../src/app.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { flood, HOSTILE, ODD, register } from '../support/hostile-consul.ts';
import { ask } from '../support/http.ts';
import { takePorts } from '../support/ports.ts';
import { type PortolanProcess, startPortolan } from '../support/render-process.ts';
import { renderScene } from '../support/render-scene.ts';
import { createTempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const GOOD = Array.from({ length: 20 }, (_, i) => `good-${i}`);
/** Of text that people or programs read: nothing that is not printed, but line ends. */
const RAW = /[^\P{Cc}\n]|\p{Cf}|\u2028|\u2029/u;

let consul: ConsulServer;
let application: Server;
let applicationPort: number;

beforeAll(async () => {
  consul = await startConsulServer();
  applicationPort = await takePorts(1);
  application = createServer((request, response) => response.end(`hello ${request.headers.host}`));
  await new Promise<void>((resolve) => application.listen(applicationPort, '127.0.0.1', resolve));
  for (const name of GOOD) await registerGood(name);
  for (const [i, service] of HOSTILE.entries()) {
    await register(consul, service, { id: `evil-${i}`, by: i % 2 === 0 ? 'agent' : 'catalog' });
    // And among the instances of a good one, under an ID that tries to break out.
    if (service.address !== undefined || service.port !== undefined) {
      await register(
        consul,
        { ...service, name: 'good-0' },
        { id: `x${i}\n  server evil 192.0.2.66:80`, by: 'catalog' },
      );
    }
  }
  for (const service of ODD)
    await register(consul, { ...service, port: applicationPort }, { id: service.name, by: 'agent' });
  await flood(consul, 'flooded', 6_000);
}, 120_000);

afterAll(async () => {
  application?.close();
  await consul?.stop();
});

let stopRouter: (() => Promise<unknown>) | undefined;
afterEach(async () => {
  await stopRouter?.();
  stopRouter = undefined;
});

async function registerGood(name: string): Promise<void> {
  await register(consul, { name, port: applicationPort }, { id: `${name}-1`, by: 'agent' });
}

interface Router {
  readonly process: PortolanProcess;
  readonly folder: string;
  answer(service: string): Promise<string>;
  services(): Promise<ServicesReport>;
  status(): Promise<StatusReport>;
}

/** `portolan run --router-only` on the host's HAProxy; ended with the test. */
async function startRouter(): Promise<Router> {
  const folder = createTempFolder();
  const [httpPort, adminPort] = [await takePorts(1), await takePorts(1)];
  const process = startPortolan([
    'run',
    `consul://127.0.0.1:${consul.port}`,
    ...['--router-only', '--stop-haproxy', '--log-format', 'json', '--check-interval', 'off'],
    ...['--http-bind', `127.0.0.1:${httpPort}`, '--admin', `127.0.0.1:${adminPort}`],
    ...['--state-dir', join(folder, 'state'), '--run-dir', join(folder, 'run')],
  ]);
  onTestFailed(() => {
    stderr.write(process.stdout().slice(-20_000) + process.stderr().slice(-5_000));
  });
  stopRouter = async () => {
    process.process.kill('SIGTERM');
    await process.ended;
  };
  const get = async (path: string): Promise<unknown> => JSON.parse((await ask({ port: adminPort, path })).text);
  return {
    process,
    folder,
    answer: async (service) => (await ask({ port: httpPort }, { host: service })).text,
    services: async () => (await get('/api/v1/services')) as ServicesReport,
    status: async () => (await get('/api/v1/status')) as StatusReport,
  };
}

/** Every file below a folder. */
function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).toSorted();
}

describe('a catalog that others fill with what they like', () => {
  it('F48: every good service is routed, and each hostile one is out with its reason', async () => {
    const router = await startRouter();
    await until('all good services answer', async () => {
      const answers = await Promise.all(GOOD.map((name) => router.answer(name)));
      return answers.every((text, i) => text === `hello good-${i}`);
    });
    const services = new Map((await router.services()).map((service) => [service.name, service]));
    const reasons = HOSTILE.map(({ name }) => {
      const { refusal, url, instances = [] } = services.get(name) ?? {};
      return (
        refusal ??
        `${url === undefined ? 'no URL' : ''}${instances.map(({ isIn, reason }) => (isIn ? 'in' : reason)).join()}`
      );
    });
    expect(reasons.filter((reason, i) => HOSTILE[i]?.because.test(reason) !== true)).toEqual([]);
    const good = services.get('good-0')?.instances ?? [];
    expect(good.filter(({ isIn }) => isIn).map(({ id }) => id)).toEqual(['good-0-1']);
    expect(good.filter(({ isIn, reason }) => !isIn && reason !== undefined)).toHaveLength(9);
    for (const { name } of ODD) expect(await router.answer(name)).toBe(`hello ${name}`);
    expect(services.get('odd-meta')?.warnings).toEqual([
      'its Meta route_panic is "x\\n", neither on nor off; on is used',
    ]);
    const flooded = services.get('flooded')?.instances ?? [];
    expect(flooded.filter(({ isIn }) => isIn)).toHaveLength(5_000);
    expect(new Set(flooded.flatMap(({ reason = [] }) => reason))).toEqual(
      new Set(['is not among the 5000 oldest instances of its service, and more are not used']),
    );
  });

  it('F48: nothing hostile is in a file, a file name or a line of the log, and HAProxy takes the files', async () => {
    const router = await startRouter();
    await until('it is routed', async () => (await router.answer('good-1')) === 'hello good-1');
    expect(filesIn(join(router.folder, 'state'))).toEqual([
      'catalog.json',
      'haproxy',
      'haproxy/haproxy.cfg',
      'haproxy/hosts.map',
      'haproxy/portolan.cfg',
    ]);
    const state = join(router.folder, 'state', 'haproxy');
    const texts = filesIn(state)
      .map((name) => readFileSync(join(state, name), 'utf8'))
      .join('');
    expect(texts).not.toMatch(RAW);
    expect(texts).not.toMatch(/evil|192\.0\.2\.66|PATH|passwd|etc/);
    const servers = texts.split('\n').filter((line) => line.startsWith('  server '));
    expect(servers).toHaveLength(GOOD.length + ODD.length + 5_000);
    execFileSync('haproxy', ['-c', '-f', join(state, 'portolan.cfg'), '-f', join(state, 'haproxy.cfg')], {
      stdio: 'pipe',
    });

    const lines = router.process
      .stdout()
      .split('\n')
      .filter((line) => line !== '');
    expect(lines.filter((line) => RAW.test(line) || line.length > 10_000)).toEqual([]);
    const logged = lines.map((line) => JSON.parse(line) as { msg: string; level: string });
    expect(logged.filter(({ msg }) => msg === 'service is not routed')).toHaveLength(51);
    expect(logged.filter(({ level }) => level === 'error')).toEqual([]);

    const shown = startPortolan(['services', '--run-dir', join(router.folder, 'run')]);
    expect(await shown.ended).toBe(0);
    expect(shown.stdout()).not.toMatch(RAW);
    expect(shown.stdout()).toContain('a\\u000ab  not routed: its name has characters that are not printed');
  });

  it('F48: services that come later are routed as fast as ever, and nothing is tried in vain', async () => {
    const router = await startRouter();
    await until('it is routed', async () => (await router.answer('good-1')) === 'hello good-1');
    for (const name of ['later-0', 'later-1']) {
      const startMs = performance.now();
      await registerGood(name);
      await until('it is routed', async () => (await router.answer(name)) === `hello ${name}`);
      // A reload, at most two seconds after the one before.
      expect(performance.now() - startMs).toBeLessThan(5_000);
    }
    const { routing } = await router.status();
    expect([routing?.isReady, routing?.error, routing?.outage, routing?.held]).toEqual([true, undefined, undefined, 0]);
    const warnings = router.process
      .stdout()
      .split('\n')
      .filter((line) => line.includes('"level":"warn"'));
    expect(warnings.map((line) => (JSON.parse(line) as { service: string }).service)).toEqual(['odd-meta']);
  });

  it('F48: templates show it as it is, and are rendered again when it changes', async () => {
    const scene = renderScene(
      consul,
      '{{ range services }}{{ .Name }}|{{ end }}{{ range service "rendered" }}{{ .Port }}{{ end }}',
    );
    const render = scene.start(
      'template {\nsource = "FOLDER/in"\ndestination = "FOLDER/out/a"\n}\nwait { enabled = false }\n',
    );
    const names = await until('it is rendered', () => scene.read('out/a')?.split('|'));
    expect(HOSTILE.map(({ name }) => name).filter((name) => !names.includes(name))).toEqual([]);
    await register(consul, { name: 'rendered', port: 7 }, { id: 'rendered', by: 'agent' });
    await until('it is rendered again', () => scene.read('out/a')?.endsWith('|7'));
    expect(render.stderr()).not.toMatch(RAW);
  });
});
