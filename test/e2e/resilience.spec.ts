import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startLoad } from '../../scripts/demo/load.ts';
import { consulHealth } from '../support/consul.ts';
import { startWeb, type Web } from '../support/docker.ts';
import { until } from '../support/until.ts';
import { startWorld, type World } from '../support/world.ts';

let world: World;
let webs: readonly Web[];
const hostnames = () => webs.map(({ hostname }) => hostname);

beforeAll(async () => {
  world = await startWorld('consul');
  webs = await Promise.all([1, 2, 3].map(() => startWeb({ labels: { SERVICE_NAME: 'shop' } })));
  await world.answeredBy('shop', hostnames());
});

afterAll(async () => {
  await world.stop();
  await Promise.all(webs.map((web) => web.remove()));
});

/** Process IDs inside the container whose command line matches, oldest first. */
async function processes(pattern: string): Promise<readonly number[]> {
  const script = `for p in /proc/[0-9]*; do tr '\\0' ' ' < $p/cmdline 2>/dev/null | grep -q '${pattern}' && echo \${p#/proc/}; done; :`;
  const pids = (await world.exec(script)).split('\n').filter(Boolean).map(Number);
  return pids.toSorted((a, b) => a - b);
}

const portolanProcess = async () => (await processes('/portolan[.]js '))[0] ?? 0;
/** The master must survive what is done to Portolan; its workers have it as their parent and come after it. */
const haproxyMaster = async () => (await processes('^haproxy '))[0] ?? 0;
const killHard = (pid: number) => world.exec(`kill -KILL ${pid}`);

describe('when Portolan is killed', () => {
  it('HAProxy goes on serving and the next Portolan adopts it: no request is lost', async () => {
    const master = await haproxyMaster();
    const before = await portolanProcess();
    const load = startLoad('shop', world.httpPort);
    await killHard(before);
    const after = await until('it is started again', async () => {
      const pid = await portolanProcess();
      return pid > 0 && pid !== before && pid;
    });
    const { registration, routing } = await until('it is ready', async () => {
      const status = await world.status();
      return status.registration?.isReady && status.routing?.isReady && status;
    });
    const { failed, failures } = await load.stop();
    expect({ failed, failures: [...failures] }).toEqual({ failed: 0, failures: [] });
    expect(after).not.toBe(before);
    expect(await haproxyMaster()).toBe(master);
    expect(routing?.reloads).toBe(0);
    expect(registration?.services.filter(({ name }) => name === 'shop')).toHaveLength(3);
  });

  it('it notices afterwards what happened meanwhile', async () => {
    const load = startLoad('shop', world.httpPort);
    const [gone, ...others] = webs;
    await killHard(await portolanProcess());
    await gone?.kill();
    await world.answeredBy(
      'shop',
      others.map(({ hostname }) => hostname),
    );
    await until('Consul knows', async () => (await consulHealth(world.consulPort, 'shop')).length === 2);
    const { failed } = await load.stop();
    expect(failed).toBe(0);
    await gone?.remove();
    webs = [...others, await startWeb({ labels: { SERVICE_NAME: 'shop' } })];
    await world.answeredBy('shop', hostnames());
  });
});

describe('when Consul is started again without its data', () => {
  it('everything is registered again within 5 s of its return, and no request is lost', async () => {
    const load = startLoad('shop', world.httpPort);
    await world.container('consul').stop({ t: 1 });
    await until('Portolan notices', async () => (await world.status()).routing?.outage !== undefined);
    await world.answeredBy('shop', hostnames());

    await world.container('consul').start();
    await until('Consul has a leader', async () => (await consulHealth(world.consulPort, 'consul')).length === 1);
    const startMs = performance.now();
    await until('everything is registered', async () => {
      const entries = await consulHealth(world.consulPort, 'shop');
      return entries.length === 3 && entries.every(({ Checks }) => Checks.every(({ Status }) => Status === 'passing'));
    });
    expect(performance.now() - startMs).toBeLessThan(5_000);
    await until('the catalog is believed again', async () => {
      const { routing } = await world.status();
      return routing?.outage === undefined && routing?.held === 0;
    });
    await world.answeredBy('shop', hostnames());
    const { failed, failures } = await load.stop();
    expect({ failed, failures: [...failures] }).toEqual({ failed: 0, failures: [] });
  });
});

describe('while Consul is away', () => {
  it('a container that is started then is registered and routed within 1.5 s of its return', async () => {
    await world.container('consul').pause();
    const web = await startWeb({ labels: { SERVICE_NAME: 'shop' } });
    webs = [...webs, web];
    await world.container('consul').unpause();
    const startMs = performance.now();
    await world.answeredBy('shop', hostnames());
    expect(performance.now() - startMs).toBeLessThan(1_500);
  });
});

describe('when HAProxy is killed', () => {
  it('it is started again within a second, with the same routes', async () => {
    await killHard(await haproxyMaster());
    const startMs = performance.now();
    await until('it answers', async () => (await world.answers('shop', 1))[0]?.length === 12);
    expect(performance.now() - startMs).toBeLessThan(1_500);
    await world.answeredBy('shop', hostnames());
  });
});

describe('when Portolan and HAProxy are started again while Consul is away', () => {
  it('F42: routes are served from what was saved, marked as old, until Consul is back', async () => {
    const { routing: before } = await world.status();
    const ids = before?.services.find(({ name }) => name === 'shop')?.instances.map(({ id }) => id) ?? [];
    await until('the catalog is saved', async () => {
      const text = await world.exec('cat /var/lib/portolan/catalog.json');
      return ids.length === webs.length && ids.every((id) => text.includes(id));
    });
    await world.container('consul').stop({ t: 1 });
    await world.container('portolan').restart({ t: 10 });
    await world.answeredBy('shop', hostnames());
    const { routing } = await until('it says how old the routes are', async () => {
      const status = await world.status();
      const { outage, staleS, services = [] } = status.routing ?? {};
      return outage !== undefined && staleS !== undefined && services.length > 0 && status;
    });
    expect(routing?.services.find(({ name }) => name === 'shop')?.instances).toHaveLength(webs.length);
    expect(await world.exec('portolan status')).toMatch(/routes are made of what was known \d+ s ago/);

    await world.container('consul').start();
    await until(
      'the catalog is believed again',
      async () => {
        const status = await world.status();
        return (
          status.routing?.outage === undefined && status.routing?.staleS === undefined && status.routing?.held === 0
        );
      },
      30_000,
    );
    await world.answeredBy('shop', hostnames());
  });
});
