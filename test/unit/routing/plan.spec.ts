import { describe, expect, it } from 'vitest';
import type { RoutedServer } from '../../../src/domain/routing.ts';
import type { ProxyState } from '../../../src/routing/contracts.ts';
import { type DesiredProxy, planProxy } from '../../../src/routing/plan.ts';

const server: RoutedServer = { name: 'a', address: '10.0.0.1', port: 80, weight: 100 };

function desired(...names: readonly string[]): DesiredProxy {
  return {
    model: { services: names.map((name) => ({ name, hosts: [name], servers: [server] })) },
    settings: { binds: ['*:80'], checkIntervalMs: undefined, hostsMapPath: '/run/portolan/hosts.map' },
    config: { config: 'c', hostsMap: 'm', shape: 's', shapeHash: 'new' },
  };
}

function up(shapeHash: string, ...names: readonly string[]): Extract<ProxyState, { readonly kind: 'up' }> {
  return {
    kind: 'up',
    version: '3.0.11',
    shapeHash,
    backends: new Set(['portolan:unknown-host', ...names]),
    servers: names.map((backend) => ({ ...server, backend, state: 'ready', isUp: true, isChecked: false })),
  };
}

function reloadReason(wanted: DesiredProxy, observed: ProxyState) {
  const plan = planProxy(wanted, observed);
  return plan.kind === 'change' ? plan.reloadReason : plan.kind;
}

describe('planProxy', () => {
  it.each<{ observed: ProxyState; isDown: boolean }>([
    { observed: { kind: 'down' }, isDown: true },
    { observed: up('old'), isDown: false },
    { observed: { kind: 'off' }, isDown: false },
  ])('waits for the catalog while HAProxy is $observed.kind', ({ observed, isDown }) => {
    expect(planProxy(undefined, observed)).toEqual({ kind: 'wait', isDown });
  });

  it('starts what is down', () => {
    expect(planProxy(desired('web'), { kind: 'down' })).toEqual({ kind: 'start', desired: desired('web') });
  });

  it('saves the files when nobody runs HAProxy here', () => {
    expect(planProxy(desired('web'), { kind: 'off' })).toEqual({ kind: 'save', desired: desired('web') });
  });

  it('does nothing when everything is as it should be', () => {
    expect(planProxy(desired('web'), up('new', 'web'))).toEqual({
      kind: 'change',
      desired: desired('web'),
      commands: [],
      leaving: [],
      reloadReason: undefined,
    });
  });

  it('changes servers at run time, and reloads for the rest', () => {
    const gone = { ...server, backend: 'old', state: 'ready', isUp: true, isChecked: false } as const;
    const observed = { ...up('old', 'web', 'old'), servers: [gone] };
    expect(planProxy(desired('web', 'new'), observed)).toEqual({
      kind: 'change',
      desired: desired('web', 'new'),
      commands: [
        { text: 'set server old/a state maint', expected: /^$/, purpose: 'take out old/a' },
        {
          text: 'add server web/a 10.0.0.1:80 weight 100; enable server web/a',
          expected: /^New server registered\.$/,
          purpose: 'add web/a',
        },
      ],
      leaving: [{ backend: 'old', name: 'a' }],
      reloadReason: 'new services: new; services gone: old',
    });
  });

  it('needs no reload as long as the shape is the same', () => {
    expect(reloadReason(desired('web'), { ...up('new', 'web'), servers: [] })).toBeUndefined();
  });

  it.each<{ rule: string; wanted: DesiredProxy; observed: ProxyState; reason: string }>([
    {
      rule: 'a service that comes',
      wanted: desired('web', 'api'),
      observed: up('old', 'web'),
      reason: 'new services: api',
    },
    { rule: 'a service that goes', wanted: desired(), observed: up('old', 'web'), reason: 'services gone: web' },
    {
      rule: 'anything else',
      wanted: desired('web'),
      observed: up('old', 'web'),
      reason: 'settings or host names have changed',
    },
    {
      rule: 'a configuration that is not ours',
      wanted: desired('web'),
      observed: up('', 'shop'),
      reason: 'new services: web; services gone: shop',
    },
    {
      rule: 'five services, all named',
      wanted: desired('a', 'b', 'c', 'd', 'e'),
      observed: up('old'),
      reason: 'new services: a, b, c, d, e',
    },
    {
      rule: 'more than five, named in part',
      wanted: desired('a', 'b', 'c', 'd', 'e', 'f', 'g'),
      observed: up('old'),
      reason: 'new services: a, b, c, d, e and 2 more',
    },
  ])('gives as the reason of a reload $rule', ({ wanted, observed, reason }) => {
    expect(reloadReason(wanted, observed)).toBe(reason);
  });
});
