import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, type Cluster, type Host, startCluster } from '../../scripts/cluster/cluster.ts';
import { joinConsul, killConsul, startConsulAgain, wipeConsul } from '../../scripts/cluster/consul.ts';
import { docker } from '../../scripts/cluster/engine.ts';
import { canMakeHosts, setCable } from '../../scripts/cluster/network.ts';
import { processOf, replacePortolan, signalProcess } from '../../scripts/cluster/portolan.ts';
import { SHOP, startInstance } from '../../scripts/cluster/shop.ts';
import { removeCluster } from '../../scripts/cluster/sweep.ts';
import {
  consulPasses,
  instanceOn,
  isSettled,
  isWhole,
  lasting,
  leaderOf,
  SERVICES,
  statusOf,
  underLoad,
  watchRoutes,
} from '../support/cluster.ts';
import { consulHealth } from '../support/consul.ts';
import { CONSUL_IMAGE } from '../support/docker.ts';
import { run } from '../support/shell.ts';
import { until } from '../support/until.ts';
import { sized } from '../torture/support/size.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** Long enough for a cluster without a quorum, which takes up to 14 s to answer a heartbeat. */
const TTL = ['--ttl', sized('30s', '60s')];
const SHORT_TTL = ['--ttl', '8s'];

/** What runs on the second host and elsewhere too. */
const ELSEWHERE = SERVICES.filter((service) => service !== 'ledger');

let cluster: Cluster;
let [first, second, third]: [Host, Host, Host] = [] as never;

describe.runIf(canMakeHosts())('a cluster of three hosts', { timeout: sized(120_000, 600_000) }, () => {
  beforeAll(async () => {
    cluster = await startCluster({ name: 'portolan-test', consulImage: CONSUL_IMAGE, portolan: TTL });
    [first, second, third] = cluster.hosts as [Host, Host, Host];
    await isWhole(cluster);
  });

  afterAll(async () => {
    await removeCluster(cluster.places);
  });

  it('a service that is started on host 1 is reached through localhost on every host', async () => {
    await startInstance(first, 'reviews');
    onTestFinished(async () => void (await docker(first, 'rm', '-f', 'reviews')));
    for (const host of cluster.hosts) {
      await until(`${host.hostname} reaches it`, async () => (await ask(host, 'reviews')) === 'reviews on host1');
    }
  });

  it('F24: the leader is killed and comes back: no request fails', async () => {
    await underLoad(cluster, async () => {
      for (let i = 0; i < sized(2, 20); i++) {
        const leader = await until('there is a leader', () => leaderOf(cluster));
        await killConsul(leader);
        await until('another one leads', async () => {
          const next = await leaderOf(cluster);
          return next !== undefined && next !== leader;
        });
        await startConsulAgain(leader);
        await isWhole(cluster);
      }
    });
  });

  it('F25: two of three servers are killed and come back: routes stay as they are, and no request fails', async () => {
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await Promise.all([killConsul(second), killConsul(third)]);
      await lasting(sized(16, 120));
      await Promise.all([startConsulAgain(second), startConsulAgain(third)]);
      await isWhole(cluster);
    });
    expect(await watch.stop()).toEqual({ routes: [], instances: [] });
  });

  it('all of Consul is down for a while: routes stay as they are, and no request fails', async () => {
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await Promise.all(cluster.hosts.map(killConsul));
      await lasting(sized(12, 60));
      await Promise.all(cluster.hosts.map(startConsulAgain));
      await isWhole(cluster);
    });
    expect(await watch.stop()).toEqual({ routes: [], instances: [] });
  });

  it('the Portolan of a host is killed and starts again: its HAProxy goes on, and no request fails', async () => {
    const [haproxy, before] = [await processOf(first, 'haproxy'), await processOf(first, 'portolan')];
    await underLoad(cluster, async () => {
      await signalProcess(first, 'portolan', 'KILL');
      await until('it runs again', async () => {
        const pid = await processOf(first, 'portolan');
        return pid !== undefined && pid !== before;
      });
      await isWhole(cluster);
    });
    expect(await processOf(first, 'haproxy')).toBe(haproxy);
    expect((await statusOf(first)).routing?.reloads).toBe(0);
  });

  it('a server is wiped: its host is registered again, no route is lost, and no request fails', async () => {
    await isSettled(cluster);
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await wipeConsul(second, cluster.hosts, cluster.consulImage);
      await isSettled(cluster);
    });
    // What has instances elsewhere may do without these until they are back.
    expect((await watch.stop()).routes).toEqual([]);
  });

  it.each(sized(['leads'], ['leads', 'follows']))(
    'a host whose server %s is cut off: the others leave its instances within 30 s, and use them within 5 s of its return',
    async (role) => {
      await isSettled(cluster);
      const leader = await until('there is a leader', () => leaderOf(cluster));
      const cut = cluster.hosts.find((host) => (host === leader) === (role === 'leads')) ?? first;
      const others = cluster.hosts.filter((host) => host !== cut);
      await startInstance(cut, 'alone');
      onTestFinished(async () => void (await docker(cut, 'rm', '-f', 'alone')));
      for (const host of others)
        await until('it is reached', async () => (await ask(host, 'alone')).startsWith('alone'));
      const there = SHOP.filter(({ hosts }) => hosts.includes(cut.number)).map(({ name }) => name);
      const elsewhere = there.filter((service) => service !== 'ledger');

      await setCable(cluster.places, cut, 'down');
      const cutMs = performance.now();
      for (const host of others) {
        const failed = async (service: string) => {
          const instance = await instanceOn(cut, host, service);
          return instance?.reason.includes('its check serfHealth fails') === true && instance;
        };
        for (const service of elsewhere) {
          const leftMs = 30_000 - (performance.now() - cutMs);
          const left = await until(`${host.hostname} leaves ${service}`, () => failed(service), leftMs);
          expect(left.isIn).toBe(false);
        }
        const alone = await until(`${host.hostname} knows of it`, () => failed('alone'));
        expect(alone.reason).toMatch(/^panic: every instance fails its checks; /);
      }
      await underLoad({ hosts: others, services: elsewhere }, () => lasting(2));

      await setCable(cluster.places, cut, 'up');
      // The cable needs a moment.
      await until('it joins them', async () => joinConsul(cut, others[0] ?? first).then(() => true));
      for (const host of others) {
        for (const service of SHOP) {
          await until(`${host.hostname} passes ${service.name}`, () => consulPasses(host, service), 40_000);
        }
      }
      const backMs = performance.now();
      for (const host of others) {
        for (const service of [...there, 'alone']) {
          const isUsed = async (): Promise<boolean> => {
            const { isIn, reason } = (await instanceOn(cut, host, service)) ?? {};
            return isIn === true && reason === '';
          };
          await until(`${host.hostname} uses ${service}`, isUsed, 5_000 - (performance.now() - backMs));
        }
      }
    },
  );

  it('a Portolan is dead for longer than its TTL: what runs only there stays, the rest moves, no request fails', async () => {
    await replacePortolan(second, SHORT_TTL);
    await isSettled(cluster);
    await underLoad(cluster, async () => {
      // Or it would be started again.
      await signalProcess(second, 'runsv', 'STOP');
      await signalProcess(second, 'portolan', 'KILL');
      for (const host of [first, third]) {
        const expired = async (service: string) => {
          const instance = await instanceOn(second, host, service);
          return instance?.reason.includes('TTL expired') === true && instance;
        };
        for (const service of ELSEWHERE) {
          const moved = await until(`${host.hostname} leaves ${service}`, () => expired(service), 30_000);
          expect(moved.isIn).toBe(false);
        }
        const ledger = await until(`${host.hostname} knows of the ledger`, () => expired('ledger'));
        expect(ledger).toEqual({
          isIn: true,
          reason: expect.stringMatching(/^panic: every instance fails its checks/),
        });
      }
      await lasting(2);
      await signalProcess(second, 'runsv', 'CONT');
      await isWhole(cluster);
    });
    for (const { doors } of cluster.hosts) expect(await consulHealth(doors.consul, 'portolan')).toHaveLength(3);
  });
});

it('make cluster refuses a mode that it does not know', async () => {
  const { code, stderr } = await run(process.execPath, [`${ROOT}/scripts/cluster/main.ts`], { CLUSTER: 'twice' });
  expect({ code, stderr }).toEqual({ code: 2, stderr: 'cluster: CLUSTER=twice is none of: once, stop, or empty\n' });
});
