import { describe, expect, it } from 'vitest';
import {
  isAskable,
  parseHealth,
  parseHealthInOrder,
  parseNames,
} from '../../../../src/adapters/consul/health-schema.ts';
import { NO_ENTRIES } from '../../../../src/domain/catalog.ts';
import { aHealthEntry } from '../../../support/health-entries.ts';

describe('parseNames', () => {
  it('gives all names in the order of the answer, with their tags sorted', () => {
    const names = parseNames({ web: ['b', '\u{1f600}', '\uff5e', 'B'], consul: [], '/a': [] });
    expect([...names]).toEqual([
      ['web', ['B', 'b', '\uff5e', '\u{1f600}']],
      ['consul', []],
      ['/a', []],
    ]);
  });

  it.each([{ answer: {} }, { answer: null }, { answer: undefined }])(
    'takes $answer for an empty catalog',
    ({ answer }) => {
      expect(parseNames(answer)).toEqual(new Map());
    },
  );

  it.each(['text', 1, [], ['web'], { web: 'a' }, { web: [1] }, { web: null }])('refuses %j', (answer) => {
    expect(() => parseNames(answer)).toThrow();
  });
});

describe('isAskable', () => {
  it.each(['a b', 'a/b', 'wéb-服务', 'web%[env(PATH)]', `web"\${x}`, '..a', 'a..', 'w'.repeat(5_000)])(
    'says that Consul answers for the name %j',
    (name) => {
      expect(isAskable(name)).toBe(true);
    },
  );

  it.each([
    ...['..', '.', 'a/../b', 'a/./b', 'a//b', '/a', 'a/', '', 'web\nevil', 'a\tb'],
    ...['w'.repeat(70_000), '\0', '\x7f', 'a\u00a0b', 'a\u200bb', '\ud800'],
  ])('says that Consul would refuse for ever to answer for the name %j', (name) => {
    expect(isAskable(name)).toBe(false);
  });
});

describe('parseHealth', () => {
  it('gives an instance with all that routing and templates need of it', () => {
    const about = { Node: 'node-a', ServiceID: 'web-1', ServiceName: 'web', ServiceTags: ['a'] };
    const checks = [
      { ...about, CheckID: 'http', Name: 'Http', Status: 'warning', Output: 'slow', Notes: 'of ours', Type: 'http' },
    ];
    const nodeFacts = { TaggedAddresses: { lan: '10.0.0.9' }, Meta: { zone: 'z1' } };
    const TaggedAddresses = { wan: { Address: '198.51.100.1', Port: 443 } };
    const { Node, Service, Checks } = aHealthEntry({ checks });
    const entry = { Node: { ...Node, ...nodeFacts }, Service: { ...Service, TaggedAddresses }, Checks };
    expect(parseHealth([entry])).toEqual([
      {
        service: 'web',
        id: 'web-1',
        node: 'node-a',
        nodeId: 'x',
        nodeAddress: '192.0.2.1',
        nodeTaggedAddresses: { lan: '10.0.0.9' },
        nodeMeta: { zone: 'z1' },
        address: '10.0.0.1',
        port: 8_080,
        taggedAddresses: { wan: { address: '198.51.100.1', port: 443 } },
        tags: ['a', 'b'],
        meta: { version: '1' },
        status: 'warning',
        checks: [
          {
            ...{ id: 'http', status: 'warning', output: 'slow', name: 'Http', notes: 'of ours', type: 'http' },
            ...{ node: 'node-a', serviceId: 'web-1', serviceName: 'web', serviceTags: ['a'] },
            ...{ createIndex: 0, modifyIndex: 0 },
          },
        ],
        weights: { passing: 2, warning: 1 },
        createIndex: 7,
      },
    ]);
  });

  it('fills in what old versions leave out', () => {
    const bare = {
      Node: { Node: 'node-a' },
      Service: { ID: 'web-1', Service: 'web', Tags: null, Meta: null },
      Checks: null,
    };
    expect(parseHealth([bare])).toEqual([
      {
        service: 'web',
        id: 'web-1',
        node: 'node-a',
        nodeId: '',
        nodeAddress: '',
        nodeTaggedAddresses: {},
        nodeMeta: {},
        address: '',
        port: 0,
        taggedAddresses: {},
        tags: [],
        meta: {},
        status: 'passing',
        checks: [],
        weights: { passing: 1, warning: 1 },
        createIndex: 0,
      },
    ]);
  });

  it('tells no map from an empty one', () => {
    const node = { Node: 'node-a' };
    const service = { ID: 'web-1', Service: 'web' };
    const without = { Node: { ...node, Meta: null }, Service: { ...service, Meta: null } };
    const empty = {
      Node: { ...node, TaggedAddresses: {}, Meta: {} },
      Service: { ...service, TaggedAddresses: {}, Meta: {} },
    };
    const have = parseHealth([without, empty]).map(({ nodeTaggedAddresses, nodeMeta, taggedAddresses, meta }) =>
      [nodeTaggedAddresses, nodeMeta, taggedAddresses, meta].map((map) => map !== NO_ENTRIES),
    );
    expect(have).toEqual([
      [false, false, false, false],
      [true, true, true, true],
    ]);
  });

  it('keeps keys of any name', () => {
    const meta: unknown = JSON.parse('{"__proto__":"a","constructor":"b"}');
    const entry = { Node: { Node: 'node-a', Meta: meta }, Service: { ID: 'web-1', Service: 'web', Meta: meta } };
    const kept = parseHealth([entry]).map((one) => [Object.entries(one.meta), Object.entries(one.nodeMeta)]);
    const pairs = [
      ['__proto__', 'a'],
      ['constructor', 'b'],
    ];
    expect(kept).toEqual([[pairs, pairs]]);
    expect([...parseNames(JSON.parse('{"__proto__":["a"]}')).keys()]).toEqual(['__proto__']);
  });

  it('takes the address of the node for a service without one', () => {
    expect(parseHealth([aHealthEntry({ address: '' })]).map(({ address }) => address)).toEqual(['192.0.2.1']);
  });

  it('takes null for no instances', () => {
    expect(parseHealth(null)).toEqual([]);
  });

  it('gives instances by node and ID, whatever the order of the answer', () => {
    const entries = [
      aHealthEntry({ node: 'node-b', id: 'a' }),
      aHealthEntry({ node: 'node-a', id: 'c' }),
      aHealthEntry({ node: 'node-a', id: 'a' }),
      aHealthEntry({ node: 'node-a', id: 'B' }),
    ];
    const ids = (some: typeof entries) => parseHealth(some).map(({ node, id }) => `${node} ${id}`);
    expect(ids(entries)).toEqual(['node-a B', 'node-a a', 'node-a c', 'node-b a']);
    expect(ids(entries.toReversed())).toEqual(ids(entries));
    expect(parseHealthInOrder(entries).map(({ id }) => id)).toEqual(['a', 'c', 'a', 'B']);
  });

  it('keeps the instances of one ID on two nodes apart', () => {
    const twins = parseHealth([aHealthEntry({ node: 'node-a' }), aHealthEntry({ node: 'node-b' })]);
    expect(twins.map(({ node, id }) => ({ node, id }))).toEqual([
      { node: 'node-a', id: 'web-1' },
      { node: 'node-b', id: 'web-1' },
    ]);
  });

  it('gives hostile texts as they are, for the judge of instances to see', () => {
    const address = '10.0.0.1\n  server evil 192.0.2.66:80';
    expect(
      parseHealth([aHealthEntry({ address, id: '%[x]' })]).map((instance) => [instance.address, instance.id]),
    ).toEqual([[address, '%[x]']]);
  });

  it.each([
    { checks: [], status: 'passing' },
    { checks: [['a', 'passing']], status: 'passing' },
    {
      checks: [
        ['a', 'passing'],
        ['b', 'warning'],
      ],
      status: 'warning',
    },
    {
      checks: [
        ['a', 'critical'],
        ['b', 'warning'],
      ],
      status: 'critical',
    },
    {
      checks: [
        ['_service_maintenance:web-1', 'critical'],
        ['b', 'critical'],
      ],
      status: 'maintenance',
    },
    { checks: [['_node_maintenance', 'critical']], status: 'maintenance' },
    { checks: [['a', 'unknown']], status: 'critical' },
    { checks: [['a', '']], status: 'critical' },
    { checks: [['a', 'Passing']], status: 'critical' },
  ])('calls an instance with the checks $checks $status', ({ checks, status }) => {
    const entry = aHealthEntry({ checks: checks.map(([CheckID, Status]) => ({ CheckID, Status })) });
    expect(parseHealth([entry]).map((instance) => instance.status)).toEqual([status]);
  });

  it.each([
    'text',
    {},
    [1],
    [{}],
    [{ ...aHealthEntry(), Node: undefined }],
    [{ ...aHealthEntry(), Service: { ID: 'web-1' } }],
    [{ ...aHealthEntry(), Service: { ID: 'web-1', Service: 'web', Port: '80' } }],
  ])('refuses %j', (answer) => {
    expect(() => parseHealth(answer)).toThrow();
  });
});
