import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createConsulCatalog } from '../../src/adapters/consul/catalog-source.ts';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import type { CatalogSnapshot } from '../../src/domain/catalog.ts';
import { type Clock, systemClock } from '../../src/lib/clock.ts';
import { createGuardedSource, type GuardedSource } from '../../src/routing/guarded-source.ts';
import { type ConsulServer, startConsulServer } from '../support/consul-server.ts';
import { type FaultProxy, type Faults, startFaultProxy } from '../support/fault-proxy.ts';
import { createHurriedClock } from '../support/hurried-clock.ts';
import { createRecordingLog, type RecordingLog } from '../support/recording-log.ts';
import { until } from '../support/until.ts';

const CONFIG = 'acl {\nenabled = true\ndefault_policy = "deny"\n}';
const JSON_TYPE = { 'content-type': 'application/json' };
const NODES = ['a', 'b', 'c'];
/** Few are followed one by one, many by what a few queries tell. */
const SIZES = [{ services: 3 }, { services: 12 }];

let consul: ConsulServer;
let root: string;
/** What Portolan sends. */
let token: string;
let proxy: FaultProxy;
let stops: (() => Promise<void>)[];

beforeAll(async () => {
  consul = await startConsulServer({ config: CONFIG });
  root = await until('the first token', async () => {
    const { status, answer } = await consul.ask('PUT', '/acl/bootstrap');
    return status === 200 && (answer as { SecretID: string }).SecretID;
  });
});
afterAll(async () => await consul?.stop());
beforeEach(async () => {
  proxy = await startFaultProxy({ target: { port: consul.port } });
  token = root;
  stops = [];
});
afterEach(async () => {
  for (const stop of stops) await stop();
  await proxy.close();
  for (const Node of NODES) await consul.ask('PUT', '/catalog/deregister', { Node }, root);
});

const ask = async (method: string, path: string, body?: unknown) => (await consul.ask(method, path, body, root)).answer;

/** On two of the three nodes. */
async function register(...services: readonly string[]): Promise<void> {
  for (const [i, service] of services.entries()) {
    for (const node of [NODES[i % 3], NODES[(i + 1) % 3]]) {
      const Check = { CheckID: `service:${service}`, Name: 'alive', ServiceID: service, Status: 'passing' };
      const Service = { ID: service, Service: service, Port: 8_080 };
      await ask('PUT', '/catalog/register', { Node: node, Address: '192.0.2.1', SkipNodeUpdate: true, Service, Check });
    }
  }
}

const names = (count: number) => Array.from({ length: count }, (_, i) => `s${i}`);

interface Watcher {
  readonly guarded: GuardedSource;
  readonly log: RecordingLog;
  readonly snapshots: readonly CatalogSnapshot[];
  readonly outages: readonly Error[];
  last(): CatalogSnapshot | undefined;
  /** How many instances a service has. */
  count(service: string): number;
  /** Waits until these services have two instances each, and no other has any. */
  becomes(services: readonly string[]): Promise<void>;
}

/** A guarded catalog behind the proxy; ended after the test. */
function watch(clock: Clock = createHurriedClock(10), place = { port: proxy.port }): Watcher {
  const endpoint: ConsulEndpoint = {
    ...consul.endpoint,
    name: 'consul://proxy',
    place: { kind: 'tcp', host: '127.0.0.1', isTls: false, ...place },
    token: () => token || undefined,
  };
  const log = createRecordingLog();
  const source = createConsulCatalog({ endpoint, clock, random: Math.random });
  const guarded = createGuardedSource({ source, clock, log, believesSingles: false });
  const snapshots: CatalogSnapshot[] = [];
  const outages: Error[] = [];
  const ending = new AbortController();
  const observer = {
    onSnapshot: (snapshot: CatalogSnapshot) => {
      snapshots.push(snapshot);
    },
    onOutage: (error: Error) => {
      outages.push(error);
    },
  };
  const following = guarded.follow(observer, ending.signal);
  stops.push(async () => {
    ending.abort();
    await following;
  });
  const last = () => snapshots.at(-1);
  const count = (service: string) => last()?.services.get(service)?.length ?? 0;
  const becomes = async (services: readonly string[]) => {
    const wanted = services.map((name) => `${name} 2`).toSorted();
    const seen = () =>
      [...(last()?.services ?? [])]
        .filter(([name, all]) => name !== 'consul' && all.length > 0)
        .map(([name, all]) => `${name} ${all.length}`);
    const isSo = () => seen().toSorted().join() === wanted.join();
    await until('the catalog is so', isSo, 20_000).catch(() => expect(seen().toSorted()).toEqual(wanted));
  };
  return { guarded, log, snapshots, outages, last, count, becomes };
}

/** No snapshot since then lacked any of these, on both of their nodes. */
function expectNothingLost({ snapshots }: Watcher, services: readonly string[], since = 0): void {
  const lost = snapshots
    .slice(since)
    .flatMap((snapshot) => services.filter((name) => (snapshot.services.get(name)?.length ?? 0) < 2));
  expect(lost).toEqual([]);
}

const isCatalog = (path: string) => /^\/v1\/(catalog|health)\//.test(path);
const emptyBody = (path: string) => (path.startsWith('/v1/catalog/services') ? '{}' : '[]');
const ticks = async (ms: number) => await systemClock.sleep(ms);

/** Answers without anything in them, with this index. */
const empties = (index: string | undefined): Faults => ({
  rule: ({ path }) =>
    isCatalog(path)
      ? {
          status: 200,
          body: emptyBody(path),
          headers: { ...JSON_TYPE, ...(index !== undefined && { 'x-consul-index': index }) },
        }
      : undefined,
});

describe.each(SIZES)('the catalog of $services services', ({ services }) => {
  const all = names(services);
  beforeEach(async () => await register(...all));

  it('F27: a token that is lost, so that Consul shows nothing, costs no route, however long', async () => {
    const watcher = watch();
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    token = '';
    // The queries that wait are still answered by the old one.
    await proxy.setFaults({ connections: 'close' });
    await proxy.clear();
    await until('it is noticed', () => watcher.guarded.held().some(({ cause }) => cause === 'blind'));
    // Longer than it takes to confirm anything else.
    await ticks(1_500);
    expectNothingLost(watcher, all, since);
    expect(new Set(watcher.guarded.held().map(({ cause }) => cause))).toEqual(new Set(['blind']));
    expect(watcher.log.lines).toContainEqual({
      level: 'warn',
      message: 'instances are missing from the catalog and kept for now',
      facts: expect.objectContaining({ because: expect.stringContaining('its ACL token may have lost its rights') }),
    });
    token = root;
    await ask('PUT', '/catalog/deregister', { Node: 'a', ServiceID: 's0' });
    await proxy.setFaults({ connections: 'close' });
    await proxy.clear();
    await until('it sees again', () => watcher.count('s0') === 1);
    expect(watcher.guarded.held()).toEqual([]);
  });

  it('F26: a token that is deleted costs no route, and the next one counts at once', async () => {
    const { SecretID, AccessorID } = (await ask('PUT', '/acl/token', {
      Policies: [{ Name: 'global-management' }],
    })) as { SecretID: string; AccessorID: string };
    token = SecretID;
    const watcher = watch();
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    await ask('DELETE', `/acl/token/${AccessorID}`);
    await proxy.setFaults({ connections: 'close' });
    await proxy.clear();
    await until('the refusal', () =>
      watcher.outages.some(({ message }) => /answered 403 .*ACL not found/.test(message)),
    );
    await ticks(1_500);
    expectNothingLost(watcher, all, since);
    token = root;
    await register('new');
    await watcher.becomes([...all, 'new']);
  });

  it.each([
    ['0', '1', '-7', 'abc', ''],
    ['9007199254740991', '1e99', undefined],
  ])('F29, F30: empty answers with the index %s or %s cost no route', async (...indexes) => {
    const watcher = watch();
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    for (const index of indexes) {
      await proxy.setFaults(empties(index));
      // So that they come: what waits at Consul is asked again.
      await proxy.setFaults({ connections: 'reset' });
      await proxy.setFaults(empties(index));
      await ticks(300);
      await proxy.clear();
      await ticks(100);
    }
    expectNothingLost(watcher, all, since);
    await register('new');
    await watcher.becomes([...all, 'new']);
    expect(watcher.guarded.held()).toEqual([]);
  });

  it('F30: an index that is the same, smaller, none or nonsense neither blinds nor spins', async () => {
    const watcher = watch(systemClock);
    await watcher.becomes(all);
    const indexes = ['5', '5', '3', '0', '-1', 'abc', '', '18446744073709551615'];
    let next = 0;
    const nonsense = (): string => `X-Consul-Index: ${indexes[next++ % indexes.length]}`;
    await proxy.setFaults({ rewriteHead: (head) => head.replace(/^x-consul-index: .*$/im, nonsense) });
    await register('new');
    await watcher.becomes([...all, 'new']);
    const since = performance.now();
    const asked = proxy.requests.length;
    await ticks(2_000);
    // Each of at most eleven queries may ask ten times a second at the very most, as may the reads that follow.
    const perSecond = ((proxy.requests.length - asked) / (performance.now() - since)) * 1_000;
    expect(perSecond).toBeLessThan(10 * (services + 11));
  });

  it('F31: what a server tells that has not heard of its leader adds, and removes nothing', async () => {
    const watcher = watch();
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    const stale = { 'x-consul-index': '99999999', 'x-consul-lastcontact': '15000', 'x-consul-knownleader': 'true' };
    await proxy.setFaults({ connections: 'reset' });
    await proxy.setFaults({
      rule: ({ path }) =>
        isCatalog(path) ? { status: 200, body: emptyBody(path), headers: { ...JSON_TYPE, ...stale } } : undefined,
    });
    await until('it is noticed', () => watcher.guarded.held().length > 0);
    // Which of its queries is answered first is chance.
    await until('it is known how stale', () => watcher.last()?.staleMs === 15_000);
    await ticks(2_000);
    expectNothingLost(watcher, all, since);
    await proxy.clear();
    await watcher.becomes(all);
    await until('it is over', () => watcher.guarded.held().length === 0 && watcher.last()?.staleMs === 0);
  });

  it('F32: half-open connections are noticed by their deadline, and the watch goes on over new ones', async () => {
    const watcher = watch(createHurriedClock(20));
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    await proxy.setFaults({ connections: 'silence' });
    await register('new');
    await until('it is noticed', () => watcher.outages.length > 0, 10_000);
    expect(watcher.outages[0]?.message).toMatch(/nothing within (69200|10000|3000) ms|no connection within/);
    expectNothingLost(watcher, all, since);
    await proxy.clear();
    await watcher.becomes([...all, 'new']);
  });
});

describe('the catalog of 12 services', () => {
  const all = names(12);
  beforeEach(async () => await register(...all));

  it.each<{ kind: string; faults: Faults }>([
    { kind: '403', faults: { rule: () => ({ status: 403, body: 'Permission denied' }) } },
    { kind: '429', faults: { rule: () => ({ status: 429, body: 'x' }) } },
    { kind: '500', faults: { rule: () => ({ status: 500, body: 'No cluster leader' }) } },
    { kind: '503', faults: { rule: () => ({ status: 503 }) } },
    { kind: 'a redirect', faults: { rule: () => ({ status: 301 }) } },
    { kind: 'answers that take 30 s', faults: { latencyMs: 3_000 } },
    { kind: 'refused connections', faults: { connections: 'refuse' } },
    { kind: 'closed connections', faults: { connections: 'close' } },
    { kind: 'resets', faults: { connections: 'reset' } },
    { kind: 'answers that break off', faults: { truncateAfterBytes: 400 } },
    { kind: 'half of a JSON text', faults: { rule: () => ({ status: 200, body: '{"a":', headers: JSON_TYPE }) } },
    {
      kind: 'a web page',
      faults: { rule: () => ({ status: 200, body: '<p>', headers: { 'content-type': 'text/html' } }) },
    },
    { kind: 'JSON of another form', faults: { rule: () => ({ status: 200, body: '[{"A":1}]', headers: JSON_TYPE }) } },
  ])('F28: $kind cost no route, and it works again after it', async ({ faults }) => {
    const watcher = watch();
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    // What stands is asked again.
    await proxy.setFaults({ ...faults, connections: faults.connections ?? 'close' });
    await proxy.setFaults(faults);
    await until('it is said', () => watcher.outages.length > 0);
    expectNothingLost(watcher, all, since);
    await proxy.clear();
    await register('new');
    await watcher.becomes([...all, 'new']);
    expectNothingLost(watcher, all, since);
  });
});

describe('the catalog of a Consul that loses its data', () => {
  const all = names(10);

  it.each(['kept', 'lost'] as const)('F29: a restart with its data %s costs no route', async (data) => {
    const own = await startConsulServer();
    stops.push(() => own.stop());
    const registerAll = async (): Promise<void> => {
      for (const name of all) {
        await own.ask('PUT', '/agent/service/register', { Name: name, ID: `${name}-1`, Port: 80 });
        await own.ask('PUT', '/agent/service/register', { Name: name, ID: `${name}-2`, Port: 81 });
      }
    };
    await registerAll();
    token = '';
    const watcher = watch(createHurriedClock(5), { port: own.port });
    await watcher.becomes(all);
    const since = watcher.snapshots.length;
    await own.restart(data);
    // As registrars do, within five seconds.
    if (data === 'lost') await registerAll();
    await until('it is well again', () => watcher.last()?.trust === 'confirmed' && watcher.outages.length > 0, 30_000);
    expectNothingLost(watcher, all, since);
    expect(watcher.guarded.held()).toEqual([]);
    for (const id of ['s3-1', 's3-2']) await own.ask('PUT', `/agent/service/deregister/${id}`);
    await watcher.becomes(all.filter((name) => name !== 's3'));
  });
});
