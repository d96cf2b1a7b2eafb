import { describe, expect, it } from 'vitest';
import { type BlockableQuery, type QueryRequest, requestFor } from '../../../../src/adapters/consul/query-requests.ts';
import { NO_ENTRIES } from '../../../../src/domain/catalog.ts';
import type { RawAnswers } from '../../../../src/rendering/contracts.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';

const passing = { filters: ['passing'] } as const;

function request(query: BlockableQuery): Omit<QueryRequest, 'parse'> {
  const { parse: _parse, ...rest } = requestFor(query, 'agent-one');
  return rest;
}

describe('what is asked', () => {
  it.each<[query: BlockableQuery, asked: Omit<QueryRequest, 'parse'>]>([
    [
      { kind: 'service', name: 'web', ...passing },
      { path: '/health/service/{name}', params: { name: 'web' }, query: { passing: '1' } },
    ],
    [
      {
        ...{ kind: 'connect', name: 'web', tag: 'v1', near: '_agent', filters: ['any'], datacenter: 'dc2' },
        parameters: { ns: 'a' },
      },
      {
        path: '/health/connect/{name}',
        params: { name: 'web' },
        query: { ns: 'a', dc: 'dc2', tag: 'v1', near: '_agent' },
      },
    ],
    [
      { kind: 'services', datacenter: 'dc2' },
      { path: '/catalog/services', query: { dc: 'dc2' } },
    ],
    [
      { kind: 'nodes', near: 'node-a' },
      { path: '/catalog/nodes', query: { near: 'node-a' } },
    ],
    [{ kind: 'node' }, { path: '/catalog/node/{name}', params: { name: 'agent-one' }, query: {} }],
    [
      { kind: 'node', name: 'node-a' },
      { path: '/catalog/node/{name}', params: { name: 'node-a' }, query: {} },
    ],
    [
      { kind: 'key', path: 'a/b' },
      { path: '/kv/{name}', params: { name: 'a/b' }, query: {}, mayBeAbsent: true },
    ],
    [
      { kind: 'keys', prefix: '/a' },
      { path: '/kv/{name}', params: { name: 'a' }, query: { recurse: '' }, mayBeAbsent: true },
    ],
    [
      { kind: 'keys', prefix: '/' },
      { path: '/kv/', query: { recurse: '' }, mayBeAbsent: true },
    ],
  ])('%j', (query, asked) => {
    expect(request(query)).toEqual(asked);
  });
});

describe('what an answer says', () => {
  const answer = (query: BlockableQuery, body: unknown): unknown => requestFor(query, '').parse(body);
  const entries = [aHealthEntry({ id: 'b' }), aHealthEntry({ id: 'a' })];
  const nodes = [
    { Node: 'b', Address: '10.0.0.2' },
    { Node: 'a', Address: '10.0.0.9' },
    { ID: 'n', Node: 'a', Address: '10.0.0.1', Datacenter: 'dc1', TaggedAddresses: { lan: 'x' }, Meta: { k: 'v' } },
  ];
  const names = (list: unknown) =>
    (list as readonly { name: string; address: string }[]).map(({ name, address }) => `${name} ${address}`);
  const ids = (list: unknown) => (list as readonly { id: string }[]).map(({ id }) => id);

  it('is sorted, unless it was asked for by distance', () => {
    expect(ids(answer({ kind: 'service', name: 'web', ...passing }, entries))).toEqual(['a', 'b']);
    expect(ids(answer({ kind: 'service', name: 'web', near: '_agent', ...passing }, entries))).toEqual(['b', 'a']);
    expect(names(answer({ kind: 'nodes' }, nodes))).toEqual(['a 10.0.0.1', 'a 10.0.0.9', 'b 10.0.0.2']);
    expect(names(answer({ kind: 'nodes', near: 'x' }, nodes))).toEqual(['b 10.0.0.2', 'a 10.0.0.9', 'a 10.0.0.1']);
    expect(answer({ kind: 'services' }, { web: ['b', 'a'], api: [] })).toEqual([
      { name: 'api', tags: [] },
      { name: 'web', tags: ['a', 'b'] },
    ]);
  });

  it('is a node with what is on it', () => {
    const Services = {
      z: { ID: 'z', Service: 'web', Tags: null, Meta: null },
      b: {
        ID: 'b',
        Service: 'web',
        Address: '10.0.0.3',
        Port: 80,
        Tags: ['t'],
        Meta: { k: 'v' },
        EnableTagOverride: true,
      },
      c: { ID: 'c', Service: 'api' },
    };
    const bare = { tags: [], meta: {}, port: 0, address: '', enableTagOverride: false };
    expect(answer({ kind: 'node' }, { Node: nodes[2], Services })).toEqual({
      node: {
        ...{ id: 'n', name: 'a', address: '10.0.0.1', datacenter: 'dc1' },
        ...{ taggedAddresses: { lan: 'x' }, meta: { k: 'v' } },
      },
      services: [
        { id: 'c', service: 'api', ...bare },
        {
          ...{ id: 'b', service: 'web', tags: ['t'], meta: { k: 'v' }, port: 80, address: '10.0.0.3' },
          enableTagOverride: true,
        },
        { id: 'z', service: 'web', ...bare },
      ],
    });
    expect(answer({ kind: 'node' }, null)).toEqual({ node: undefined, services: [] });
  });

  it('is the bytes of a key', () => {
    const pair = { Key: 'a', Value: '/8Oo', Flags: 42, CreateIndex: 1, ModifyIndex: 2, LockIndex: 3, Session: 's' };
    const value = Buffer.from([0xff, 0xc3, 0xa8]);
    expect(answer({ kind: 'key', path: 'a' }, [pair])).toEqual(value);
    expect(answer({ kind: 'key', path: 'a' }, [{ Key: 'a', Value: null }])).toEqual(Buffer.from(''));
    expect(answer({ kind: 'key', path: 'a' }, undefined)).toBe(undefined);
    expect(answer({ kind: 'keys', prefix: 'a' }, undefined)).toEqual([]);
    expect(answer({ kind: 'keys', prefix: 'a' }, [pair])).toEqual([
      { path: 'a', value, createIndex: 1, modifyIndex: 2, lockIndex: 3, flags: 42n, session: 's' },
    ]);
  });

  it('tells no map from an empty one', () => {
    const none = { Node: 'a', TaggedAddresses: null };
    const empty = { Node: 'b', TaggedAddresses: {}, Meta: {} };
    const nodeMaps = (answer({ kind: 'nodes' }, [none, empty]) as RawAnswers['nodes']).map(
      ({ taggedAddresses, meta }) => [taggedAddresses !== NO_ENTRIES, meta !== NO_ENTRIES],
    );
    expect(nodeMaps).toEqual([
      [false, false],
      [true, true],
    ]);
    const Services = { a: { ID: 'a', Service: 'web', Meta: null }, b: { ID: 'b', Service: 'web', Meta: {} } };
    const { services } = answer({ kind: 'node' }, { Node: none, Services }) as RawAnswers['node'];
    expect(services.map(({ meta }) => meta !== NO_ENTRIES)).toEqual([false, true]);
  });

  it.each([
    [undefined, 0n],
    [42, 42n],
    ['18446744073709551615', 2n ** 64n - 1n],
  ])('has flags of 64 bits: %j', (Flags, flags) => {
    expect(answer({ kind: 'keys', prefix: 'a' }, [{ Key: 'a', Value: null, Flags }])).toMatchObject([{ flags }]);
  });

  it.each([
    [{ kind: 'nodes' }, {}],
    [{ kind: 'node' }, []],
    [{ kind: 'services' }, [1]],
    [{ kind: 'key', path: 'a' }, [{}]],
  ] as [BlockableQuery, unknown][])('of %j is not %j', (query, body) => {
    expect(() => answer(query, body)).toThrow();
  });
});
