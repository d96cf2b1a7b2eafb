import { describe, expect, it } from 'vitest';
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
};
const up: ProxyState = { kind: 'up', version: '3.0.11', shapeHash: 'x', backends: new Set(), servers: [] };
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
    expect(routingStatus(nothing)).toEqual({ isReady: false, reloads: 0, binds: [], services: [], held: 0 });
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
          refusal: 'its name has other characters than letters, digits, _, . and -, or more than 63',
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
    });
  });

  it('counts the instances that are held', () => {
    const catalog = { services: new Map(), held: [anInstance(), anInstance({ id: 'web-2' })] };
    expect(routingStatus({ ...nothing, catalog }).held).toBe(2);
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
