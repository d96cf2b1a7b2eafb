import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDockerClient } from '../../src/adapters/docker/client.ts';
import { createContainerSource } from '../../src/adapters/docker/container-source.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { systemClock } from '../../src/lib/clock.ts';
import type { ContainerSource } from '../../src/registration/contracts.ts';
import { docker, startWeb, type Web } from '../support/docker.ts';
import { createRecordingLog } from '../support/recording-log.ts';
import { type SocketProxy, startSocketProxy } from '../support/socket-proxy.ts';
import { until } from '../support/until.ts';

const { signal } = new AbortController();
let folder: string;
let proxy: SocketProxy;
let source: ContainerSource;
let wakes: string[];
let ending: AbortController;
let watching: Promise<void>;
let webs: Web[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-docker-'));
  proxy = await startSocketProxy(join(folder, 'docker.sock'), '/var/run/docker.sock');
  const client = createDockerClient({ host: `unix://${proxy.path}`, tls: undefined, clock: systemClock });
  source = createContainerSource({
    client,
    clock: systemClock,
    log: createRecordingLog(),
    random: Math.random,
    keepsEnded: false,
  });
  wakes = [];
  ending = new AbortController();
  webs = [];
  watching = source.watch((reason) => wakes.push(reason), ending.signal);
  await until('the event stream is open', () => wakes.includes('docker: event stream opened'));
});

afterEach(async () => {
  ending.abort();
  await watching;
  await proxy.close();
  await Promise.all(webs.map((web) => web.remove().catch(() => undefined)));
  rmSync(folder, { recursive: true });
});

async function start(...args: Parameters<typeof startWeb>): Promise<Web> {
  const web = await startWeb(...args);
  webs.push(web);
  return web;
}

/** The container as the source sees it now, by events alone. */
async function seen(web: Web): Promise<ContainerSnapshot | undefined> {
  return (await source.observe({ resync: false }, signal)).find(({ id }) => id === web.id);
}

describe('the containers of a real Docker', () => {
  it('are seen whole when they start', async () => {
    const web = await start({ labels: { SERVICE_NAME: 'shop' }, environment: { SERVICE_TEAM: 'a=b', SECRET: 'x' } });
    const snapshot = await until('the container', () => seen(web));
    expect(snapshot).toMatchObject({
      name: web.name,
      image: 'busybox:latest',
      state: 'running',
      health: 'none',
      env: { SERVICE_TEAM: 'a=b' },
      networkMode: 'default',
    });
    expect(snapshot.labels['SERVICE_NAME']).toBe('shop');
    expect(snapshot.ports.map(({ port, protocol }) => ({ port, protocol }))).toEqual([{ port: 8080, protocol: 'tcp' }]);
    expect(snapshot.ports[0]?.bindings[0]).toEqual({ hostIp: '0.0.0.0', hostPort: await web.port() });
    expect(snapshot.networks.map(({ name }) => name)).toEqual(['bridge']);
  });

  it('are gone when they are killed', async () => {
    const web = await start();
    await until('the container', () => seen(web));
    await web.kill();
    await until('it is gone', async () => (await seen(web)) === undefined);
  });

  it('are stopping from the signal on until they end', async () => {
    const web = await start({ app: 'lame' });
    await until('the container', () => seen(web));
    const stopping = web.stop(10);
    const snapshot = await until('it is stopping', async () => {
      const now = await seen(web);
      return now?.stopping !== undefined && now;
    });
    expect(snapshot.stopping?.signal).toBe('15');
    await stopping;
    await until('it is gone', async () => (await seen(web)) === undefined);
  });

  it('do not stop at a signal that means something else', async () => {
    const web = await start();
    await until('the container', () => seen(web));
    wakes.length = 0;
    await web.kill('SIGWINCH');
    await until('the signal is told', () => wakes.includes('docker: kill'));
    expect((await seen(web))?.stopping).toBeUndefined();
  });

  it('have another port and stop no longer after a restart', async () => {
    const web = await start();
    const before = await until('the container', () => seen(web));
    await web.restart();
    const after = await until('the new port', async () => {
      const now = await seen(web);
      return now?.ports[0]?.bindings[0]?.hostPort === (await web.port()) && now.stopping === undefined && now;
    });
    expect(after.ports[0]?.bindings[0]?.hostPort).not.toBe(before.ports[0]?.bindings[0]?.hostPort);
  });

  it('are paused, renamed and ill as Docker says', async () => {
    const web = await start({ healthCheck: 'test -f /www/well' });
    await until('it is ill', async () => (await seen(web))?.health === 'unhealthy');
    await web.exec('touch /www/well');
    await until('it is well', async () => (await seen(web))?.health === 'healthy');
    await web.pause();
    await until('it is paused', async () => (await seen(web))?.state === 'paused');
    await web.unpause();
    await until('it runs', async () => (await seen(web))?.state === 'running');
    const name = `portolan-renamed-${web.hostname}`;
    await docker.getContainer(web.id).rename({ name });
    await until('its new name', async () => (await seen(web))?.name === name);
  });
});

describe('when the connection to Docker is cut', () => {
  it('nothing can be observed, and it says so', async () => {
    await proxy.cut();
    await expect(source.observe({ resync: true }, signal)).rejects.toMatchObject({ code: 'DOCKER_UNREACHABLE' });
    await proxy.restore();
  });

  it('what happened meanwhile is found afterwards, although no event told it', async () => {
    const gone = await start();
    await until('the container', () => seen(gone));
    await proxy.cut();
    await gone.kill();
    const come = await start();
    wakes.length = 0;
    await proxy.restore();
    await until('the event stream is open again', () => wakes.includes('docker: event stream opened'));
    await until('the new container', () => seen(come));
    expect(await seen(gone)).toBeUndefined();
  });
});

it('twenty containers started and killed at once leave nothing behind', async () => {
  const many = await Promise.all(Array.from({ length: 20 }, () => start()));
  await until('all are there', async () => {
    const ids = new Set((await source.observe({ resync: false }, signal)).map(({ id }) => id));
    return many.every(({ id }) => ids.has(id));
  });
  await Promise.all(many.map((web) => web.kill()));
  await until('none is there', async () => {
    const ids = new Set((await source.observe({ resync: false }, signal)).map(({ id }) => id));
    return many.every(({ id }) => !ids.has(id));
  });
});
