import { describe, expect, it } from 'vitest';
import type { ObservedServer } from '../../../src/haproxy/runtime-protocol.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import type { PassReport } from '../../../src/lib/reconcile-loop.ts';
import type { ProxyState } from '../../../src/routing/contracts.ts';
import { desiredRouting } from '../../../src/routing/desired.ts';
import { type RoutingState, routingStatus } from '../../../src/routing/status.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

const nothing: RoutingState = {
  catalog: undefined,
  outage: undefined,
  desired: undefined,
  proxy: undefined,
  report: undefined,
  reloads: 0,
  pendingReload: undefined,
};
const up: Extract<ProxyState, { readonly kind: 'up' }> = {
  kind: 'up',
  version: '3.0.11',
  shapeHash: 'x',
  backends: new Set(['web']),
  servers: [],
};
const good: PassReport = { resync: true, reasons: [], durationMs: 1, failures: 0 };
const bad: PassReport = { ...good, failures: 1, error: new PortolanError('HAPROXY_FAILED', 'it\n  failed') };

function desired(instances = [anInstance()], binds: readonly string[] = ['127.0.0.1:80']) {
  const options = { routeTag: undefined, checkIntervalMs: 'auto', hostsMapPath: '/run/portolan/hosts.map' } as const;
  return desiredRouting(aCatalog(instances), binds, options);
}

function urls(instances: Parameters<typeof desired>[0], binds?: readonly string[]) {
  return routingStatus({ ...nothing, desired: desired(instances, binds) }).services.map(({ url }) => url);
}

describe('routingStatus', () => {
  it('knows nothing before the first pass', () => {
    expect(routingStatus(nothing)).toEqual({
      isReady: false,
      reloads: 0,
      binds: [],
      services: [],
      held: 0,
      holds: [],
    });
  });

  it('says what is reachable and how, and why the rest is not', () => {
    const instances = [
      anInstance(),
      anInstance({ id: 'web-2', status: 'maintenance' }),
      anInstance({ id: 'web-3', address: 'web.example.com' }),
      anInstance({ service: 'a b', id: 'ab-1' }),
    ];
    const place = { node: 'node-a', address: '10.0.0.1', port: 8_080 };
    expect(routingStatus({ ...nothing, proxy: up, report: good, reloads: 3, desired: desired(instances) })).toEqual({
      isReady: true,
      haproxyVersion: '3.0.11',
      reloads: 3,
      binds: ['127.0.0.1:80'],
      services: [
        {
          name: 'a b',
          hosts: [],
          refusal: 'its name has other characters than letters, digits, _, . and -',
          instances: [{ ...place, id: 'ab-1', isIn: false }],
        },
        {
          name: 'web',
          hosts: ['web', 'web.localhost', 'web.service.consul'],
          url: 'http://web.localhost/',
          instances: [
            { ...place, id: 'web-1', isIn: true },
            { ...place, id: 'web-2', isIn: false, reason: 'is in maintenance' },
            {
              ...place,
              id: 'web-3',
              address: 'web.example.com',
              isIn: false,
              reason: 'its address "web.example.com" is no IP',
            },
          ],
        },
      ],
      held: 0,
      holds: [],
    });
  });

  it('cuts names that are very long', () => {
    const long = 'w'.repeat(10_000);
    const [service] = routingStatus({
      ...nothing,
      desired: desired([anInstance({ service: long, id: long, node: long, address: long })]),
    }).services;
    const [instance] = service?.instances ?? [];
    expect([service?.name, instance?.id, instance?.node, instance?.address].map((text) => text?.length)).toEqual(
      Array(4).fill(8_193),
    );
  });

  it('says of an instance that is used in panic why, and what is wrong with settings', () => {
    const instances = [anInstance({ status: 'critical', meta: { route_panic: 'no' } })];
    const place = { id: 'web-1', node: 'node-a', address: '10.0.0.1', port: 8_080 };
    const reason = 'panic: every instance fails its checks; is critical';
    expect(routingStatus({ ...nothing, proxy: up, desired: desired(instances) }).services).toEqual([
      {
        name: 'web',
        hosts: ['web', 'web.localhost', 'web.service.consul'],
        url: 'http://web.localhost/',
        warnings: ['its Meta route_panic is "no", neither on nor off; on is used'],
        instances: [{ ...place, isIn: true, reason }],
      },
    ]);
  });

  it('says why a reload is wanted that has not happened yet', () => {
    expect(routingStatus({ ...nothing, proxy: up, report: good, pendingReload: 'new services: api' })).toEqual({
      isReady: true,
      haproxyVersion: '3.0.11',
      reloads: 0,
      pendingReload: 'new services: api',
      binds: [],
      services: [],
      held: 0,
      holds: [],
    });
  });

  it('says what is kept though the catalog lacks it, and why', () => {
    const gone = anInstance({ id: 'web-2', address: '10.0.0.2' });
    const held = [
      { instance: gone, sinceMs: 5, cause: 'node-gone' },
      { instance: anInstance({ service: 'api' }), sinceMs: 5, cause: 'node-gone' },
      { instance: anInstance({ service: 'api', id: 'web-3' }), sinceMs: 5, cause: 'settling' },
    ] as const;
    const wanted = desired([anInstance(), gone]);
    const status = routingStatus({ ...nothing, desired: wanted }, held);
    const because = 'its node has gone as well, and it was the last one of its service';
    expect([status.held, status.holds]).toEqual([3, [{ because, instances: 2, services: ['api', 'web'] }]]);
    expect(status.services[0]?.instances.map(({ id, kept }) => [id, kept])).toEqual([
      ['web-1', undefined],
      ['web-2', because],
    ]);
  });

  it.each([
    { staleMs: 0, staleS: undefined },
    { staleMs: 1, staleS: 1 },
    { staleMs: 90_400, staleS: 91 },
  ])('says how old the catalog is when it is not of the present: $staleMs ms', ({ staleMs, staleS }) => {
    expect(routingStatus({ ...nothing, catalog: aCatalog([], { staleMs }) }).staleS).toBe(staleS);
  });

  it('says why the last pass failed and why the catalog cannot be read, on one line each', () => {
    const outage = new PortolanError('CONSUL_UNREACHABLE', 'cannot reach\nConsul');
    expect(routingStatus({ ...nothing, proxy: up, report: bad, outage })).toEqual({
      isReady: true,
      error: 'it; failed',
      outage: 'cannot reach; Consul',
      haproxyVersion: '3.0.11',
      reloads: 0,
      binds: [],
      services: [],
      held: 0,
      holds: [],
    });
  });

  it.each<{ rule: string; state: Partial<RoutingState>; isReady: boolean }>([
    { rule: 'HAProxy serves', state: { proxy: up, report: good }, isReady: true },
    { rule: 'HAProxy serves though the last pass failed', state: { proxy: up, report: bad }, isReady: true },
    { rule: 'the catalog is away', state: { proxy: up, report: good, outage: new Error('x') }, isReady: true },
    {
      rule: 'the files are written and nobody runs HAProxy here',
      state: { proxy: { kind: 'off' }, report: good },
      isReady: true,
    },
    { rule: 'the files cannot be written', state: { proxy: { kind: 'off' }, report: bad }, isReady: false },
    { rule: 'no pass has ended', state: { proxy: up }, isReady: false },
    { rule: 'HAProxy is down', state: { proxy: { kind: 'down' }, report: good }, isReady: false },
    { rule: 'HAProxy does not answer', state: { report: bad }, isReady: false },
  ])('is ready: $isReady when $rule', ({ state, isReady }) => {
    expect(routingStatus({ ...nothing, ...state }).isReady).toBe(isReady);
  });
});

describe('the URL of a service', () => {
  it.each([
    { binds: ['127.0.0.1:80'], url: 'http://web.localhost/' },
    { binds: ['127.0.0.1:8080', '172.17.0.1:80'], url: 'http://web.localhost:8080/' },
    { binds: ['[::1]:8080'], url: 'http://web.localhost:8080/' },
    { binds: ['[::1]:80'], url: 'http://web.localhost/' },
    { binds: ['*:80'], url: 'http://web.localhost/' },
    { binds: [], url: 'http://web.localhost/' },
  ])('is $url on $binds', ({ binds, url }) => {
    expect(urls([anInstance()], binds)).toEqual([url]);
  });

  it('is in lower case', () => {
    expect(urls([anInstance({ service: 'WEB' })])).toEqual(['http://web.localhost/']);
  });

  it("is never another service's", () => {
    expect(urls([anInstance(), anInstance({ service: 'web.localhost' })])).toEqual([
      'http://web/',
      'http://web.localhost/',
    ]);
  });

  it('is missing when the service is not routed', () => {
    expect(urls([anInstance({ service: 'a b' })])).toEqual([undefined]);
  });
});

describe('a service that HAProxy does not have yet', () => {
  const statusWith = (proxy: ProxyState | undefined, instances = [anInstance()]) =>
    routingStatus({ ...nothing, proxy, desired: desired(instances) }).services;
  const hosts = ['web', 'web.localhost', 'web.service.consul'];
  const place = { id: 'web-1', node: 'node-a', address: '10.0.0.1', port: 8_080 };

  it('waits for a reload, and has no URL until then', () => {
    const proxy = { ...up, backends: new Set(['api', 'portolan:unknown-host']) };
    expect(statusWith(proxy)).toEqual([
      { name: 'web', hosts, refusal: 'HAProxy has it with the next reload', instances: [{ ...place, isIn: true }] },
    ]);
  });

  it.each<{ rule: string; proxy: ProxyState | undefined }>([
    { rule: 'HAProxy has it', proxy: up },
    { rule: 'HAProxy is down, and will have it when it starts', proxy: { kind: 'down' } },
    { rule: 'nobody runs HAProxy here', proxy: { kind: 'off' } },
    { rule: 'HAProxy does not answer', proxy: undefined },
  ])('is one with a URL where $rule', ({ proxy }) => {
    expect(statusWith(proxy)).toEqual([
      { name: 'web', hosts, url: 'http://web.localhost/', instances: [{ ...place, isIn: true }] },
    ]);
  });

  it('says above all why it never will be routed', () => {
    expect(statusWith(up, [anInstance({ service: 'a b' })])).toEqual([
      {
        name: 'a b',
        hosts: [],
        refusal: 'its name has other characters than letters, digits, _, . and -',
        instances: [{ ...place, isIn: false }],
      },
    ]);
  });
});

describe("HAProxy's own test of an instance", () => {
  const healthy: ObservedServer = {
    backend: 'web',
    name: 'node-a:web-1',
    address: '10.0.0.1',
    port: 8_080,
    weight: 100,
    state: 'ready',
    isUp: true,
    isChecked: true,
  };
  const down: ObservedServer = { ...healthy, isUp: false };

  /** What it says of the instances of `web` when HAProxy has these servers. */
  function judged(servers: readonly ObservedServer[], instances = [anInstance()], proxy: ProxyState = up) {
    const state = {
      ...nothing,
      proxy: proxy.kind === 'up' ? { ...proxy, servers } : proxy,
      desired: desired(instances),
    };
    const { instances: all = [] } = routingStatus(state).services.find(({ name }) => name === 'web') ?? {};
    return all.map(({ id, isIn, reason }) => ({ id, isIn, reason }));
  }
  const isIn = { id: 'web-1', isIn: true, reason: undefined };
  const fails = { id: 'web-1', isIn: false, reason: "HAProxy's own test of it fails" };

  it('takes it out when it fails, with the reason', () => {
    expect(judged([down])).toEqual([fails]);
  });

  it.each<{ rule: string; servers: readonly ObservedServer[] }>([
    { rule: 'it passes', servers: [healthy] },
    { rule: 'there is none', servers: [{ ...down, isChecked: false }] },
    { rule: 'HAProxy does not have the server yet', servers: [] },
    { rule: 'the server is of another service', servers: [{ ...down, backend: 'api' }] },
    { rule: 'the server has another address', servers: [{ ...down, address: '10.0.0.2' }] },
    { rule: 'the server has another port', servers: [{ ...down, port: 8_081 }] },
    { rule: 'the server is not in rotation, which is no test', servers: [{ ...down, state: 'maint' }] },
    { rule: 'one that leaves the same place fails', servers: [{ ...down, name: 'old', state: 'maint' }, healthy] },
  ])('leaves it in when $rule', ({ servers }) => {
    expect(judged(servers)).toEqual([isIn]);
  });

  it('is of each instance by itself, behind one that leaves the same place as well', () => {
    const servers = [
      { ...healthy, name: 'old', state: 'maint' as const },
      down,
      { ...healthy, name: 'node-a:web-2', address: '10.0.0.2' },
    ];
    expect(judged(servers, [anInstance(), anInstance({ id: 'web-2', address: '10.0.0.2' })])).toEqual([
      fails,
      { id: 'web-2', isIn: true, reason: undefined },
    ]);
  });

  it('knows an IPv6 address in any spelling', () => {
    const instance = anInstance({ address: '2001:DB8:0:0::0001' });
    expect(judged([{ ...down, address: '2001:db8::1' }], [instance])).toEqual([fails]);
  });

  it('takes it out in panic as well, and says both', () => {
    const reason = `panic: every instance fails its checks; is critical; ${fails.reason}`;
    expect(judged([down], [anInstance({ status: 'critical' })])).toEqual([{ ...fails, reason }]);
  });

  it('says less than the catalog, where that takes it out', () => {
    expect(judged([down], [anInstance({ status: 'maintenance' })])).toEqual([
      { id: 'web-1', isIn: false, reason: 'is in maintenance' },
    ]);
  });

  it.each<ProxyState>([{ kind: 'down' }, { kind: 'off' }])('says nothing while HAProxy is $kind', (proxy) => {
    expect(judged([down], [anInstance()], proxy)).toEqual([isIn]);
  });
});
