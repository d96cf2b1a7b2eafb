import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fileStore } from '../../src/adapters/files/file-store.ts';
import { hostsMapPath } from '../../src/adapters/haproxy/config-files.ts';
import { createHaproxy } from '../../src/adapters/haproxy/proxy.ts';
import type { RoutedServer, RoutingModel } from '../../src/domain/routing.ts';
import { renderConfig } from '../../src/haproxy/config.ts';
import { planServers } from '../../src/haproxy/runtime-plan.ts';
import { systemClock } from '../../src/lib/clock.ts';
import { sha256 } from '../../src/lib/hash.ts';
import type { Proxy, ProxyState, SavedConfig } from '../../src/routing/contracts.ts';
import { ask } from '../support/http.ts';
import { takePorts } from '../support/ports.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
let folder: string;
let httpPort: number;
let proxy: Proxy;
let applications: readonly { readonly server: Server; readonly port: number }[];

/** Two applications that answer with their number. */
beforeAll(async () => {
  const first = await takePorts(2);
  applications = await Promise.all(
    [0, 1].map(async (i) => {
      const server = createServer((_request, response) => response.end(`application ${i}`));
      await new Promise<void>((resolve) => server.listen(first + i, '127.0.0.1', resolve));
      return { server, port: first + i };
    }),
  );
});
afterAll(() => {
  for (const { server } of applications) server.close();
});

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-haproxy-'));
  httpPort = await takePorts(1);
  proxy = newProxy();
});
afterEach(async () => {
  await proxy.stop(100);
  rmSync(folder, { recursive: true });
});

function newProxy(binary = 'haproxy'): Proxy {
  const files = {
    store: fileStore,
    folder: join(folder, 'state'),
    socketPath: join(folder, 'haproxy.sock'),
    maxConnections: 200,
  };
  return createHaproxy({ binary, files, runFolder: folder, searchPath: process.env['PATH'] ?? '', clock: systemClock });
}

const settings = () => ({
  binds: [`127.0.0.1:${httpPort}`],
  checkIntervalMs: 2_000,
  hostsMapPath: hostsMapPath(join(folder, 'state')),
});

const server = (application: number, over: Partial<RoutedServer> = {}): RoutedServer => ({
  name: `node-a:web.${application}:80`,
  address: '127.0.0.1',
  port: applications[application]?.port ?? 0,
  weight: 100,
  ...over,
});

const model = (...servers: readonly RoutedServer[]): RoutingModel => ({
  services: [{ name: 'web', hosts: ['web', 'web.localhost'], servers }],
});

function config(routes: RoutingModel): SavedConfig {
  const rendered = renderConfig(routes, settings());
  return { ...rendered, shapeHash: sha256(rendered.shape).slice(0, 16) };
}

async function up(): Promise<Extract<ProxyState, { kind: 'up' }>> {
  const state = await proxy.observe(signal);
  if (state.kind !== 'up') throw new Error(`HAProxy is ${state.kind}`);
  return state;
}

/** Brings the running HAProxy to these routes by runtime commands alone. Gives the replies. */
async function change(routes: RoutingModel) {
  const { servers, backends } = await up();
  const { commands } = planServers(routes, servers, backends, settings());
  return await proxy.execute(commands, signal);
}

const answer = async (host = 'web') => (await ask({ port: httpPort }, { host })).text;

describe('a HAProxy of our own', () => {
  it('is down before it is started, and afterwards as it was told to be', async () => {
    expect(await proxy.observe(signal)).toEqual({ kind: 'down' });
    await proxy.start(config(model(server(0))), signal);
    const state = await up();
    expect(state).toMatchObject({ kind: 'up', shapeHash: config(model(server(0))).shapeHash });
    expect([...state.backends]).toEqual(['portolan:unknown-host', 'web']);
    expect(state.servers).toEqual([{ backend: 'web', ...server(0), state: 'ready', isUp: true, isChecked: true }]);
    expect(await answer()).toBe('application 0');
  });

  it('keeps its sockets to its owner', async () => {
    await proxy.start(config(model()), signal);
    const modes = ['haproxy.sock', 'master.sock'].map((name) => statSync(join(folder, name)).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600]);
  });

  it('is found by the next Portolan, which needs to change nothing', async () => {
    await proxy.start(config(model(server(0))), signal);
    const before = await up();
    proxy = newProxy();
    expect(await up()).toEqual(before);
  });

  it('takes servers in, moves, weighs and takes them out without a reload', async () => {
    await proxy.start(config(model(server(0))), signal);
    const steps = [
      model(server(0), server(1)),
      model(server(0), server(1, { weight: 7 })),
      model(server(0), server(1, { port: applications[0]?.port ?? 0 })),
      model(server(1)),
    ];
    for (const routes of steps) {
      expect((await change(routes)).filter(({ isDone }) => !isDone)).toEqual([]);
      const { servers, shapeHash } = await up();
      expect(shapeHash).toBe(config(routes).shapeHash);
      const active = servers
        .filter(({ state }) => state === 'ready')
        .map(({ name, port, weight }) => ({ name, port, weight }));
      const wanted = routes.services[0]?.servers.map(({ name, port, weight }) => ({ name, port, weight }));
      expect(active.toSorted((a, b) => (a.name < b.name ? -1 : 1))).toEqual(wanted);
    }
  });

  it('sends requests to a server that was just added, and none to one that was taken out', async () => {
    await proxy.start(config(model(server(0))), signal);
    await change(model(server(1)));
    expect(new Set([await answer(), await answer(), await answer()])).toEqual(new Set(['application 1']));
  });

  it('reloads for a new service, and says by its description that it has it', async () => {
    await proxy.start(config(model(server(0))), signal);
    const routes: RoutingModel = {
      services: [...model(server(0)).services, { name: 'more', hosts: ['more'], servers: [server(1)] }],
    };
    await proxy.reload(config(routes), signal);
    expect((await up()).shapeHash).toBe(config(routes).shapeHash);
    expect([await answer('web'), await answer('more')]).toEqual(['application 0', 'application 1']);
  });

  it('refuses a configuration that HAProxy refuses, in its words, and goes on with the one it has', async () => {
    const good = config(model(server(0)));
    await proxy.start(good, signal);
    const files = () =>
      ['haproxy.cfg', 'hosts.map', 'portolan.cfg'].map((name) => readFileSync(join(folder, 'state', name), 'utf8'));
    const before = files();
    const bad = { ...good, config: `${good.config}\n  nonsense here\n`, shapeHash: 'bad' };
    await expect(proxy.reload(bad, signal)).rejects.toMatchObject({
      code: 'HAPROXY_CONFIG_REFUSED',
      message: expect.stringContaining("unknown keyword 'nonsense'"),
    });
    expect(files()).toEqual(before);
    expect(await answer()).toBe('application 0');
  });

  it('starts with the files of the last time', async () => {
    expect(await proxy.startFromLast(signal)).toBe(false);
    await proxy.start(config(model(server(0))), signal);
    await change(model(server(1)));
    await proxy.save(config(model(server(1))));
    await proxy.stop(100);
    await until('it has ended', async () => (await proxy.observe(signal)).kind === 'down');
    expect(await proxy.startFromLast(signal)).toBe(true);
    expect(await answer()).toBe('application 1');
  });

  it('finishes the requests that it has when it is stopped', async () => {
    const slow = createServer((_request, response) => setTimeout(() => response.end('late'), 600));
    const port = await takePorts(1);
    await new Promise<void>((resolve) => slow.listen(port, '127.0.0.1', resolve));
    await proxy.start(config(model(server(0, { port }))), signal);
    const answering = answer();
    await until(
      'the request has arrived',
      async () => new Promise<boolean>((resolve) => slow.getConnections((_, n) => resolve(n > 0))),
    );
    await proxy.stop(5_000);
    expect(await answering).toBe('late');
    expect(await proxy.observe(signal)).toEqual({ kind: 'down' });
    slow.close();
  });

  it('tells when the one that was seen running has ended', async () => {
    await proxy.start(config(model()), signal);
    await proxy.observe(signal);
    const ending = new AbortController();
    const ended = Promise.withResolvers<void>();
    const watching = proxy.watch(ended.resolve, ending.signal);
    await proxy.stop(100);
    await ended.promise;
    ending.abort();
    await watching;
  });

  it('says which program is missing', async () => {
    proxy = newProxy('/nowhere/haproxy');
    await expect(proxy.start(config(model()), signal)).rejects.toMatchObject({ code: 'HAPROXY_MISSING' });
    proxy = newProxy();
  });

  it('does not pass on our environment', async () => {
    const variable = 'PORTOLAN_TEST_CANARY';
    process.env[variable] = 'canary-7d1f';
    const routes = config(model());
    const leaky = routes.config.replace(
      'frontend http\n',
      `frontend http\n  http-request return status 200 content-type text/plain string "<\${${variable}}>"\n`,
    );
    await proxy.start({ ...routes, config: leaky }, signal);
    expect(await answer()).toBe('<>');
  });
});
