import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createRoutingWorld, furtherServices, type RoutingWorld, web, web2 } from '../../support/routing-world.ts';

let world: RoutingWorld;

beforeEach(() => {
  world = createRoutingWorld();
});

afterEach(() => world.stop());

describe('a change of the catalog', () => {
  it('of instances is a matter of commands, without a reload', async () => {
    await world.serve(web);
    await world.publish([{ ...web2, weights: { passing: 2, warning: 1 } }]);
    expect(world.proxy.takeCalls()).toEqual([
      'set server web/node-a:web-1 state maint',
      'add server web/node-a:web-2 10.0.0.2:8080 weight 200; enable server web/node-a:web-2',
      'del server web/node-a:web-1',
      'save',
    ]);
    await world.clock.advance(20_000);
    expect(world.proxy.takeCalls()).toEqual([]);
  });

  it('that brings a service is one reload after 250 ms of quiet', async () => {
    await world.serve(web);
    await world.publish([web, ...furtherServices(1)]);
    expect(await world.reloadsWithin(249)).toBe(0);
    expect(await world.reloadsWithin(1)).toBe(1);
    expect(await world.reloadsWithin(20_000)).toBe(0);
    expect(world.routing.status().reloads).toBe(1);
  });

  it('that brings a service is told as pending until that reload, and the service as not routed yet', async () => {
    const told = () => {
      const { pendingReload, services } = world.routing.status();
      return { pendingReload, s0: services.map(({ url, refusal }) => url ?? refusal)[0] };
    };
    await world.serve(web);
    await world.publish([web, ...furtherServices(1)]);
    const waiting = { pendingReload: 'new services: s0', s0: 'HAProxy has it with the next reload' };
    expect(told()).toEqual(waiting);
    await world.clock.advance(249);
    expect(told()).toEqual(waiting);
    await world.clock.advance(1);
    expect(told()).toEqual({ pendingReload: undefined, s0: 'http://s0.localhost/' });
  });

  it('that brings a service and takes it back at once leaves no reload pending', async () => {
    await world.serve(web);
    await world.publish([web, ...furtherServices(1)]);
    await world.publish([web]);
    expect(world.routing.status().pendingReload).toBeUndefined();
    expect(await world.reloadsWithin(20_000)).toBe(0);
  });

  it('that brings many services in a row is one reload after the last', async () => {
    await world.serve(web);
    for (let count = 1; count <= 5; count++) {
      await world.publish([web, ...furtherServices(count)]);
      expect(await world.reloadsWithin(200)).toBe(0);
    }
    expect(await world.reloadsWithin(49)).toBe(0);
    expect(await world.reloadsWithin(1)).toBe(1);
    expect(await world.reloadsWithin(20_000)).toBe(0);
  });

  it('that never ends is one reload every 2 s', async () => {
    await world.serve(web);
    const reloads: number[] = [];
    for (let second = 0; second < 8; second++) {
      for (let tenth = 1; tenth <= 10; tenth++) {
        await world.publish([web, ...furtherServices(10 * second + tenth)]);
        await world.clock.advance(100);
      }
      reloads.push(await world.reloadsWithin(0));
    }
    expect(reloads).toEqual([0, 1, 0, 1, 0, 1, 0, 1]);
  });

  it('that comes soon after a reload waits until 2 s after it', async () => {
    await world.serve(web);
    await world.publish([web, ...furtherServices(1)]);
    expect(await world.reloadsWithin(250)).toBe(1);
    await world.publish([web, ...furtherServices(2)]);
    expect(await world.reloadsWithin(1_999)).toBe(0);
    expect(await world.reloadsWithin(1)).toBe(1);
  });

  it('of instances never waits for a reload', async () => {
    await world.serve(web);
    await world.publish([web, ...furtherServices(1)]);
    await world.publish([web, web2, ...furtherServices(1)]);
    expect(world.proxy.takeCalls()).toEqual([
      'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2',
    ]);
  });
});
