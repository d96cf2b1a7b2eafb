import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type CatalogWorld, createCatalogWorld, entry } from '../../../support/catalog-world.ts';
import { settle } from '../../../support/fake-clock.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';

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
const isService = (path: string) => path.startsWith('/health/service/');

/** `ID STATUS` of what `entry` made. */
function statusOf(one: unknown): string {
  const { Service, Checks } = one as ReturnType<typeof aHealthEntry>;
  return `${Service.ID} ${String(Checks[0]?.['Status'])}`;
}

/** With another address; its check is the same. */
function movedTo(Address: string, one: unknown): unknown {
  const { Service, ...rest } = one as ReturnType<typeof aHealthEntry>;
  return { ...rest, Service: { ...Service, Address } };
}

function addressOf(service: string): string | undefined {
  return world.observer.snapshots.at(-1)?.services.get(service)?.[0]?.address;
}

describe('a large catalog in Consul', () => {
  beforeEach(async () => {
    for (const name of many) world.consul.set(name, [entry(name)]);
    world.follow();
    await world.pass(1_000);
  });

  it('is told whole', () => {
    expect(world.last()).toEqual({ trust: 'confirmed', services: manyServices });
  });

  it('asks for nothing but the leader while nothing changes', async () => {
    await world.pass(10_000);
    world.consul.takePaths();
    await world.pass(50_000);
    expect(new Set(world.consul.takePaths())).toEqual(new Set(['/status/leader']));
  });

  it.each([
    { change: 'turns critical', to: entry('s3', 's3-1', 'critical') },
    { change: 'is another', to: entry('s3', 'new') },
  ])('reads one service when an instance of it $change: its checks tell', async ({ to }) => {
    await world.pass(10_000);
    world.consul.takePaths();
    world.consul.set('s3', [to]);
    await world.pass(3_000);
    expect(world.instances('s3')).toEqual([statusOf(to)]);
    expect(new Set(world.consul.takePaths().filter(isService))).toEqual(new Set(['/health/service/s3']));
  });

  it('reads a service that comes', async () => {
    await world.pass(10_000);
    world.consul.set('s9', [entry('s9')]);
    await world.pass(100);
    expect(world.last()).toEqual({ trust: 'confirmed', services: { ...manyServices, s9: ['s9-1'] } });
  });

  it('reads the services of a node whose own check changes', async () => {
    const nodeCheck = (status: string) => ({ Node: 'node-b', CheckID: 'serfHealth', Status: status });
    const onNode = (service: string, status: string) =>
      aHealthEntry({ service, id: `${service}-1`, node: 'node-b', checks: [nodeCheck(status)] });
    for (const name of ['s1', 's2']) world.consul.set(name, [onNode(name, 'passing')]);
    await world.pass(10_000);
    world.consul.takePaths();
    for (const name of ['s1', 's2']) world.consul.set(name, [onNode(name, 'critical')]);
    await world.pass(1_000);
    expect([...world.instances('s1'), ...world.instances('s2')]).toEqual(['s1-1 critical', 's2-1 critical']);
    expect(new Set(world.consul.takePaths().filter(isService))).toEqual(
      new Set(['/health/service/s1', '/health/service/s2']),
    );
  });

  it('reads one service when its address changes and no check tells: its node does', async () => {
    await world.pass(10_000);
    world.consul.takePaths();
    world.consul.setSilently('s3', [movedTo('10.9.9.9', entry('s3'))]);
    await world.pass(1_000);
    expect(addressOf('s3')).toBe('10.9.9.9');
    const asked = world.consul.takePaths();
    expect(asked.filter((path) => path.startsWith('/catalog/node/'))).toEqual(['/catalog/node/node-a?consistent=']);
    expect(asked.filter(isService)).toEqual(['/health/service/s3']);
  });

  it('reads the services of a node that has another address', async () => {
    const onNode = (service: string) => aHealthEntry({ service, id: `${service}-1`, node: 'node-b' });
    for (const name of ['s1', 's2']) world.consul.set(name, [onNode(name)]);
    await world.pass(10_000);
    world.consul.takePaths();
    world.consul.moveNode('node-b');
    await world.pass(1_000);
    expect(world.consul.takePaths().filter(isService)).toEqual(['/health/service/s1', '/health/service/s2']);
  });

  it('reads each service where there are more nodes than services', async () => {
    const nodes = Array.from({ length: 10 }, (_, i) =>
      aHealthEntry({ service: 's0', id: `s0-${i}`, node: `node-${i}` }),
    );
    world.consul.set('s0', nodes);
    await world.pass(10_000);
    world.consul.takePaths();
    world.consul.setSilently('s3', [movedTo('10.9.9.9', entry('s3'))]);
    await world.pass(1_000);
    expect(addressOf('s3')).toBe('10.9.9.9');
    expect(world.consul.takePaths().filter(isService)).toEqual(
      many.map((name) => `/health/service/${name}?consistent=`),
    );
  });

  it('reads everything after a service could not be read', async () => {
    await world.pass(10_000);
    world.consul.failWith(500, '/health/service/s3');
    world.consul.set('s3', [entry('s3', 'new')]);
    await world.pass(3_000);
    expect(world.observer.outages).not.toEqual([]);
    world.consul.failWith(undefined);
    await world.pass(5_000);
    expect(world.instances('s3')).toEqual(['new passing']);
  });

  it('takes no more than eleven connections, and closes them at the end', async () => {
    world.consul.failWith(500, '/catalog/services');
    await world.pass(300);
    expect(await world.consul.connections()).toBeLessThanOrEqual(11);
    await world.end();
    await settle();
    expect(await world.consul.connections()).toBe(0);
  });

  it('is followed service by service once it is small', async () => {
    world.consul.set('s8', undefined);
    await world.pass(1_000);
    world.consul.takePaths();
    world.consul.set('s3', [entry('s3', 'new')]);
    await world.pass(500);
    const { s8: _, ...eight } = manyServices;
    expect(world.last()).toEqual({ trust: 'confirmed', services: { ...eight, s3: ['new'] } });
    expect(world.consul.takePaths().filter((path) => path.includes('consistent'))).toEqual([]);
  });
});
