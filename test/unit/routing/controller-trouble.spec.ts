import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { createRoutingWorld, furtherServices, type RoutingWorld, web, web2 } from '../../support/routing-world.ts';

let world: RoutingWorld;

beforeEach(() => {
  world = createRoutingWorld();
});

afterEach(() => world.stop());

describe('an outage of the catalog', () => {
  const outage = new PortolanError('CONSUL_UNREACHABLE', 'cannot reach Consul');

  it('keeps all routes', async () => {
    await world.serve(web, web2);
    world.catalog.fail(outage);
    world.catalog.fail(outage);
    await world.clock.advance(120_000);
    expect(world.proxy.takeCalls()).toEqual([]);
    expect(world.routing.status()).toMatchObject({ isReady: true, outage: 'cannot reach Consul' });
    expect(world.log.lines.filter(({ level }) => level === 'warn')).toEqual([
      {
        level: 'warn',
        message: 'the catalog cannot be read; routing goes on with what is known',
        facts: { code: 'CONSUL_UNREACHABLE', error: 'cannot reach Consul' },
      },
    ]);
  });

  it('keeps what a doubtful snapshot lacks, and removes it when a confirmed one lacks it as well', async () => {
    await world.serve(web, web2);
    world.catalog.fail(outage);
    await world.publish([], 'doubtful');
    await world.publish([web], 'doubtful');
    await world.clock.advance(60_000);
    expect(world.proxy.takeCalls()).toEqual([]);
    expect(world.routing.status()).toMatchObject({ held: 1, outage: 'cannot reach Consul' });

    await world.publish([web]);
    expect(world.proxy.takeCalls()).toEqual([
      'set server web/node-a:web-2 state maint',
      'del server web/node-a:web-2',
      'save',
    ]);
    expect(world.routing.status().held).toBe(0);
    expect(world.routing.status().outage).toBeUndefined();
    expect(world.log.messages().at(-2)).toBe('the catalog can be read again');
  });

  it('does not keep new instances out', async () => {
    await world.serve(web);
    await world.publish([web2], 'doubtful');
    expect(world.proxy.takeCalls()).toEqual([
      'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2',
      'save',
    ]);
  });

  it('does not keep requests on an instance that is critical', async () => {
    await world.serve(web, web2);
    await world.publish([web, { ...web2, status: 'critical' }], 'doubtful');
    expect(world.proxy.takeCalls()).toEqual([
      'set server web/node-a:web-2 state maint',
      'del server web/node-a:web-2',
      'save',
    ]);
  });
});

describe('a HAProxy that refuses', () => {
  const refused = new PortolanError('HAPROXY_CONFIG_REFUSED', 'HAProxy refuses the configuration: x');
  const serverNames = () =>
    world.proxy
      .servers()
      .list()
      .map(({ name }) => name);

  it('a command is reloaded', async () => {
    await world.serve(web);
    world.proxy.reply = (command) => (command.startsWith('add server') ? 'No such backend.' : undefined);
    await world.publish([web, web2]);
    expect(await world.reloadsWithin(250)).toBe(1);
    expect(await world.reloadsWithin(20_000)).toBe(0);
    expect(serverNames()).toEqual(['node-a:web-1', 'node-a:web-2']);
    expect(world.log.messages().slice(-3)).toEqual([
      'HAProxy reloaded',
      'routing fails; trying again',
      'routing works again',
    ]);
  });

  it('a reload is tried again with growing delays', async () => {
    await world.serve(web);
    world.proxy.failures.set('reload', refused);
    await world.publish([web, ...furtherServices(1)]);
    const times: number[] = [];
    for (let passedMs = 10; passedMs <= 25_000; passedMs += 10) {
      if ((await world.reloadsWithin(10)) > 0) times.push(passedMs);
    }
    expect(times).toEqual([250, 4_000, 8_000, 13_000, 18_000, 23_000]);
    expect(world.log.messages()).toEqual(['routing fails; trying again']);
  });

  it('a reload keeps routing, and changing servers, until the reload works', async () => {
    await world.serve(web);
    world.proxy.failures.set('reload', refused);
    await world.publish([web, ...furtherServices(1)]);
    await world.clock.advance(1_000);
    expect(world.routing.status()).toMatchObject({
      isReady: true,
      error: 'HAProxy refuses the configuration: x',
      reloads: 0,
    });
    expect(serverNames()).toEqual(['node-a:web-1']);

    await world.publish([web, web2, ...furtherServices(1)]);
    await world.clock.advance(100);
    expect(serverNames()).toEqual(['node-a:web-1', 'node-a:web-2']);

    world.proxy.failures.clear();
    await world.clock.advance(5_000);
    expect(world.routing.status()).toMatchObject({ isReady: true, reloads: 1 });
    expect(world.routing.status().error).toBeUndefined();
    expect(serverNames()).toEqual(['node-a:s0-1', 'node-a:web-1', 'node-a:web-2']);
    expect(world.log.messages().at(-1)).toBe('routing works again');
  });

  it('the same command over and over is reloaded every 5 s in the end', async () => {
    await world.serve(web);
    world.proxy.reply = (command) => (command.startsWith('set server') ? 'Permission denied' : undefined);
    const keepWrong = () => world.proxy.servers().run('set server web/node-a:web-1 weight 1');
    const reload = world.proxy.reload;
    world.proxy.reload = async (config, signal) => {
      await reload(config, signal);
      keepWrong();
    };
    keepWrong();
    await world.publish([web]);
    await world.clock.advance(60_000);
    world.proxy.takeCalls();
    expect(await world.reloadsWithin(60_000)).toBe(12);
    expect(world.log.messages().filter((message) => message.startsWith('routing'))).toEqual([
      'routing fails; trying again',
    ]);
  });
});
