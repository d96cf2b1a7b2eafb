import { describe, expect, it } from 'vitest';
import {
  type BellNews,
  changedNames,
  createChecksBell,
  createNodesBell,
  type NodeAnswer,
  parseListedNodes,
} from '../../../../src/adapters/consul/bells.ts';

const NOTHING: BellNews = { services: [], nodes: [] };
const OF_WEB = { Node: 'node-a', CheckID: 'web-1:http', Status: 'passing', ServiceName: 'web', ModifyIndex: 7 };
const OF_API = { Node: 'node-b', CheckID: 'api-1:http', Status: 'critical', ServiceName: 'api', ModifyIndex: 5 };
const OF_NODE = { Node: 'node-a', CheckID: 'serfHealth', Status: 'passing', ServiceName: '', ModifyIndex: 3 };

describe('createChecksBell', () => {
  it('says nothing of the first answer', () => {
    expect(createChecksBell()([OF_WEB, OF_API, OF_NODE])).toEqual(NOTHING);
  });

  it.each<{ change: string; to: readonly unknown[] | null; news: BellNews }>([
    { change: 'nothing', to: [OF_NODE, OF_API, OF_WEB], news: NOTHING },
    {
      change: 'a status',
      to: [{ ...OF_WEB, Status: 'warning' }, OF_API, OF_NODE],
      news: { services: ['web'], nodes: [] },
    },
    {
      change: 'an index',
      to: [{ ...OF_WEB, ModifyIndex: 8 }, OF_API, OF_NODE],
      news: { services: ['web'], nodes: [] },
    },
    { change: 'a check that goes', to: [OF_WEB, OF_NODE], news: { services: ['api'], nodes: [] } },
    {
      change: 'a check that comes',
      to: [OF_WEB, OF_API, OF_NODE, { ...OF_API, CheckID: 'shop', ServiceName: 'shop' }],
      news: { services: ['shop'], nodes: [] },
    },
    {
      change: 'a check that is of another service now',
      to: [{ ...OF_WEB, ServiceName: 'shop' }, OF_API, OF_NODE],
      news: { services: ['shop', 'web'], nodes: [] },
    },
    {
      change: 'a check of a node',
      to: [OF_WEB, OF_API, { ...OF_NODE, Status: 'critical' }],
      news: { services: [], nodes: ['node-a'] },
    },
    { change: 'everything', to: null, news: { services: ['web', 'api'], nodes: ['node-a'] } },
  ])('tells of $change', ({ to, news }) => {
    const bell = createChecksBell();
    bell([OF_WEB, OF_API, OF_NODE]);
    expect(bell(to)).toEqual(news);
    expect(bell(to)).toEqual(NOTHING);
  });

  it('names a service once', () => {
    const bell = createChecksBell();
    bell([]);
    expect(bell([OF_WEB, { ...OF_WEB, CheckID: 'web-1:tcp' }])).toEqual({ services: ['web'], nodes: [] });
  });

  it('fails for what is no list of checks', () => {
    expect(() => createChecksBell()([{ Node: 1 }])).toThrow('expected string');
  });
});

type Services = Readonly<Record<string, readonly [service: string, index: number, port?: number]>>;

function aNode(services: Services, { name = 'node-a', index = 3 } = {}): NodeAnswer {
  const entries = Object.entries(services).map(([id, [Service, ModifyIndex, Port = 80]]) => [
    id,
    { ID: id, Service, Port, ModifyIndex },
  ]);
  return { name, index, answer: { Node: { Node: name }, Services: Object.fromEntries(entries) } };
}

describe('createNodesBell', () => {
  const before = [
    aNode({ 'web-1': ['web', 7], 'api-1': ['api', 8] }),
    aNode({ 'web-2': ['web', 9] }, { name: 'node-b' }),
  ];

  it.each<{ change: string; to: readonly NodeAnswer[]; changed: readonly string[] }>([
    { change: 'nothing', to: before.toReversed(), changed: [] },
    {
      change: 'an instance',
      to: [aNode({ 'web-1': ['web', 7], 'api-1': ['api', 11] }), before[1] as NodeAnswer],
      changed: ['api'],
    },
    {
      change: 'an instance that goes',
      to: [aNode({ 'api-1': ['api', 8] }), before[1] as NodeAnswer],
      changed: ['web'],
    },
    {
      change: 'an instance that is of another service now',
      to: [aNode({ 'web-1': ['shop', 11], 'api-1': ['api', 8] }), before[1] as NodeAnswer],
      changed: ['shop', 'web'],
    },
    {
      change: 'a node that comes',
      to: [...before, aNode({ 'shop-1': ['shop', 11] }, { name: 'node-c' })],
      changed: ['shop'],
    },
    { change: 'a node that goes', to: before.slice(0, 1), changed: ['web'] },
    {
      change: 'a node with another address',
      to: [aNode({ 'web-1': ['web', 7], 'api-1': ['api', 8] }, { index: 12 }), before[1] as NodeAnswer],
      changed: ['web', 'api'],
    },
  ])('tells of $change', ({ to, changed }) => {
    const bell = createNodesBell();
    expect(bell(before)).toEqual([]);
    expect(bell(to)).toEqual(changed);
    expect(bell(to)).toEqual([]);
  });

  it('compares all of an instance where there is no index', () => {
    const bell = createNodesBell();
    bell([aNode({ 'web-1': ['web', 0, 80] })]);
    expect([bell([aNode({ 'web-1': ['web', 0, 80] })]), bell([aNode({ 'web-1': ['web', 0, 81] })])]).toEqual([
      [],
      ['web'],
    ]);
  });

  it.each([null, { Node: null, Services: null }])('takes %j for a node with nothing on it', (answer) => {
    const bell = createNodesBell();
    bell(before.slice(1));
    expect(bell([{ name: 'node-b', index: 3, answer }])).toEqual(['web']);
  });
});

describe('parseListedNodes', () => {
  it('reads names and indexes', () => {
    expect(parseListedNodes([{ Node: 'node-a', Address: '192.0.2.1', ModifyIndex: 7 }, { Node: 'node-b' }])).toEqual([
      { name: 'node-a', index: 7 },
      { name: 'node-b', index: 0 },
    ]);
    expect(parseListedNodes(null)).toEqual([]);
    expect(() => parseListedNodes([{}])).toThrow('expected string');
  });
});

describe('changedNames', () => {
  it('are those that are new or have other tags; those that have gone are no longer of interest', () => {
    const before = new Map([
      ['api', ['a', 'b']],
      ['shop', []],
      ['web', ['a']],
    ]);
    const now = new Map([
      ['api', ['a', 'b']],
      ['blog', []],
      ['web', ['a', 'c']],
    ]);
    expect(changedNames(before, now)).toEqual(['blog', 'web']);
  });
});
