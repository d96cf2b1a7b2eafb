import { describe, expect, it } from 'vitest';
import type { RoutedServer, RoutedService, RoutingModel } from '../../../src/domain/routing.ts';
import { type ConfigSettings, renderConfig, serverLine } from '../../../src/haproxy/config.ts';

const settings: ConfigSettings = {
  binds: ['127.0.0.1:80', '[::1]:80'],
  checkIntervalMs: 2_000,
  hostsMapPath: '/run/portolan/hosts.map',
};
const server: RoutedServer = { name: 'node-a:web.1:80', address: '10.0.0.1', port: 32_080, weight: 100 };
const orders: RoutedService = {
  name: 'orders',
  hosts: ['orders', 'orders.localhost', 'orders.service.consul'],
  servers: [],
};
const web: RoutedService = {
  name: 'Web',
  hosts: ['web', 'web.localhost', 'web.service.consul'],
  servers: [server, { name: 'node-b:web.1:80', address: '2001:db8::b', port: 80, weight: 0 }],
};
const two: RoutingModel = { services: [web, orders] };

describe('renderConfig', () => {
  it('prints a backend for each service, with its servers', async () => {
    await expect(renderConfig(two, settings).config).toMatchFileSnapshot('../../golden/haproxy/two-services.cfg');
  });

  it('prints a configuration that starts when there is no service', async () => {
    const text = renderConfig({ services: [] }, { ...settings, binds: ['*:80'] }).config;
    await expect(text).toMatchFileSnapshot('../../golden/haproxy/no-services.cfg');
  });

  it('maps each host name to its service, one a line', () => {
    expect(renderConfig(two, settings).hostsMap).toBe(
      [
        'web Web',
        'web.localhost Web',
        'web.service.consul Web',
        'orders orders',
        'orders.localhost orders',
        'orders.service.consul orders',
        '',
      ].join('\n'),
    );
  });

  it('has an empty map when there is no service', () => {
    expect(renderConfig({ services: [] }, settings).hostsMap).toBe('');
  });

  it('has as its shape all but the server lines, the map, and whether there are checks', () => {
    const { config, shape, hostsMap } = renderConfig(two, settings);
    const lines = config.split('\n').filter((line) => !line.startsWith('  server '));
    expect(shape).toBe(`${lines.join('\n')}\n${hostsMap}\nchecks`);
  });

  it.each([
    {
      what: 'an instance comes',
      model: { services: [{ ...web, servers: [...web.servers, { ...server, name: 'x' }] }, orders] },
    },
    { what: 'all instances go', model: { services: [{ ...web, servers: [] }, orders] } },
    { what: 'an instance moves', model: { services: [{ ...web, servers: [{ ...server, port: 1 }] }, orders] } },
    { what: 'checks become rarer', model: two, checkIntervalMs: 3_000 },
  ])('keeps its shape when $what', ({ model, checkIntervalMs = 2_000 }) => {
    expect(renderConfig(model, { ...settings, checkIntervalMs }).shape).toBe(renderConfig(two, settings).shape);
  });

  it.each<{ what: string; model?: RoutingModel; over?: Partial<ConfigSettings> }>([
    { what: 'a service comes', model: { services: [...two.services, { ...orders, name: 'x' }] } },
    { what: 'a service goes', model: { services: [web] } },
    { what: 'a host name comes', model: { services: [{ ...web, hosts: [...web.hosts, 'x'] }, orders] } },
    { what: 'an address to listen on comes', over: { binds: [...settings.binds, '172.17.0.1:80'] } },
    { what: 'checks are switched off', over: { checkIntervalMs: undefined } },
    { what: 'the map moves', over: { hostsMapPath: '/other/hosts.map' } },
  ])('changes its shape when $what', ({ model = two, over = {} }) => {
    expect(renderConfig(model, { ...settings, ...over }).shape).not.toBe(renderConfig(two, settings).shape);
  });

  it('gives equal bytes for equal models', () => {
    expect(renderConfig(structuredClone(two), settings)).toEqual(renderConfig(two, settings));
  });
});

describe('serverLine', () => {
  it.each<{ rule: string; over?: Partial<RoutedServer>; checkIntervalMs?: number; line: string }>([
    {
      rule: 'spells every option out',
      checkIntervalMs: 5_000,
      line: 'node-a:web.1:80 10.0.0.1:32080 weight 100 check inter 5000ms rise 2 fall 3',
    },
    { rule: 'has no check when checks are off', line: 'node-a:web.1:80 10.0.0.1:32080 weight 100' },
    {
      rule: 'puts brackets around IPv6',
      over: { address: '2001:db8::a', weight: 0 },
      line: 'node-a:web.1:80 [2001:db8::a]:32080 weight 0',
    },
  ])('$rule', ({ over, checkIntervalMs, line }) => {
    expect(serverLine({ ...server, ...over }, { ...settings, checkIntervalMs })).toBe(line);
  });
});
