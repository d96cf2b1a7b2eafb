import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { ask, type Cluster, type Host, startCluster } from '../../scripts/cluster/cluster.ts';
import { killConsul, startConsulAgain, wipeConsul } from '../../scripts/cluster/consul.ts';
import { docker } from '../../scripts/cluster/engine.ts';
import { canMakeHosts, setCable } from '../../scripts/cluster/network.ts';
import { processOf, replacePortolan, signalProcess } from '../../scripts/cluster/portolan.ts';
import { startInstance } from '../../scripts/cluster/shop.ts';
import { removeCluster } from '../../scripts/cluster/sweep.ts';
import {
  instancesOf,
  lasting,
  leaderOf,
  SERVICES,
  settled,
  statusOf,
  underLoad,
  watchRoutes,
} from '../support/cluster.ts';
import { consulHealth } from '../support/consul.ts';
import { CONSUL_IMAGE } from '../support/docker.ts';
import { until } from '../support/until.ts';
import { sized } from '../torture/support/size.ts';

/** Long enough for a cluster without a quorum, which takes up to 14 s to answer a heartbeat. */
const TTL = ['--ttl', sized('30s', '60s')];
const SHORT_TTL = ['--ttl', '8s'];

let cluster: Cluster;
/** The ledger runs on the second host only. */
let [first, second, third]: [Host, Host, Host] = [] as never;

describe.runIf(canMakeHosts())('a cluster of three hosts', () => {
  beforeAll(async () => {
    cluster = await startCluster({ name: 'portolan-test', consulImage: CONSUL_IMAGE, portolan: TTL });
    [first, second, third] = cluster.hosts as [Host, Host, Host];
    await settled(cluster);
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
        await settled(cluster);
      }
    });
  });

  it('F25: two of three servers are killed: routes stay as they are, and no request fails', async () => {
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await Promise.all([killConsul(second), killConsul(third)]);
      await lasting(sized(18, 120));
      await Promise.all([startConsulAgain(second), startConsulAgain(third)]);
      await settled(cluster);
    });
    expect(await watch.stop()).toEqual([]);
  });

  it('all of Consul is down for a while: routes stay as they are, and no request fails', async () => {
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await Promise.all(cluster.hosts.map(killConsul));
      await lasting(sized(15, 60));
      await Promise.all(cluster.hosts.map(startConsulAgain));
      await settled(cluster);
    });
    expect(await watch.stop()).toEqual([]);
  });

  it('the Portolan of a host is started again: its HAProxy goes on, and no request fails', async () => {
    const [haproxy, before] = [await processOf(first, 'haproxy'), await processOf(first, 'portolan')];
    await underLoad(cluster, async () => {
      await signalProcess(first, 'portolan', 'KILL');
      await until('it runs again', async () => {
        const pid = await processOf(first, 'portolan');
        return pid !== undefined && pid !== before;
      });
      await settled(cluster);
    });
    expect(await processOf(first, 'haproxy')).toBe(haproxy);
    expect((await statusOf(first)).routing?.reloads).toBe(0);
  });

  it('a server is wiped: its host is registered again, no route is lost, and no request fails', async () => {
    const watch = watchRoutes(cluster.hosts);
    await underLoad(cluster, async () => {
      await wipeConsul(second, cluster.hosts, cluster.consulImage);
      await settled(cluster);
    });
    expect(await watch.stop()).toEqual([]);
  });

  it('a host is cut off: the others leave its instances within 30 s, and use them within 5 s after its return', async () => {
    const others = [first, third];
    await setCable(cluster.places, second, 'down');
    const cutMs = performance.now();
    for (const host of others) {
      for (const service of ['inventory', 'prices', 'orders']) {
        await until(
          `${host.hostname} does without ${service} on host2`,
          async () => (await instancesOf(host, service)).get('host2')?.reason.startsWith('its check serfHealth fails'),
          30_000 - (performance.now() - cutMs),
        );
      }
      const ledger = (await instancesOf(host, 'ledger')).get('host2');
      expect(ledger?.reason).toMatch(/^panic: every instance fails its checks; its check serfHealth fails/);
    }
    await underLoad({ hosts: others, services: ['inventory', 'prices', 'orders'] }, () => lasting(2));
    await setCable(cluster.places, second, 'up');
    const backMs = performance.now();
    for (const host of others) {
      for (const service of SERVICES) {
        await until(
          `${host.hostname} uses ${service} on host2`,
          async () => {
            const instance = (await instancesOf(host, service)).get('host2');
            return instance?.isIn && instance.reason === '';
          },
          5_000 - (performance.now() - backMs),
        );
      }
    }
    await settled(cluster);
  });

  it('a Portolan alone is dead for longer than its TTL: what runs only there stays, the rest moves, no request fails', async () => {
    await replacePortolan(second, SHORT_TTL);
    await settled(cluster);
    await underLoad(cluster, async () => {
      // Or it would be started again.
      await signalProcess(second, 'runsv', 'STOP');
      await signalProcess(second, 'portolan', 'KILL');
      for (const host of [first, third]) {
        const instance = async (service: string) => (await instancesOf(host, service)).get('host2');
        await until(
          'the others move',
          async () => /TTL expired/.test((await instance('orders'))?.reason ?? ''),
          30_000,
        );
        expect(await instance('inventory')).toMatchObject({ isIn: false });
        const ledger = await until('what runs only there is kept', async () => {
          const found = await instance('ledger');
          return found !== undefined && found.reason !== '' && found;
        });
        expect(ledger).toEqual({ isIn: true, reason: expect.stringMatching(/^panic: .*TTL expired/) });
      }
      await lasting(2);
      await signalProcess(second, 'runsv', 'CONT');
      await settled(cluster);
    });
    for (const { doors } of cluster.hosts) expect(await consulHealth(doors.consul, 'portolan')).toHaveLength(3);
  });
});
