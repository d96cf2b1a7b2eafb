import { describe, expect, it } from 'vitest';
import type { CatalogSnapshot, ServiceInstance } from '../../../src/domain/catalog.ts';
import type { RoutedServer } from '../../../src/domain/routing.ts';
import { routingModel } from '../../../src/routing/routing-model.ts';
import { nameProblem } from '../../../src/routing/service-name.ts';
import { hostileTexts } from '../../support/hostile-texts.ts';
import { aCatalog, anInstance } from '../../support/instances.ts';

function outcome(instances: readonly ServiceInstance[], routeTag?: string) {
  return routingModel(aCatalog(instances), { routeTag });
}

/** The servers of the only service. */
function servers(...instances: readonly ServiceInstance[]): readonly RoutedServer[] | undefined {
  return outcome(instances).model.services[0]?.servers;
}

function hostsOf(...instances: readonly ServiceInstance[]) {
  return Object.fromEntries(outcome(instances).model.services.map(({ name, hosts }) => [name, hosts]));
}

describe('routingModel', () => {
  it('routes a service to its instances, by the host names of the service', () => {
    const instance = anInstance();
    const hosts = ['web', 'web.localhost', 'web.service.consul'];
    expect(outcome([instance])).toEqual({
      model: {
        services: [
          { name: 'web', hosts, servers: [{ name: 'node-a:web-1', address: '10.0.0.1', port: 8_080, weight: 100 }] },
        ],
      },
      services: [{ name: 'web', hosts, instances: [{ instance, verdict: { kind: 'in' } }] }],
    });
  });

  it('routes a service without a usable instance, and says why', () => {
    const instance = anInstance({ status: 'maintenance' });
    const hosts = ['web', 'web.localhost', 'web.service.consul'];
    expect(outcome([instance])).toEqual({
      model: { services: [{ name: 'web', hosts, servers: [] }] },
      services: [
        { name: 'web', hosts, instances: [{ instance, verdict: { kind: 'out', reason: 'is in maintenance' } }] },
      ],
    });
  });

  it('is empty for an empty catalog', () => {
    expect(outcome([])).toEqual({ model: { services: [] }, services: [] });
  });

  it.each<{ rule: string; instances: readonly ServiceInstance[]; routeTag?: string; names: readonly string[] }>([
    {
      rule: 'services come by name',
      instances: [anInstance({ service: 'b' }), anInstance({ service: 'a', createIndex: 9 })],
      names: ['a', 'b'],
    },
    {
      rule: 'infrastructure is not routed',
      instances: [anInstance({ service: 'consul' }), anInstance({ service: 'portolan' }), anInstance()],
      names: ['web'],
    },
    {
      rule: 'a service with the Meta route=off is not routed',
      instances: [anInstance({ meta: { route: 'off' } })],
      names: [],
    },
    { rule: 'other words than off route it', instances: [anInstance({ meta: { route: 'no' } })], names: ['web'] },
    {
      rule: 'a tag restricts routing to the services that have it',
      instances: [anInstance({ tags: ['a', 'edge'] }), anInstance({ service: 'api', tags: ['edges'] })],
      routeTag: 'edge',
      names: ['web'],
    },
    { rule: 'a service without instances is not there', instances: [], names: [] },
  ])('$rule', ({ instances, routeTag, names }) => {
    const { model, services } = outcome(instances, routeTag);
    expect(model.services.map(({ name }) => name)).toEqual(names);
    expect(services.map(({ name }) => name)).toEqual(names);
  });

  it('leaves out single instances by tag and Meta, as if they were not in the catalog', () => {
    const yes = anInstance({ tags: ['edge'] });
    const no = anInstance({ id: 'web-2', tags: ['edge'], meta: { route: 'off' } });
    const untagged = anInstance({ id: 'web-3' });
    expect(outcome([yes, no, untagged], 'edge')).toEqual(outcome([yes], 'edge'));
  });

  it.each([
    ...hostileTexts,
    { what: '64 characters', text: 'w'.repeat(64) },
    { what: "the colon of Portolan's own backends", text: 'portolan:unknown-host' },
  ])('refuses a service whose name has $what', ({ text }) => {
    const instance = anInstance({ service: text });
    expect(outcome([instance])).toEqual({
      model: { services: [] },
      services: [
        { name: text, hosts: [], instances: [{ instance, verdict: { kind: 'in' } }], refusal: nameProblem(text) },
      ],
    });
    expect(nameProblem(text)).toMatch(/^its name /);
  });

  it.each(['w'.repeat(63), 'a_b.c-D', '-', '.', '1', 'http', 'constructor', '__proto__'])(
    'routes the service %s',
    (name) => {
      const host = name.toLowerCase();
      expect(hostsOf(anInstance({ service: name }))).toEqual(
        Object.fromEntries([[name, [host, `${host}.localhost`, `${host}.service.consul`]]]),
      );
    },
  );
});

describe('services that cannot be read', () => {
  const unreadable = new Map([
    ['a\nb', 'Consul answers no request about this name'],
    ['..', 'Consul answers no request about this name'],
    ['consul', 'x'],
    ['web', 'broken'],
  ]);
  const model = (catalog: CatalogSnapshot) => routingModel({ ...catalog, unreadable }, { routeTag: undefined });

  it('are shown with the reason', () => {
    expect(model(aCatalog([])).services).toEqual([
      { name: '..', hosts: [], instances: [], refusal: 'Consul answers no request about this name' },
      { name: 'a\nb', hosts: [], instances: [], refusal: 'its name has characters that are not printed' },
      { name: 'web', hosts: [], instances: [], refusal: 'broken' },
    ]);
  });

  it('are routed as they were read last, with a warning', () => {
    const { services, model: routed } = model(aCatalog([anInstance()]));
    expect(routed).toEqual(outcome([anInstance()]).model);
    expect(services.find(({ name }) => name === 'web')?.warnings).toEqual([
      'it cannot be read now, and what was read before is used: broken',
    ]);
  });
});

describe('a flood of services', () => {
  it('is cut where it would fill HAProxy, and the oldest stay', () => {
    const instances = Array.from({ length: 10_001 }, (_, i) =>
      anInstance({ service: `s${i}`, createIndex: 20_000 - i }),
    );
    const { model, services } = outcome(instances);
    expect(model.services).toHaveLength(10_000);
    expect(services.flatMap(({ name, refusal }) => (refusal === undefined ? [] : [[name, refusal]]))).toEqual([
      ['s0', '10000 older services are routed, and more are not'],
    ]);
  });
});

describe('the host names of services', () => {
  it('belong to the older of two services that differ only in case', () => {
    const young = anInstance({ service: 'WEB', createIndex: 8 });
    const old = anInstance({ service: 'web', createIndex: 7 });
    const { model, services } = outcome([young, old]);
    expect(model.services.map(({ name }) => name)).toEqual(['web']);
    expect(services.map(({ name, hosts, refusal }) => ({ name, hosts, refusal }))).toEqual([
      { name: 'WEB', hosts: [], refusal: 'its host name web belongs to the older service web' },
      { name: 'web', hosts: ['web', 'web.localhost', 'web.service.consul'], refusal: undefined },
    ]);
  });

  it('go by the oldest instance of each service', () => {
    const names = hostsOf(
      anInstance({ service: 'web', id: 'web-1', createIndex: 5 }),
      anInstance({ service: 'WEB', id: 'WEB-1', createIndex: 9 }),
      anInstance({ service: 'WEB', id: 'WEB-2', createIndex: 4 }),
    );
    expect(Object.keys(names)).toEqual(['WEB']);
  });

  it('go by the name where two services are equally old', () => {
    expect(Object.keys(hostsOf(anInstance({ service: 'web' }), anInstance({ service: 'WEB' })))).toEqual(['WEB']);
  });

  it.each([
    { own: 'web.localhost', left: ['web', 'web.service.consul'] },
    { own: 'web.service.consul', left: ['web', 'web.localhost'] },
    { own: 'Web.LocalHost', left: ['web', 'web.service.consul'] },
  ])('belong to the service $own before the service web, though it is younger', ({ own, left }) => {
    const host = own.toLowerCase();
    const names = hostsOf(anInstance({ createIndex: 1 }), anInstance({ service: own, createIndex: 2 }));
    expect(names).toEqual({ [own]: [host, `${host}.localhost`, `${host}.service.consul`], web: left });
  });

  it('are not taken by a service that is refused', () => {
    const refused = anInstance({ service: 'web localhost', createIndex: 1 });
    expect(hostsOf(refused, anInstance({ createIndex: 2 }))).toEqual({
      web: ['web', 'web.localhost', 'web.service.consul'],
    });
  });
});

describe('the servers of a service', () => {
  it('are those that get traffic, by name', () => {
    const instances = [
      anInstance({ id: 'c', address: '10.0.0.3' }),
      anInstance({ id: 'critical', status: 'critical' }),
      anInstance({ id: 'a', address: '10.0.0.1', status: 'warning' }),
      anInstance({ id: 'nowhere', address: 'web.example.com' }),
      anInstance({ id: 'b', address: '10.0.0.2', port: 80 }),
      anInstance({ node: 'node-a-2', id: 'a', address: '10.0.0.4' }),
    ];
    expect(servers(...instances)).toEqual([
      { name: 'node-a-2:a', address: '10.0.0.4', port: 8_080, weight: 100 },
      { name: 'node-a:a', address: '10.0.0.1', port: 8_080, weight: 100 },
      { name: 'node-a:b', address: '10.0.0.2', port: 80, weight: 100 },
      { name: 'node-a:c', address: '10.0.0.3', port: 8_080, weight: 100 },
    ]);
  });

  it.each<{ rule: string; instances: readonly ServiceInstance[]; names: readonly string[] }>([
    {
      rule: 'have the node before the ID, since an ID is unique on its node only',
      instances: [anInstance({ node: 'node-b' }), anInstance({ node: 'node-a' })],
      names: ['node-a:web-1', 'node-b:web-1'],
    },
    {
      rule: 'have the node once where the ID begins with it',
      instances: [anInstance({ id: 'node-a:web.1:80' })],
      names: ['node-a:web.1:80'],
    },
    {
      rule: 'have one name each where two texts meet',
      instances: [anInstance({ id: 'web 1' }), anInstance({ id: 'web/1' })],
      names: ['node-a:web_1', 'node-a:web_1-2'],
    },
    {
      rule: 'have one name each where the node is in one ID only',
      instances: [anInstance({ id: 'x' }), anInstance({ id: 'node-a:x' })],
      names: ['node-a:x', 'node-a:x-2'],
    },
    {
      rule: 'have nothing of a hostile text in their names',
      instances: [
        anInstance({ id: 'x\n  server evil 192.0.2.66:80' }),
        anInstance({ id: `%[env(PATH)]\${PATH};"` }),
        anInstance({ node: "no'de b", id: 'x' }),
        anInstance({ id: 'w'.repeat(5_000) }),
      ],
      names: [
        'no_de_b:x',
        'node-a:__env_PATH____PATH___',
        `node-a:${'w'.repeat(113)}`,
        'node-a:x___server_evil_192.0.2.66:80',
      ],
    },
  ])('$rule', ({ instances, names }) => {
    expect(servers(...instances)?.map(({ name }) => name)).toEqual(names);
  });

  it('keep their names whatever the order of the catalog', () => {
    const one = anInstance({ id: 'web 1', address: '10.0.0.1' });
    const two = anInstance({ id: 'web/1', address: '10.0.0.2' });
    const three = anInstance({ node: 'node b', id: 'x', address: '10.0.0.3' });
    const four = anInstance({ node: 'node/b', id: 'x', address: '10.0.0.4' });
    expect(outcome([four, three, two, one]).model).toEqual(outcome([one, two, three, four]).model);
  });

  it.each([
    { rule: 'as 100 times the weight in Consul', weights: [1, 2], expected: [100, 200] },
    { rule: 'scaled so that the largest is 256', weights: [1, 4], expected: [64, 256] },
    { rule: 'scaled and rounded', weights: [1, 2, 3], expected: [85, 171, 256] },
    { rule: 'of 0 where it is 0 in Consul', weights: [0, 3], expected: [0, 256] },
    { rule: 'of 1 at least where it is more than 0 in Consul', weights: [1, 1_000_000], expected: [1, 256] },
    { rule: 'of 256 at most, however large it is in Consul', weights: [1, 1e308], expected: [1, 256] },
    { rule: 'of 0 where all are 0', weights: [0, 0], expected: [0, 0] },
  ])('have a weight $rule', ({ weights, expected }) => {
    const instances = weights.map((passing, i) => anInstance({ id: `web-${i}`, weights: { passing, warning: 9 } }));
    expect(servers(...instances)?.map(({ weight }) => weight)).toEqual(expected);
  });

  it('are all that fail where every one fails, by their weights of passing', () => {
    const weights = { passing: 2, warning: 9 };
    const failing = ['a', 'b'].map((id) => anInstance({ id, status: 'critical', weights }));
    const paused = anInstance({ id: 'c', status: 'maintenance' });
    expect(servers(...failing, paused)).toEqual([
      { name: 'node-a:a', address: '10.0.0.1', port: 8_080, weight: 200 },
      { name: 'node-a:b', address: '10.0.0.1', port: 8_080, weight: 200 },
    ]);
    const off = { status: 'critical', meta: { route_panic: 'off' } } as const;
    expect(servers(anInstance(off), paused)).toEqual([]);
  });

  it('are weighed without those that get no traffic', () => {
    const heavy = anInstance({ id: 'web-2', status: 'critical', weights: { passing: 1_000, warning: 1_000 } });
    expect(servers(anInstance(), heavy)?.map(({ weight }) => weight)).toEqual([100]);
  });
});
