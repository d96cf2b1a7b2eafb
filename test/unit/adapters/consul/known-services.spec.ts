import { beforeEach, describe, expect, it } from 'vitest';
import { createKnownServices, type KnownServices } from '../../../../src/adapters/consul/known-services.ts';
import type { NodeFacts } from '../../../../src/adapters/consul/node-bells.ts';
import type { ServiceInstance } from '../../../../src/domain/catalog.ts';
import { anInstance } from '../../../support/instances.ts';

const web1 = anInstance({ id: 'web-1' });
const web2 = anInstance({ id: 'web-2', node: 'node-b' });
const api = anInstance({ service: 'api', id: 'api-1', address: '192.0.2.1' });

const NODE_A: NodeFacts = {
  name: 'node-a',
  id: web1.nodeId,
  address: '192.0.2.7',
  taggedAddresses: { lan: '192.0.2.7' },
  meta: { rack: '3' },
};

let borrowers: WeakSet<ServiceInstance>;
let services: KnownServices;

beforeEach(() => {
  borrowers = new WeakSet([api]);
  services = createKnownServices(borrowers);
  services.set('web', [web1, web2]);
  services.set('api', [api]);
});

describe('what is known of services', () => {
  it('is the same object where nothing is new', () => {
    const before = services.shared();
    expect(services.set('web', structuredClone([web1, web2]))).toBe(false);
    expect(services.shared()).toBe(before);
  });

  it.each([
    { change: 'an instance is other', to: [{ ...web1, port: 1 }, web2], kept: [false, true] },
    { change: 'an instance comes', to: [web1, anInstance({ id: 'web-3' }), web2], kept: [true, false, true] },
    { change: 'an instance goes', to: [web2], kept: [true] },
  ])('shares what did not change when $change', ({ to, kept }) => {
    const before = services.shared();
    expect(services.set('web', structuredClone(to))).toBe(true);
    expect(services.get('web')).toEqual(to);
    expect(services.get('web')?.map((instance) => instance === web1 || instance === web2)).toEqual(kept);
    expect(services.get('api')).toBe(before.get('api'));
    expect(before.get('web')).toEqual([web1, web2]);
  });

  it('has all instances of a node say what it says of itself, and gives its address to those without one', () => {
    expect(services.moveNodes([NODE_A])).toBe(true);
    const facts = {
      nodeAddress: '192.0.2.7',
      nodeTaggedAddresses: { lan: '192.0.2.7' },
      nodeMeta: { rack: '3' },
    };
    expect(services.get('web')).toEqual([{ ...web1, ...facts }, web2]);
    expect(services.get('web')?.[1]).toBe(web2);
    expect(services.get('api')).toEqual([{ ...api, ...facts, address: '192.0.2.7' }]);
    expect(services.moveNodes([{ ...NODE_A, address: '192.0.2.8' }])).toBe(true);
    expect(services.get('api')?.[0]?.address).toBe('192.0.2.8');
  });

  it('is the same object when nodes say what they said before, or have no instances', () => {
    services.moveNodes([NODE_A]);
    const before = services.shared();
    expect(services.moveNodes([NODE_A, { ...NODE_A, name: 'node-c' }])).toBe(false);
    expect(services.shared()).toBe(before);
  });

  it('tells which services have an instance on a node', () => {
    expect([services.on(new Set(['node-a'])), services.on(new Set(['node-b'])), services.on(new Set())]).toEqual([
      ['web', 'api'],
      ['web'],
      [],
    ]);
  });

  it('forgets what is no longer there', () => {
    expect([services.retain(new Set(['api'])), services.retain(new Set(['api', 'new']))]).toEqual([true, false]);
    expect([...services.shared().keys()]).toEqual(['api']);
  });
});
