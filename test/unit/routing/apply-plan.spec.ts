import { beforeEach, describe, expect, it } from 'vitest';
import { PortolanError } from '../../../src/lib/errors.ts';
import { createApply } from '../../../src/routing/apply-plan.ts';
import { desiredRouting } from '../../../src/routing/desired.ts';
import { type ProxyPlan, planProxy } from '../../../src/routing/plan.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { createFakeProxy, type FakeProxy } from '../../support/fake-proxy.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';
import { createRecordingLog, type RecordingLog } from '../../support/recording-log.ts';

const options = { routeTag: undefined, checkIntervalMs: 'off', hostsMapPath: '/run/portolan/hosts.map' } as const;
const { signal } = new AbortController();
const web = [anInstance()];
const two = [...web, anInstance({ id: 'web-2', address: '10.0.0.2' })];
const withApi = [...web, anInstance({ service: 'api', id: 'api-1' })];

let clock: FakeClock;
let proxy: FakeProxy;
let log: RecordingLog;
let reloads: number;
let pending: (string | undefined)[];
let apply: (plan: ProxyPlan) => Promise<number | undefined>;

beforeEach(() => {
  clock = createFakeClock();
  proxy = createFakeProxy();
  log = createRecordingLog();
  reloads = 0;
  pending = [];
  const onReload = () => {
    reloads += 1;
  };
  const onPending = (because: string | undefined) => pending.push(because);
  const applyTo = createApply({ proxy, clock, log, onReload, onPending });
  apply = (plan) => applyTo(plan, signal);
});

function desired(instances: typeof web, binds: readonly string[] = ['127.0.0.1:80']) {
  return desiredRouting(aCatalog(instances), binds, options);
}

/** One pass: looks at the proxy and applies what makes it so. */
async function pass(instances: typeof web, binds?: readonly string[]): Promise<number | undefined> {
  return await apply(planProxy(desired(instances, binds), await proxy.observe(signal)));
}

/** Two passes with calm between them, so that the second reloads if a reload is wanted. */
async function passTwice(instances: typeof web, binds?: readonly string[]): Promise<number | undefined> {
  await pass(instances, binds);
  await clock.advance(250);
  return await pass(instances, binds);
}

const noBind = {
  code: 'BIND_REFUSED',
  message: 'there is no address to listen on: no interface of this host matches',
  hint: 'Name an interface that has an address, or an address, by --http-bind.',
};

describe('a plan to wait', () => {
  it('does nothing while HAProxy runs', async () => {
    await proxy.save(desired(web).config);
    proxy.takeCalls();
    expect(await apply({ kind: 'wait', isDown: false })).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([]);
  });

  it('starts the last configuration while HAProxy is down, and wants a look at once', async () => {
    await proxy.save(desired(web).config);
    proxy.takeCalls();
    expect(await apply({ kind: 'wait', isDown: true })).toBe(0);
    expect(proxy.takeCalls()).toEqual(['start from last']);
    expect(log.messages()).toEqual(['HAProxy started with the last configuration']);
  });

  it('waits on when there is no last configuration', async () => {
    expect(await apply({ kind: 'wait', isDown: true })).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([]);
    expect(log.lines).toEqual([]);
  });
});

describe('a plan to save', () => {
  it('saves the files', async () => {
    expect(await apply({ kind: 'save', desired: desired(web) })).toBeUndefined();
    expect(proxy.takeCalls()).toEqual(['save']);
  });
});

describe('a plan to start', () => {
  it('tries the addresses, starts, and wants a look at once', async () => {
    expect(await pass(web, ['127.0.0.1:80', '[::1]:80'])).toBe(0);
    expect(proxy.takeCalls()).toEqual(['probe 127.0.0.1:80 [::1]:80', 'start']);
    expect(log.lines).toEqual([
      { level: 'info', message: 'HAProxy started', facts: { binds: ['127.0.0.1:80', '[::1]:80'], services: 1 } },
    ]);
    expect(reloads).toBe(0);
  });

  it('does not start without any address', async () => {
    await expect(pass(web, [])).rejects.toMatchObject(noBind);
    expect(proxy.takeCalls()).toEqual([]);
    expect(log.lines).toEqual([]);
    expect(await pass(web)).toBe(0);
  });

  it('leaves no reload to wait for, even if it fails', async () => {
    await pass(web);
    await pass(withApi);
    expect(pending.at(-1)).toBe('new services: api');
    proxy.end();
    proxy.failures.set('start', new PortolanError('HAPROXY_MISSING', 'there is no haproxy'));
    await expect(pass(withApi)).rejects.toThrow('there is no haproxy');
    expect(pending.at(-1)).toBeUndefined();
  });

  it('does not start on an address that is taken', async () => {
    const taken = new PortolanError('ADDRESS_IN_USE', 'another program listens on 127.0.0.1:80 already');
    proxy.failures.set('probe', taken);
    await expect(pass(web)).rejects.toBe(taken);
    expect(proxy.takeCalls()).toEqual(['probe 127.0.0.1:80']);
  });
});

describe('a plan to change', () => {
  beforeEach(() => proxy.adopt(desired(web).config));

  it('does nothing when nothing differs', async () => {
    expect(await pass(web)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([]);
    expect(log.lines).toEqual([]);
    expect(pending).toEqual([undefined]);
  });

  it('sends commands, saves the files, and says what has changed', async () => {
    expect(await pass(two)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([
      'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2',
      'save',
    ]);
    expect(log.lines).toEqual([
      { level: 'info', message: 'HAProxy changed', facts: { change: 'add web/node-a:web-2' } },
    ]);
    expect(reloads).toBe(0);
  });

  it('deletes a server that leaves as soon as its requests have ended', async () => {
    proxy.adopt(desired(two).config);
    proxy.servers().setBusy('web/node-a:web-2', true);
    expect(await pass(web)).toBe(500);
    expect(proxy.takeCalls()).toEqual([
      'set server web/node-a:web-2 state maint',
      'del server web/node-a:web-2',
      'save',
    ]);
    proxy.servers().setBusy('web/node-a:web-2', false);
    expect(await pass(web)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual(['del server web/node-a:web-2']);
    expect(log.messages()).toEqual(['HAProxy changed']);
  });

  it('ends the requests of a server that leaves after 30 s', async () => {
    proxy.adopt(desired(two).config);
    proxy.servers().setBusy('web/node-a:web-2', true);
    await pass(web);
    await clock.advance(30_000);
    proxy.takeCalls();
    expect(await pass(web)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual(['shutdown sessions server web/node-a:web-2', 'del server web/node-a:web-2']);
  });

  it('looks every 500 ms for a server that leaves, and from 40 s on only every 30 s', async () => {
    proxy.adopt(desired(two).config);
    proxy.reply = (command) =>
      command.startsWith('del ') ? 'Server still has connections attached to it.' : undefined;
    await pass(web);
    proxy.takeCalls();
    await clock.advance(39_999);
    expect(await pass(web)).toBe(500);
    const tries = ['shutdown sessions server web/node-a:web-2', 'del server web/node-a:web-2'];
    expect(proxy.takeCalls()).toEqual(tries);
    await clock.advance(1);
    expect(await pass(web)).toBeUndefined();
    await clock.advance(29_998);
    expect(await pass(web)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([]);
    await clock.advance(1);
    await pass(web);
    expect(proxy.takeCalls()).toEqual(tries);
  });
});

describe('a plan that needs a reload', () => {
  beforeEach(async () => {
    await pass(web);
    proxy.takeCalls();
  });

  it('waits for calm, changes servers meanwhile, then reloads, and wants a look at once', async () => {
    expect(await pass([...two, ...withApi.slice(1)])).toBe(250);
    expect(proxy.takeCalls()).toEqual([
      'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2',
    ]);
    await clock.advance(250);
    expect(await pass([...two, ...withApi.slice(1)])).toBe(0);
    expect(proxy.takeCalls()).toEqual(['reload']);
    expect(log.lines.at(-1)).toEqual({
      level: 'info',
      message: 'HAProxy reloaded',
      facts: { because: 'new services: api', durationMs: 0 },
    });
    expect(reloads).toBe(1);
  });

  it('says why it waits, until it has reloaded', async () => {
    pending = [];
    await pass(withApi);
    expect(pending).toEqual(['new services: api']);
    await pass([...withApi, anInstance({ service: 'shop', id: 'shop-1' })]);
    expect(pending).toEqual(['new services: api', 'new services: api, shop']);
    await clock.advance(250);
    await pass(withApi);
    await clock.advance(250);
    await pass(withApi);
    expect(pending.slice(2)).toEqual(['new services: api', 'new services: api', undefined]);
    expect(reloads).toBe(1);
  });

  it('says no more why it waits when the wish for a reload has passed', async () => {
    pending = [];
    await pass(withApi);
    await pass(web);
    expect(pending).toEqual(['new services: api', undefined]);
  });

  it('does not reload without any address, and leaves HAProxy as it is', async () => {
    await expect(passTwice(web, [])).rejects.toMatchObject(noBind);
    expect(proxy.takeCalls()).toEqual([]);
    expect(reloads).toBe(0);
    expect(pending.at(-1)).toBe('settings or host names have changed');
    expect(await pass(web)).toBeUndefined();
    expect(pending.at(-1)).toBeUndefined();
  });

  it('looks after 500 ms for a server that leaves, though the reload has to wait longer', async () => {
    await pass(withApi);
    await clock.advance(250);
    await pass(withApi);
    proxy.servers().setBusy('web/node-a:web-1', true);
    const shop = anInstance({ service: 'shop', id: 'shop-1' });
    expect(await pass([...two.slice(1), ...withApi.slice(1), shop])).toBe(500);
  });

  it('tries only the addresses that come', async () => {
    const binds = ['127.0.0.1:80', '172.17.0.1:80'];
    await pass(web, binds);
    await clock.advance(250);
    await pass(web, binds);
    expect(proxy.takeCalls()).toEqual(['probe 172.17.0.1:80', 'reload']);
  });

  it('does not reload on to an address that is taken', async () => {
    const binds = ['127.0.0.1:80', '172.17.0.1:80'];
    await pass(web, binds);
    await clock.advance(250);
    const taken = new PortolanError('ADDRESS_IN_USE', 'another program listens on 172.17.0.1:80 already');
    proxy.failures.set('probe', taken);
    await expect(pass(web, binds)).rejects.toBe(taken);
    expect(proxy.takeCalls()).toEqual(['probe 172.17.0.1:80']);
    expect(reloads).toBe(0);
  });

  it('does not count a reload that failed, and goes on failing until it may be tried again after 2 s', async () => {
    await pass(withApi);
    await clock.advance(250);
    const refused = new PortolanError('HAPROXY_CONFIG_REFUSED', 'HAProxy refuses the configuration: x');
    proxy.failures.set('reload', refused);
    await expect(pass(withApi)).rejects.toBe(refused);
    await clock.advance(1_999);
    await expect(pass(withApi)).rejects.toBe(refused);
    expect(proxy.takeCalls()).toEqual(['reload']);
    expect(reloads).toBe(0);
    expect(pending.at(-1)).toBe('new services: api');
    proxy.failures.clear();
    await clock.advance(1);
    expect(await pass(withApi)).toBe(0);
    expect(proxy.takeCalls()).toEqual(['reload']);
    expect(reloads).toBe(1);
    expect(pending.at(-1)).toBeUndefined();
  });

  it('waits as usual when after a failure something else is wanted', async () => {
    await pass(withApi);
    await clock.advance(250);
    proxy.failures.set('reload', new PortolanError('HAPROXY_CONFIG_REFUSED', 'HAProxy refuses the configuration: x'));
    await expect(pass(withApi)).rejects.toThrow();
    await clock.advance(1_000);
    expect(await pass([...withApi, anInstance({ service: 'shop', id: 'shop-1' })])).toBe(1_000);
  });

  it('waits for calm anew when the wish for a reload has passed', async () => {
    await pass(withApi);
    await pass(web);
    await clock.advance(60_000);
    expect(await pass(withApi)).toBe(250);
  });
});

describe('a command that HAProxy refuses', () => {
  beforeEach(async () => {
    await pass(web);
    proxy.takeCalls();
    proxy.reply = (command) => (command.startsWith('add server') ? 'No such backend.' : undefined);
  });

  it('leads to a reload, which counts as failed until a look shows that all is well', async () => {
    expect(await pass(two)).toBe(250);
    expect(pending.at(-1)).toBe('HAProxy refused a command');
    await clock.advance(250);
    const add = 'add server web/node-a:web-2 10.0.0.2:8080 weight 100; enable server web/node-a:web-2';
    await expect(pass(two)).rejects.toMatchObject({
      code: 'APPLY_INCOMPLETE',
      message: `HAProxy refused 1 commands, the first with: ${add}: No such backend.`,
    });
    expect(proxy.takeCalls()).toEqual([add, add, 'reload']);
    expect(log.lines.at(-1)).toEqual({
      level: 'info',
      message: 'HAProxy reloaded',
      facts: { because: 'HAProxy refused a command', durationMs: 0 },
    });
    expect(pending.at(-1)).toBeUndefined();
    expect(await pass(two)).toBeUndefined();
    expect(proxy.takeCalls()).toEqual([]);
  });

  it('does not keep the others back', async () => {
    await pass([anInstance({ address: '10.0.0.9' }), ...two.slice(1)]);
    expect(log.lines.filter(({ message }) => message === 'HAProxy changed')).toEqual([
      { level: 'info', message: 'HAProxy changed', facts: { change: 'move web/node-a:web-1' } },
    ]);
  });
});
