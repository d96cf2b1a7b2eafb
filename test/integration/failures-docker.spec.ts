import { linkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { DockerClient } from '../../src/adapters/docker/client.ts';
import { parseInspect } from '../../src/adapters/docker/inspect-schema.ts';
import type { ContainerSnapshot } from '../../src/domain/container.ts';
import { docker } from '../support/docker.ts';
import { canRunEngine, startEngine } from '../support/docker-engine.ts';
import { type FollowOptions, followSource } from '../support/followed-source.ts';
import { TEST_LABEL } from '../support/global-setup.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { startSimulatedDocker } from '../support/simulated-docker.ts';
import { startSocketProxy } from '../support/socket-proxy.ts';
import { createTempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

const SOCKET = '/var/run/docker.sock';

async function follow(options: Partial<FollowOptions> = {}) {
  const source = await followSource({ host: `unix://${SOCKET}`, ...options });
  onTestFinished(() => source.stop());
  return source;
}

async function proxiedDocker() {
  const proxy = await startSocketProxy(join(createTempFolder(), 'docker.sock'), SOCKET);
  onTestFinished(() => proxy.close());
  return { ...proxy, host: `unix://${proxy.path}` };
}

async function simulatedDocker() {
  const engine = await startSimulatedDocker(createTempFolder());
  onTestFinished(() => engine.close());
  return engine;
}

async function ownEngine() {
  const engine = await startEngine();
  onTestFinished(() => engine.close());
  return { ...engine, host: `unix://${engine.socketPath}` };
}

interface RunOptions {
  readonly script?: string;
  readonly network?: string;
  readonly memory?: number;
}

/** Starts a container of the machine's engine, with port 8080 published at a port of Docker's choice. */
async function run({ script = 'sleep 1000', network = 'bridge', memory = 0 }: RunOptions = {}): Promise<string> {
  const isPublished = network === 'bridge';
  const container = await docker.createContainer({
    Image: 'busybox:latest',
    Cmd: ['sh', '-c', script],
    Labels: { [TEST_LABEL]: '' },
    ...(isPublished && { ExposedPorts: { '8080/tcp': {} } }),
    HostConfig: {
      NetworkMode: network,
      Memory: memory,
      ...(isPublished && { PortBindings: { '8080/tcp': [{ HostIp: '127.0.0.1', HostPort: '' }] } }),
    },
  });
  onTestFinished(() => container.remove({ force: true, v: true }));
  await container.start();
  return container.id;
}

/** What inspecting a container of the machine's engine says. */
async function truth(id: string): Promise<ContainerSnapshot> {
  return parseInspect(await docker.getContainer(id).inspect()).snapshot;
}

const names = (seen: readonly ContainerSnapshot[]): readonly string[] => seen.map(({ name }) => name);

describe('a Docker engine that goes away', () => {
  it('F1: a socket that is cut 20 times: nothing is lost or gone while nobody knows, and what happened is found', async () => {
    const proxy = await proxiedDocker();
    const stays = await run();
    const dies = await run();
    let hasStayed = true;
    const source = await follow({
      host: proxy.host,
      clock: createHurriedClock(5),
      onLook: (seen) => {
        hasStayed &&= seen.some(({ id }) => id === stays);
      },
    });
    const come: string[] = [];
    for (let cut = 0; cut < 20; cut++) {
      await proxy.cut();
      if (cut === 5) await docker.getContainer(dies).kill();
      if (cut % 5 === 1) come.push(await run());
      const before = source.opened();
      await proxy.restore();
      await until('the events are followed again', () => source.opened() > before);
    }
    await until('all that came are seen', () => come.every((id) => source.find(id) !== undefined));
    expect(source.find(dies)).toBeUndefined();
    expect(hasStayed).toBe(true);
  });

  it.runIf(canRunEngine)(
    'F1, F3: an engine that is started again with live containers: those that live stay, one that died unseen is gone',
    async () => {
      const engine = await ownEngine();
      const [lives, dies] = [await engine.runContainer(), await engine.runContainer()];
      const looks: (readonly ContainerSnapshot[])[] = [];
      const source = await follow({ host: engine.host, onLook: (seen) => looks.push(seen) });
      expect(source.find(lives)?.state).toBe('running');
      const { State } = await engine.docker.getContainer(dies).inspect();
      await engine.stop();
      engine.killProcess(State.Pid);
      const before = source.opened();
      await engine.start();
      await until('the events are followed again', () => source.opened() > before);
      await until('it is gone', () => source.find(dies) === undefined);
      expect(looks.filter((seen) => !seen.some(({ id }) => id === lives))).toEqual([]);
      const next = await engine.runContainer();
      await until('a new one is seen', () => source.find(next) !== undefined);
    },
  );

  it('F2: a socket that is replaced by another file is found by its path', async () => {
    const proxy = await proxiedDocker();
    const source = await follow({ host: proxy.host });
    await proxy.cut();
    await proxy.restore();
    const id = await run();
    await until('a new container is seen', () => source.find(id) !== undefined);
  });

  it('F2: one that was mounted as a file stays dead, and after 30 s that is said', async () => {
    const proxy = await proxiedDocker();
    // As a mount does, another name holds on to the file that was there.
    const mounted = join(createTempFolder(), 'docker.sock');
    linkSync(proxy.path, mounted);
    const source = await follow({ host: `unix://${mounted}`, clock: createHurriedClock(20) });
    await proxy.cut();
    await proxy.restore();
    const message = 'docker: there is no event stream for more than 30 s';
    const line = await until('it is said', () => source.log.lines.find((one) => one.message === message));
    expect(line.facts['error']).toBe(`cannot reach Docker at unix://${mounted}: connect ECONNREFUSED ${mounted}`);
    expect(line.facts['hint']).toBe(
      'The socket may have been replaced: one that is mounted as a file stays dead then. Start this container again, and mount the folder: -v /var/run:/var/run.',
    );
  });

  it.runIf(canRunEngine)(
    'F4: an engine that hangs is noticed after a minute, and followed again when it goes on',
    async () => {
      const engine = await ownEngine();
      const source = await follow({ host: engine.host, clock: createHurriedClock(30) });
      engine.signal('SIGSTOP');
      await until('it is noticed', () => source.log.messages().length > 0);
      engine.signal('SIGCONT');
      expect(source.log.lines[0]).toMatchObject({
        message: 'docker: the event stream failed; opening it again',
        facts: {
          code: 'DOCKER_UNREACHABLE',
          error: expect.stringContaining("Docker's answer to GET /_ping: nothing within"),
        },
      });
      await until('it is followed again', () => source.log.messages().includes('docker: listening to events again'));
      const id = await engine.runContainer();
      await until('a new container is seen', () => source.find(id) !== undefined);
    },
  );

  it('F4: a connection that leads nowhere is noticed after a minute', async () => {
    const engine = await simulatedDocker();
    const source = await follow({ host: engine.host, clock: createHurriedClock(50) });
    const thaw = engine.freeze();
    await until('it is noticed', () => source.log.messages().length > 0);
    const [id = ''] = engine.start();
    thaw();
    await until('what happened meanwhile is seen', () => source.find(id) !== undefined);
  });
});

describe('events that do not tell all', () => {
  it('F3: a container of whose end no event tells is gone at the next resync', async () => {
    const id = await run();
    const swallow = (client: DockerClient): DockerClient => ({
      ...client,
      events: async (signal) => linesWithout(await client.events(signal), id),
    });
    const source = await follow({ through: swallow });
    expect(source.find(id)).toBeDefined();
    await docker.getContainer(id).kill();
    const other = await run();
    await until('what happened later is seen', () => source.find(other) !== undefined);
    expect(source.find(id)).toBeDefined();
    source.resync();
    await until('it is gone', () => source.find(id) === undefined, 2_000);
  });

  it('F6: a container that is started again has its new port within 2 s, 20 times', async () => {
    const ids = await Promise.all([run(), run(), run(), run()]);
    const source = await follow();
    const portOf = (id: string) => source.find(id)?.ports[0]?.bindings[0]?.hostPort;
    const ports = new Set(ids.map(portOf));
    await Promise.all(
      ids.map(async (id) => {
        for (let times = 0; times < 5; times++) {
          await docker.getContainer(id).restart({ t: 0 });
          const now = await truth(id);
          await until('it is seen as it is', () => JSON.stringify(source.find(id)) === JSON.stringify(now), 2_000);
          ports.add(portOf(id));
        }
      }),
    );
    expect(ports.size).toBe(24);
  });

  it('F10: a container that is renamed again and again among others that come and go has its last name', async () => {
    const id = await run();
    const source = await follow();
    const load = Promise.all(Array.from({ length: 4 }, async () => docker.getContainer(await run()).kill()));
    for (let times = 1; times <= 20; times++) {
      await docker.getContainer(id).rename({ name: `portolan-renamed-${times}-${id.slice(0, 12)}` });
    }
    await load;
    await until(
      'it has its last name',
      () => source.find(id)?.name === `portolan-renamed-20-${id.slice(0, 12)}`,
      2_000,
    );
  });

  it('F13: a container that the kernel ends for its memory is gone within 1 s, or kept with its exit code', async () => {
    const waitsToEat = 'trap "go=1" USR1; while [ -z "$go" ]; do sleep 0.1; done; x=aaaaaaaa; while :; do x=$x$x; done';
    const id = await run({ memory: 8 * 1024 * 1024, script: waitsToEat });
    let goneMs = Number.POSITIVE_INFINITY;
    const plain = await follow({
      onLook: (seen) => {
        if (seen.every((container) => container.id !== id)) goneMs = Math.min(goneMs, Date.now());
      },
    });
    expect(plain.find(id)?.state).toBe('running');
    const keeping = await follow({ keepsEnded: true });
    await docker.getContainer(id).kill({ signal: 'SIGUSR1' });
    await until('it is gone', () => plain.find(id) === undefined);
    await until('it is seen as ended', () => keeping.find(id)?.state === 'exited');
    expect(keeping.find(id)?.exitCode).toBe(137);
    const { State } = await docker.getContainer(id).inspect();
    expect(State.OOMKilled).toBe(true);
    expect(goneMs - Date.parse(State.FinishedAt)).toBeLessThan(1_000);
  });
});

describe('networks', () => {
  it('F11: a container that is connected and disconnected 20 times has the addresses that it has', async () => {
    const id = await run();
    const network = await docker.createNetwork({
      Name: `portolan-test-${id.slice(0, 12)}`,
      Labels: { [TEST_LABEL]: '' },
    });
    onTestFinished(() => network.remove());
    const source = await follow();
    for (let times = 0; times < 20; times++) {
      await network.connect({ Container: id });
      if (times === 19) {
        await until('both networks are seen', () => source.find(id)?.networks.length === 2, 2_000);
        expect(source.find(id)).toEqual(await truth(id));
        expect(source.find(id)?.networks.map(({ ipAddress }) => ipAddress)).not.toContain('');
      }
      await network.disconnect({ Container: id, Force: true });
    }
    await until('one network is seen', () => source.find(id)?.networks.length === 1, 2_000);
    expect(source.find(id)).toEqual(await truth(id));
  });

  it('F11: containers of the host, of no network, and of another container are seen as such', async () => {
    const peer = await run();
    const source = await follow();
    const modes = ['host', 'none', `container:${peer}`];
    const ids = await Promise.all(modes.map((network) => run({ network })));
    await until('all are seen', () => ids.every((id) => source.find(id) !== undefined), 2_000);
    expect(ids.map((id) => source.find(id)?.networkMode)).toEqual(modes);
    expect(ids.map((id) => source.find(id)?.networks)).toEqual([
      [{ name: 'host', ipAddress: '' }],
      [{ name: 'none', ipAddress: '' }],
      [],
    ]);
    await docker.getContainer(peer).kill();
    await until('the other goes', () => source.find(peer) === undefined, 2_000);
    expect(ids.every((id) => source.find(id) !== undefined)).toBe(true);
  });
});

describe('containers that cannot be read', () => {
  it('F45: one with 10 MB of environment is left out with a warning, one with a label of 4 MB is not', async () => {
    const engine = await simulatedDocker();
    engine.start(1, { name: 'label', labels: { big: 'x'.repeat(4 * 1024 * 1024), SERVICE_NAME: 'shop' } });
    const [id] = engine.start(1, { name: 'environment', env: [`BIG=${'x'.repeat(10 * 1024 * 1024)}`] });
    engine.start(1, { name: 'other' });
    const source = await follow({ host: engine.host });
    expect(names(source.seen())).toEqual(['label', 'other']);
    expect(source.seen()[0]?.labels).toEqual({ SERVICE_NAME: 'shop' });
    expect(source.failures).toEqual([]);
    expect(source.log.lines).toEqual([
      {
        level: 'warn',
        message: 'docker: a container cannot be read',
        facts: {
          container: 'environment',
          id,
          consequence: 'is left out',
          code: 'DOCKER_REFUSED',
          error: 'what Docker says of it has more than 8388608 characters',
          hint: 'Look for labels and variables of that size: docker inspect.',
        },
      },
    ]);
  });

  it.each([
    { what: 'an error', status: 500, body: '{"message":"layer does not exist"}' },
    { what: 'nonsense', status: 200, body: '<html>' },
  ])('one of which Docker gives $what costs itself, and is back when it can be read', async ({ status, body }) => {
    const engine = await simulatedDocker();
    const [broken = ''] = engine.start(1, { name: 'broken' });
    engine.spoil(broken, { status, body });
    engine.start(2);
    const source = await follow({ host: engine.host });
    expect(names(source.seen())).toEqual(['web-2', 'web-3']);
    expect(source.failures).toHaveLength(1);
    engine.start();
    await until('another is seen', () => source.seen().length === 3);
    engine.spoil(broken);
    await until('it is back', () => source.find(broken) !== undefined);
  });

  it('one that hangs keeps none of the others waiting', async () => {
    const engine = await simulatedDocker();
    const source = await follow({ host: engine.host });
    const [hangs = ''] = engine.start();
    const release = engine.hold(hangs);
    const [other = ''] = engine.start();
    await until('the other is seen', () => source.find(other) !== undefined, 1_000);
    expect(source.find(hangs)).toBeUndefined();
    release();
    await until('it is seen', () => source.find(hangs) !== undefined);
  });
});

it('of a Docker engine Portolan only reads, and only by GET', async () => {
  const engine = await simulatedDocker();
  engine.start(3);
  const source = await follow({ host: engine.host, clock: createHurriedClock(200) });
  const [first = '', second = '', third = ''] = engine.ids();
  engine.kill(first);
  engine.startAgain(first);
  engine.rename(second, 'renamed');
  engine.spoil(third, { status: 500, body: '{}' });
  engine.setHealth(third, 'unhealthy');
  engine.cutStreams();
  source.resync();
  const paths = new Set<string>();
  await until('everything was asked', () => {
    for (const request of engine.takeRequests()) {
      paths.add(request.replace(/[0-9a-f]{64}(?=\/json$)/, '{id}').replace(/\?.*/, ''));
    }
    return paths.has('GET /_ping');
  });
  expect([...paths].toSorted()).toEqual([
    'GET /_ping',
    'GET /containers/json',
    'GET /containers/{id}/json',
    'GET /events',
  ]);
});

async function* linesWithout(lines: AsyncIterable<string>, id: string): AsyncGenerator<string> {
  for await (const chunk of lines) {
    yield chunk
      .split('\n')
      .filter((line) => !line.includes(id))
      .join('\n');
  }
}
