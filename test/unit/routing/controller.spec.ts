import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { createRoutingWorld, type RoutingWorld, web, web2 } from '../../support/routing-world.ts';

let world: RoutingWorld;

beforeEach(() => {
  world = createRoutingWorld();
});

afterEach(() => world.stop());

describe('a router without HAProxy', () => {
  it('waits for the catalog, then starts HAProxy', async () => {
    await world.run();
    expect(world.proxy.takeCalls()).toEqual([]);
    await world.publish([web]);
    expect(world.proxy.takeCalls()).toEqual(['probe 127.0.0.1:80', 'start']);
    expect(world.routing.status()).toMatchObject({ isReady: true, haproxyVersion: '3.0.11', reloads: 0 });
  });

  it('starts HAProxy at once when there is a last configuration', async () => {
    await world.proxy.save(world.configOf([web]));
    world.proxy.takeCalls();
    await world.run();
    expect(world.proxy.takeCalls()).toEqual(['start from last']);
    await world.publish([web]);
    expect(world.proxy.takeCalls()).toEqual([]);
  });

  it('says why it cannot start, and tries again until it can', async () => {
    world.proxy.failures.set(
      'probe',
      new PortolanError('ADDRESS_IN_USE', 'another program listens on 127.0.0.1:80 already'),
    );
    await world.run();
    await world.publish([web]);
    expect(world.routing.status()).toMatchObject({
      isReady: false,
      error: 'another program listens on 127.0.0.1:80 already',
    });
    world.proxy.failures.clear();
    await world.clock.advance(250);
    expect(world.proxy.takeCalls()).toEqual(['probe 127.0.0.1:80', 'probe 127.0.0.1:80', 'start']);
    expect(world.log.messages()).toEqual(['routing fails; trying again', 'HAProxy started', 'routing works again']);
  });
});

describe('a router with a HAProxy that runs', () => {
  it('adopts it without touching it when nothing differs', async () => {
    world.proxy.adopt(world.configOf([web]));
    await world.run();
    expect(world.routing.status()).toMatchObject({ isReady: true, services: [] });
    await world.publish([web]);
    await world.clock.advance(60_000);
    expect(world.proxy.takeCalls()).toEqual([]);
    expect(world.routing.status().services.map(({ url }) => url)).toEqual(['http://web.localhost/']);
  });

  it('adopts it and changes what differs', async () => {
    world.proxy.adopt(world.configOf([web]));
    await world.run();
    await world.publish([web, web2]);
    expect(world.proxy.takeCalls()).toEqual([
      'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2',
      'save',
    ]);
  });

  it('starts it again when it has died', async () => {
    await world.serve(web);
    world.proxy.end();
    await world.clock.advance(0);
    expect(world.proxy.takeCalls()).toEqual(['probe 127.0.0.1:80', 'start']);
    expect(world.routing.status().isReady).toBe(true);
  });

  it('finds at the resync what somebody else has changed', async () => {
    await world.serve(web);
    world.proxy.servers().run('set server web/node-a:web-1 weight 1');
    await world.clock.advance(30_000);
    expect(world.proxy.takeCalls()).toEqual(['set server web/node-a:web-1 weight 100']);
  });

  it('looks at the resync where to listen', async () => {
    await world.serve(web);
    world.binds = ['127.0.0.1:80', '172.17.0.1:80'];
    await world.clock.advance(29_999);
    expect(world.proxy.takeCalls()).toEqual([]);
    await world.clock.advance(251);
    expect(world.proxy.takeCalls()).toEqual(['reload']);
  });

  it('is not ready while it cannot be asked', async () => {
    await world.serve(web);
    world.proxy.failures.set('observe', new PortolanError('HAPROXY_UNREACHABLE', 'HAProxy does not answer'));
    await world.clock.advance(30_000);
    expect(world.routing.status()).toMatchObject({ isReady: false, error: 'HAProxy does not answer' });
    world.proxy.failures.clear();
    await world.clock.advance(250);
    expect(world.routing.status().isReady).toBe(true);
  });

  it('is ready all through a pass', async () => {
    await world.serve(web);
    const observe = world.proxy.observe;
    const answer = Promise.withResolvers<void>();
    world.proxy.observe = async (signal) => {
      await answer.promise;
      return await observe(signal);
    };
    await world.publish([web, web2]);
    expect(world.routing.status().isReady).toBe(true);
    answer.resolve();
  });
});

describe('the end of a router', () => {
  it('leaves HAProxy running', async () => {
    await world.serve(web);
    await world.stop();
    expect(world.proxy.takeCalls()).toEqual([]);
  });

  it('stops HAProxy when told to, and lets it finish its requests', async () => {
    world = createRoutingWorld({ stopsProxy: true });
    await world.run();
    await world.publish([web]);
    world.proxy.takeCalls();
    await world.stop();
    expect(world.proxy.takeCalls()).toEqual(['stop within 7000 ms']);
  });
});
