import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { startLoad } from '../../scripts/demo/load.ts';
import { consulHealth } from '../support/consul.ts';
import { startWeb, type Web, type WebOptions } from '../support/docker.ts';
import { until } from '../support/until.ts';
import { type Registry, startWorld, type World } from '../support/world.ts';

/** Starts instances of a service, and removes them after the test. */
async function instancesOf(service: string, count: number, options: WebOptions = {}): Promise<readonly Web[]> {
  const labels = { SERVICE_NAME: service, ...options.labels };
  const webs = await Promise.all(Array.from({ length: count }, () => startWeb({ ...options, labels })));
  onTestFinished(async () => {
    await Promise.all(webs.map((web) => web.remove().catch(() => undefined)));
  });
  return webs;
}

const hostnames = (webs: readonly Web[]): readonly string[] => webs.map(({ hostname }) => hostname);

/** Runs `incident` under load. The load has begun before, and goes on until what `incident` waits for has happened. */
async function underLoad(world: World, service: string, incident: () => Promise<void>) {
  const load = startLoad(service, world.httpPort);
  await until('the load has begun', async () => (await world.answers(service, 1)).length === 1);
  await incident();
  return await load.stop();
}

describe.each<Registry>(['consul', 'memory'])('the life of containers, with the registry %s', (registry) => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld(registry);
  });
  afterAll(async () => {
    await world.stop();
  });

  it('routes two services by their names, each instance in turn', async () => {
    const shop = await instancesOf('shop', 2);
    const [stock] = await instancesOf('stock', 1);
    await world.answeredBy('shop', hostnames(shop));
    await world.answeredBy('stock', [stock?.hostname ?? '']);
    for (const host of ['shop.localhost', 'shop.service.consul', 'SHOP']) {
      expect(hostnames(shop)).toContain((await world.answers(host, 1))[0]);
    }
  });

  it('answers for a new instance within a second, and without a reload', async () => {
    const [first] = await instancesOf('quick', 1);
    await world.answeredBy('quick', [first?.hostname ?? '']);
    // The services of the tests before leave with a reload, which is not ours.
    const { routing: before } = await until('nothing else is on its way', async () => {
      const status = await world.status();
      const names = status.routing?.services.map(({ name }) => name) ?? [];
      const isCalm = !names.includes('shop') && !names.includes('stock');
      return isCalm && status.routing?.pendingReload === undefined && status;
    });
    const [second] = await instancesOf('quick', 1);
    const startMs = performance.now();
    await world.answeredBy('quick', [first?.hostname ?? '', second?.hostname ?? '']);
    expect(performance.now() - startMs).toBeLessThan(1_000);
    expect((await world.status()).routing?.reloads).toBe(before?.reloads);
  });

  it.each(['graceful', 'fast', 'lame'] as const)('loses no request when a %s application is stopped', async (app) => {
    const webs = await instancesOf(`stop-${app}`, 3, { app });
    await world.answeredBy(`stop-${app}`, hostnames(webs));
    const { failed, failures } = await underLoad(world, `stop-${app}`, async () => {
      await webs[0]?.stop(5);
      await world.answeredBy(`stop-${app}`, hostnames(webs.slice(1)));
    });
    expect({ failed, failures: [...failures] }).toEqual({ failed: 0, failures: [] });
  });

  it('loses no request when a container is killed', async () => {
    const webs = await instancesOf('killed', 3);
    await world.answeredBy('killed', hostnames(webs));
    const { failed, failures } = await underLoad(world, 'killed', async () => {
      await webs[0]?.kill();
      await world.answeredBy('killed', hostnames(webs.slice(1)));
    });
    expect({ failed, failures: [...failures] }).toEqual({ failed: 0, failures: [] });
  });

  it('loses no request of one service when others come and go, which needs reloads', async () => {
    const webs = await instancesOf('steady', 2);
    await world.answeredBy('steady', hostnames(webs));
    const { routing: before } = await world.status();
    const { failed, failures } = await underLoad(world, 'steady', async () => {
      for (const name of ['passing-by-1', 'passing-by-2', 'passing-by-3']) {
        const other = await startWeb({ labels: { SERVICE_NAME: name } });
        await world.answeredBy(name, [other.hostname]);
        await other.remove();
      }
    });
    expect({ failed, failures: [...failures] }).toEqual({ failed: 0, failures: [] });
    expect((await world.status()).routing?.reloads).toBeGreaterThan((before?.reloads ?? 0) + 2);
  });

  it('follows a container to the new port that it gets by a restart', async () => {
    const [web] = await instancesOf('restarted', 1);
    await world.answeredBy('restarted', [web?.hostname ?? '']);
    const before = await web?.port();
    await web?.restart();
    expect(await web?.port()).not.toBe(before);
    await world.answeredBy('restarted', [web?.hostname ?? '']);
  });

  it('finds the containers that were there before it', async () => {
    const webs = await instancesOf('earlier', 2);
    await world.container('portolan').restart({ t: 5 });
    await world.answeredBy('earlier', hostnames(webs), 30_000);
  });

  it('says 503 for a service without instances and 404 for a name that is none, and names them', async () => {
    const [web] = await instancesOf('paused', 1);
    await world.answeredBy('paused', [web?.hostname ?? '']);
    await web?.pause();
    const none = "503 portolan: no instance of the service 'paused' can be reached";
    await until('the paused container is out', async () => (await world.answers('paused', 1))[0] === none);
    await web?.unpause();
    await world.answeredBy('paused', [web?.hostname ?? '']);
    expect(await world.answers('nowhere', 1)).toEqual(["404 portolan: no service has the host name 'nowhere'"]);
  });
});

describe('the life of containers in Consul', () => {
  let world: World;
  beforeAll(async () => {
    world = await startWorld('consul');
  });
  afterAll(async () => {
    await world.stop();
  });

  it('registers what the labels say', async () => {
    const labels = {
      SERVICE_TAGS: 'blue,eu-1',
      SERVICE_VERSION: '7',
      SERVICE_8080_CHECK_TCP: 'true',
      SERVICE_CHECK_INTERVAL: '1s',
    };
    const [web] = await instancesOf('described', 1, { labels, environment: { SERVICE_TEAM: 'shop' } });
    const [entry] = await until('the service passes', async () => {
      const entries = await consulHealth(world.consulPort, 'described');
      return entries.length === 1 && entries[0]?.Checks.every(({ Status }) => Status === 'passing') && entries;
    });
    const id = `e2e:${web?.name}:8080`;
    const { registration } = await world.status();
    expect(entry?.Service).toMatchObject({
      ID: id,
      Service: 'described',
      Address: registration?.hostAddress,
      Port: await web?.port(),
      Tags: ['blue', 'eu-1'],
      Meta: { team: 'shop', version: '7', 'portolan-owner': registration?.owner },
    });
    expect(entry?.Checks.map(({ CheckID }) => CheckID)).toEqual(['serfHealth', `${id}:container`, `service:${id}`]);
  });

  it('takes a container out of rotation while it ends, and removes it when it has ended', async () => {
    const [web] = await instancesOf('ending', 1, { app: 'lame' });
    const containerCheck = async () => {
      const [entry] = await consulHealth(world.consulPort, 'ending');
      return entry?.Checks.find(({ CheckID }) => CheckID.endsWith(':container'));
    };
    await until('it is registered', async () => (await containerCheck())?.Status === 'passing');
    const stopping = web?.stop(10);
    const check = await until('it is out of rotation', async () => {
      const found = await containerCheck();
      return found?.Status === 'critical' && found;
    });
    expect(check.Output).toBe('stopping: was sent signal 15');
    await stopping;
    await until('it is removed', async () => (await consulHealth(world.consulPort, 'ending')).length === 0);
  });

  it("says in Consul what the container's HEALTHCHECK says, and uses an unhealthy one for want of others", async () => {
    const healthCheck = 'test -f /www/well';
    const [web] = await instancesOf('checked', 1, { healthCheck });
    const output = async () => {
      const [entry] = await consulHealth(world.consulPort, 'checked');
      return entry?.Checks.find(({ CheckID }) => CheckID.endsWith(':container'))?.Output;
    };
    // The first words come with the first status; later ones at once only where the status changes, as Consul has it.
    await until('it is registered', async () => (await output()) !== undefined);
    await web?.exec('touch /www/well');
    await until('it is healthy', async () => (await output()) === 'running: healthy');
    await world.answeredBy('checked', [web?.hostname ?? '']);
    await web?.exec('rm /www/well');
    await until('it is unhealthy', async () => (await output()) === 'unhealthy: its HEALTHCHECK fails');
    const shown = async () => (await world.status()).routing?.services.find(({ name }) => name === 'checked');
    const reason = 'panic: every instance fails its checks; its container is unhealthy: its HEALTHCHECK fails';
    await until('it is used all the same', async () => {
      const [instance] = (await shown())?.instances ?? [];
      return instance?.isIn && instance.reason === reason;
    });
    await world.answeredBy('checked', [web?.hostname ?? '']);
  });

  it('uses no instance that fails where another is well, or where the label says so', async () => {
    const label = { SERVICE_ROUTE_PANIC: 'off' };
    const [careful] = await instancesOf('careful', 1, { labels: label, healthCheck: 'test -f /www/well' });
    await careful?.exec('touch /www/well');
    await world.answeredBy('careful', [careful?.hostname ?? '']);
    await careful?.exec('rm /www/well');
    const none = "503 portolan: no instance of the service 'careful' can be reached";
    await until('it is out', async () => (await world.answers('careful', 1))[0] === none);
    const [well] = await instancesOf('careful', 1, { labels: label });
    await world.answeredBy('careful', [well?.hostname ?? '']);
  });
});
