import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogWorld, createCatalogWorld, entry } from '../../../support/catalog-world.ts';

let world: CatalogWorld;

beforeEach(async () => {
  world = await createCatalogWorld();
});

afterEach(async () => {
  await world.end();
  await world.consul.close();
});

describe('an outage of Consul', () => {
  beforeEach(async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(300);
    world.consul.failWith(500);
    await world.pass(3_000);
  });

  it('is told, and tells no snapshot', () => {
    expect(new Set(world.observer.outages.map(({ message }) => message))).toEqual(
      new Set([
        'Consul at consul://stub answered 500 to GET /catalog/nodes: no leader',
        'Consul at consul://stub answered 500 to GET /catalog/services: no leader',
        'Consul at consul://stub answered 500 to GET /health/service/web: no leader',
      ]),
    );
    expect(world.observer.snapshots).toHaveLength(1);
  });

  it('is followed by a doubt, which ends when everything was read again 10 s later', async () => {
    world.consul.failWith(undefined);
    world.consul.set('web', []);
    await world.pass(3_000);
    expect(world.last()).toEqual({ trust: 'doubtful', services: { web: [] } });
    await world.pass(7_000);
    expect(world.last()).toEqual({ trust: 'doubtful', services: { web: [] } });
    await world.pass(3_000);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { web: [] } });
  });

  it('is followed by consistent reads', async () => {
    world.consul.takePaths();
    world.consul.failWith(undefined);
    await world.pass(2_000);
    expect(world.consul.takePaths().filter((path) => path.startsWith('/catalog/services'))).toEqual([
      '/catalog/services?consistent=',
      '/catalog/services?index=101&wait=60s',
    ]);
  });
});

describe('an outage of a part of Consul', () => {
  it('makes the whole catalog doubtful', async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(300);
    world.consul.failWith(500, '/catalog/services');
    await world.pass(300);
    world.consul.set('web', []);
    await world.pass(300);
    expect(world.last()).toEqual({ trust: 'doubtful', services: { web: [] } });
  });
});

describe('an index that went back', () => {
  it.each(['', '/catalog/services', '/health/service/web'])(
    'below %j makes the catalog doubtful for a while',
    async (under) => {
      world.consul.set('web', [entry('web')]);
      world.follow();
      await world.pass(300);
      world.consul.setIndex(3, under);
      await world.pass(300);
      world.consul.set('web', []);
      await world.pass(300);
      expect(world.last()).toEqual({ trust: 'doubtful', services: { web: [] } });
      await world.pass(11_000);
      expect(world.last()).toEqual({ trust: 'confirmed', services: { web: [] } });
    },
  );

  it('tells nothing of the past: only what a consistent read gives', async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(300);
    world.consul.startAnew({ web: [entry('web', 'gone-long-ago')] }, { web: [entry('web', 'web-2')] });
    await world.pass(2_000);
    const told = world.observer.snapshots.flatMap(({ services }) => services.get('web')?.map(({ id }) => id) ?? []);
    expect(new Set(told)).toEqual(new Set(['web-1', 'web-2']));
  });

  it('is followed by a consistent read', async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(300);
    world.consul.takePaths();
    world.consul.setIndex(3, '/health/service/web');
    await world.pass(500);
    expect(world.consul.takePaths()).toEqual([
      '/health/service/web?consistent=',
      '/health/service/web?index=3&wait=60s',
    ]);
  });
});

describe('a new leader', () => {
  it('is asked for everything anew: the one before may never answer', async () => {
    world.consul.set('web', [entry('web')]);
    world.follow();
    await world.pass(6_000);
    world.consul.takePaths();
    world.consul.lead('10.0.0.2:8300');
    await world.pass(5_000);
    expect(
      world.consul
        .takePaths()
        .filter((path) => path.endsWith('?consistent='))
        .toSorted(),
    ).toEqual(['/catalog/nodes?consistent=', '/catalog/services?consistent=', '/health/service/web?consistent=']);
    expect(world.observer.outages).toEqual([]);
  });
});
