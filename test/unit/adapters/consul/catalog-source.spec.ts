import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogWorld, createCatalogWorld, entry } from '../../../support/catalog-world.ts';
import { gist } from '../../../support/recording-observer.ts';

let world: CatalogWorld;

beforeEach(async () => {
  world = await createCatalogWorld();
});

afterEach(async () => {
  await world.end();
  await world.consul.close();
});

const many = Array.from({ length: 9 }, (_, i) => `s${i}`);
const manyServices = Object.fromEntries(many.map((name) => [name, [`${name}-1`]]));

describe('a small catalog in Consul', () => {
  beforeEach(async () => {
    world.consul.set('web', [entry('web')]);
    world.consul.set('api', [entry('api')]);
    world.follow();
    await world.pass(300);
  });

  it('is told whole, once', () => {
    expect(world.observer.snapshots.map(gist)).toEqual([
      { trust: 'confirmed', services: { api: ['api-1'], web: ['web-1'] } },
    ]);
    expect(world.observer.outages).toEqual([]);
  });

  it('is followed by one blocking query for each service, one for their names, and one for the nodes', async () => {
    await world.pass(1_000);
    expect(world.consul.takePaths().toSorted()).toEqual([
      '/catalog/nodes?consistent=',
      '/catalog/nodes?index=100&wait=60s',
      '/catalog/services?consistent=',
      '/catalog/services?index=102&wait=60s',
      '/health/service/api?consistent=',
      '/health/service/api?index=102&wait=60s',
      '/health/service/web?consistent=',
      '/health/service/web?index=101&wait=60s',
    ]);
  });

  it('tells an instance that comes', async () => {
    world.consul.set('web', [entry('web'), entry('web', 'web-2')]);
    await world.pass(100);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { api: ['api-1'], web: ['web-1', 'web-2'] } });
  });

  it('tells a service that comes, and follows it', async () => {
    world.consul.set('shop', [entry('shop')]);
    await world.pass(300);
    expect(world.last()).toEqual({
      trust: 'confirmed',
      services: { api: ['api-1'], shop: ['shop-1'], web: ['web-1'] },
    });
    world.consul.set('shop', []);
    await world.pass(300);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { api: ['api-1'], shop: [], web: ['web-1'] } });
  });

  it('tells a service that goes, and asks no more about it', async () => {
    world.consul.set('web', undefined);
    await world.pass(300);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { api: ['api-1'] } });
    world.consul.takePaths();
    world.consul.set('api', []);
    await world.pass(300);
    expect(world.consul.takePaths().filter((path) => path.startsWith('/health/service/web'))).toEqual([]);
  });

  it('tells the nodes, also one that comes with nothing on it', async () => {
    const nodes = () => world.observer.snapshots.map((snapshot) => [...snapshot.nodes]);
    expect(nodes()).toEqual([['node-a']]);
    world.consul.addNode('node-b');
    await world.pass(300);
    expect(nodes()).toEqual([['node-a'], ['node-a', 'node-b']]);
  });

  it('is read once more 10 s after somebody asks for it, consistently, and told as confirmed later', async () => {
    const before = world.observer.snapshots.at(-1)?.confirmedMs ?? 0;
    world.consul.takePaths();
    world.observer.confirm(world.clock.monotonicMs());
    await world.pass(5_000);
    world.observer.confirm(world.clock.monotonicMs());
    expect(world.consul.takePaths().filter((path) => path.includes('consistent'))).toEqual([]);
    await world.pass(5_500);
    expect(
      world.consul
        .takePaths()
        .filter((path) => path.includes('consistent'))
        .toSorted(),
    ).toEqual([
      '/catalog/nodes?consistent=',
      '/catalog/services?consistent=',
      '/health/service/api?consistent=',
      '/health/service/web?consistent=',
    ]);
    expect(world.observer.snapshots.slice(1).map(gist)).toEqual([
      { trust: 'confirmed', services: { api: ['api-1'], web: ['web-1'] } },
    ]);
    expect((world.observer.snapshots.at(-1)?.confirmedMs ?? 0) - before).toBeGreaterThanOrEqual(10_000);
  });

  it('is silent when nothing changes', async () => {
    world.consul.setIndex(500);
    await world.pass(1_000);
    expect(world.observer.snapshots).toHaveLength(1);
  });
});

describe('a catalog in Consul that is just small', () => {
  beforeEach(async () => {
    for (const name of many.slice(0, 8)) world.consul.set(name, [entry(name)]);
    world.follow();
    await world.pass(300);
  });

  it.each(many.slice(0, 8))('has a connection for each service: a change of %s is told at once', async (name) => {
    world.consul.set(name, [entry(name, 'new')]);
    await world.pass(300);
    const { s8: _, ...eight } = manyServices;
    expect(world.last()).toEqual({ trust: 'confirmed', services: { ...eight, [name]: ['new'] } });
  });

  it('leaves a connection to end a doubt', async () => {
    world.consul.setIndex(3);
    await world.pass(12_000);
    world.consul.set('s0', []);
    await world.pass(300);
    expect(world.last()?.trust).toBe('confirmed');
    expect(world.observer.outages).toEqual([]);
    expect(await world.consul.connections()).toBeLessThanOrEqual(11);
  });

  it('is read in sweeps as soon as it grows', async () => {
    world.consul.set('s8', [entry('s8')]);
    await world.pass(500);
    expect(world.last()).toEqual({ trust: 'confirmed', services: manyServices });
    expect(await world.consul.connections()).toBeLessThanOrEqual(11);
  });
});

describe('a catalog with names that nobody can ask for', () => {
  it('is told without them', async () => {
    for (const name of ['..', 'web\nevil', 'web']) world.consul.set(name, [entry(name)]);
    world.follow();
    await world.pass(300);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { web: ['web-1'] } });
    expect(world.observer.outages).toEqual([]);
    const because = 'Consul answers no request about this name';
    expect(world.observer.snapshots.at(-1)?.unreadable).toEqual(
      new Map(['..', 'web\nevil'].map((name) => [name, because])),
    );
  });

  it('asks for none of them', async () => {
    for (const name of ['..', 'web\nevil', 'web']) world.consul.set(name, [entry(name)]);
    world.follow();
    await world.pass(5_000);
    const asked = world.consul.takePaths().map((path) => path.split('?', 1)[0] ?? '');
    expect(new Set(asked.filter((path) => path.startsWith('/health/service/')))).toEqual(
      new Set(['/health/service/web']),
    );
  });

  it('is told with those that have only odd names', async () => {
    world.consul.set('a/b %[x]', [entry('a/b %[x]')]);
    world.follow();
    await world.pass(300);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { 'a/b %[x]': ['a/b %[x]-1'] } });
  });
});

describe.each([1, 9])('among %i good services one that cannot be read', (count) => {
  const good = Array.from({ length: count }, (_, i) => `s${i}`);
  const services = Object.fromEntries(good.map((name) => [name, [`${name}-1`]]));
  const why = () => world.observer.snapshots.at(-1)?.unreadable?.get('odd');
  const odd = { Node: { Node: 'node-b' }, Service: { ID: 'odd-1', Service: 'odd', Port: '80' }, Checks: [] };

  beforeEach(() => {
    for (const name of good) world.consul.set(name, [entry(name)]);
  });

  it('is told with its reason, and is no outage', async () => {
    world.consul.set('odd', [odd]);
    world.follow();
    await world.pass(1_000);
    expect(world.last()).toEqual({ trust: 'confirmed', services });
    expect(why()).toMatch(
      /^Consul's answer to \/health\/service\/odd is not what it should be: .* at 0\.Service\.Port$/,
    );
    expect(world.observer.outages).toEqual([]);
  });

  it('keeps what it had, and is read again when it changes', async () => {
    world.consul.set('odd', [entry('odd')]);
    world.follow();
    await world.pass(1_000);
    world.consul.set('odd', [odd, entry('odd')]);
    await world.pass(1_000);
    expect([why(), world.instances('odd')]).toEqual([expect.stringContaining('odd'), ['odd-1 passing']]);
    world.consul.set('odd', [entry('odd', 'odd-2')]);
    await world.pass(1_000);
    expect([why(), world.instances('odd')]).toEqual([undefined, ['odd-2 passing']]);
    expect(world.observer.outages).toEqual([]);
  });

  it('does not keep a doubt from ending', async () => {
    world.consul.set('odd', [entry('odd')]);
    world.consul.failWith(431, '/health/service/odd');
    world.follow();
    await world.pass(1_000);
    world.consul.setIndex(3);
    await world.pass(500);
    world.consul.set('s0', []);
    await world.pass(500);
    expect(world.last()?.trust).toBe('doubtful');
    await world.pass(15_000);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { ...services, s0: [] } });
  });

  it('is asked for rarely where Consul refuses to tell, and trusted as before when it does', async () => {
    world.consul.set('odd', [entry('odd')]);
    world.consul.failWith(431, '/health/service/odd');
    world.follow();
    await world.pass(40_000);
    expect(world.last()).toEqual({ trust: 'confirmed', services });
    expect(why()).toMatch(/answered 431 to GET \/health\/service\/odd/);
    expect(world.consul.takePaths().filter((path) => path.startsWith('/health/service/odd')).length).toBeLessThan(4);
    world.consul.failWith(undefined);
    world.consul.set('odd', [entry('odd', 'odd-2')]);
    await world.pass(24_000);
    expect([why(), world.instances('odd')]).toEqual([undefined, ['odd-2 passing']]);
    expect(world.observer.outages).toEqual([]);
    expect(world.observer.snapshots.map(({ trust }) => trust)).not.toContain('doubtful');
  });
});

describe('the end of following', () => {
  it('comes at once, whatever waits, and closes the connections', async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(300);
    await world.end();
    world.consul.takePaths();
    await world.pass(5_000);
    expect(world.consul.takePaths()).toEqual([]);
    expect(world.observer.outages).toEqual([]);
  });
});
