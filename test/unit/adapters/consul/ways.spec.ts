import { describe, expect, it } from 'vitest';
import { createCatalogState } from '../../../../src/adapters/consul/catalog-state.ts';
import { createWays } from '../../../../src/adapters/consul/ways.ts';
import { createFakeClock } from '../../../support/fake-clock.ts';
import { anInstance } from '../../../support/instances.ts';
import { createRecordingObserver } from '../../../support/recording-observer.ts';

const QUERY = { onAnswer: () => undefined, onFailure: () => undefined };

/** A catalog of so many services, at an agent that holds so many queries over few connections. */
function createScene(heldQueries: number) {
  const state = createCatalogState(createRecordingObserver(), createFakeClock());
  const scene = { heldQueries, followed: [] as readonly string[], isSwept: false };
  const ways = createWays({
    state,
    client: { heldQueries: () => scene.heldQueries },
    bells: { checks: () => ({ ...QUERY, path: '/health/state/any' }) },
    followers: {
      want: (names) => {
        scene.followed = names;
      },
      askAgain: async () => undefined,
      readAll: async () => undefined,
    },
    sweep: {
      setActive: (isActive) => {
        scene.isSwept = isActive;
      },
    },
    common: QUERY,
  });
  const choose = (services: number, hosts = 0) => {
    const names = Array.from({ length: services }, (_, i) => `service-${i}`);
    state.retain(new Set(hosts === 0 ? names : [...names.slice(1), 'portolan']));
    state.update(
      'portolan',
      Array.from({ length: hosts }, (_, i) => anInstance({ id: `portolan:${i}` })),
    );
    const paths = ways.choose().map(({ path, params }) => params?.['name'] ?? path);
    return { way: ways.current(), paths, followed: scene.followed.length, isSwept: scene.isSwept };
  };
  return { scene, choose };
}

describe('createWays', () => {
  it.each([
    { held: 0, services: 2, way: 'one by one', paths: ['service-0', 'service-1'], followed: 0, isSwept: false },
    { held: 0, services: 9, way: 'bells', paths: ['/health/state/any'], followed: 0, isSwept: true },
    { held: 100, services: 2, way: 'multiplexed', paths: [], followed: 2, isSwept: false },
    { held: 100, services: 98, way: 'multiplexed', paths: [], followed: 98, isSwept: false },
    { held: 100, services: 99, way: 'bells', paths: ['/health/state/any'], followed: 0, isSwept: true },
  ])('follows $services services $way where $held queries are held', ({ held, services, ...expected }) => {
    expect(createScene(held).choose(services)).toEqual(expected);
  });

  it('leaves the bells only when there is some room', () => {
    const { choose } = createScene(100);
    expect([99, 98, 89, 88, 98].map((services) => choose(services).way)).toEqual([
      ...['bells', 'bells', 'bells'],
      ...['multiplexed', 'multiplexed'],
    ]);
  });

  it('goes another way when the agent speaks another protocol', () => {
    const { scene, choose } = createScene(100);
    choose(50);
    scene.heldQueries = 0;
    expect(choose(50)).toMatchObject({ way: 'bells', followed: 0 });
  });

  it.each([
    { hosts: 49, way: 'multiplexed' },
    { hosts: 50, way: 'bells' },
  ])('follows 2,000 services $way on each of $hosts hosts', ({ hosts, way }) => {
    expect(createScene(2_500).choose(2_000, hosts).way).toBe(way);
  });

  it('asks first how many hosts there are', () => {
    const { scene, choose } = createScene(100);
    choose(3, 1);
    expect(scene.followed).toEqual(['portolan', 'service-1', 'service-2']);
  });
});
