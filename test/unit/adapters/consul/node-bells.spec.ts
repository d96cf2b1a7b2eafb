import { beforeEach, describe, expect, it } from 'vitest';
import {
  createNodeListBell,
  createNodesBell,
  type NodesBell,
  parseListedNodes,
  type SeenNode,
  seenInstances,
} from '../../../../src/adapters/consul/node-bells.ts';

type Services = Readonly<Record<string, readonly [service: string, index: number, port?: number]>>;

function answerWith(services: Services): unknown {
  const entries = Object.entries(services).map(([id, [Service, ModifyIndex, Port = 80]]) => [
    id,
    { ID: id, Service, Port, ModifyIndex },
  ]);
  return { Node: { Node: 'node-a' }, Services: Object.fromEntries(entries) };
}

function aNode(services: Services, { name = 'node-a', index = 3 } = {}): SeenNode {
  return { name, index, instances: seenInstances(answerWith(services)) };
}

describe('createNodesBell', () => {
  const [a, b] = [
    aNode({ 'web-1': ['web', 7], 'api-1': ['api', 8] }),
    aNode({ 'web-2': ['web', 9] }, { name: 'node-b' }),
  ];
  let bell: NodesBell;

  /** What it says of these nodes, one after another, and at the end. */
  const say = (...nodes: readonly SeenNode[]): readonly string[] => [
    ...nodes.flatMap((node) => bell.see(node)),
    ...bell.end(new Set(nodes.map(({ name }) => name))),
  ];

  beforeEach(() => {
    bell = createNodesBell();
  });

  it.each<{ change: string; to: readonly SeenNode[]; changed: readonly string[] }>([
    { change: 'nothing', to: [b, a], changed: [] },
    { change: 'an instance', to: [aNode({ 'web-1': ['web', 7], 'api-1': ['api', 11] }), b], changed: ['api'] },
    { change: 'an instance that goes', to: [aNode({ 'api-1': ['api', 8] }), b], changed: ['web'] },
    {
      change: 'an instance that is of another service now',
      to: [aNode({ 'web-1': ['shop', 11], 'api-1': ['api', 8] }), b],
      changed: ['shop', 'web'],
    },
    {
      change: 'a node that comes',
      to: [a, b, aNode({ 'shop-1': ['shop', 11] }, { name: 'node-c' })],
      changed: ['shop'],
    },
    { change: 'a node that goes', to: [a], changed: ['web'] },
    {
      change: 'a node with another address',
      to: [aNode({ 'web-1': ['web', 7], 'api-1': ['api', 8] }, { index: 12 }), b],
      changed: ['web', 'api'],
    },
  ])('tells of $change', ({ to, changed }) => {
    expect(say(a, b)).toEqual([]);
    expect(say(...to)).toEqual(changed);
    expect(say(...to)).toEqual([]);
  });

  it('says nothing of any node before all were seen once', () => {
    bell.see(a);
    expect(bell.see(aNode({}))).toEqual([]);
  });

  it('compares all of an instance where there is no index', () => {
    say(aNode({ 'web-1': ['web', 0, 80] }));
    expect([say(aNode({ 'web-1': ['web', 0, 80] })), say(aNode({ 'web-1': ['web', 0, 81] }))]).toEqual([[], ['web']]);
  });
});

describe('seenInstances', () => {
  it.each([null, undefined, { Node: null, Services: null }, {}])('takes %j for nothing on the node', (answer) => {
    expect(seenInstances(answer)).toEqual(new Map());
  });

  it.each([
    { answer: [], message: 'Invalid input: expected object at answer' },
    { answer: { Services: { 'web-1': { Service: 1 } } }, message: 'Invalid input: expected string at web-1.Service' },
  ])('fails for what is no node: $message', ({ answer, message }) => {
    expect(() => seenInstances(answer)).toThrow(new Error(message));
  });
});

describe('createNodeListBell', () => {
  const node = (name: string, index: number, address = '192.0.2.1') => ({
    ...{ ID: `id-${name}`, Node: name, Address: address, ModifyIndex: index },
    ...{ TaggedAddresses: { lan: address }, Meta: null },
  });

  it('names all nodes, and says what those that are new or other say of themselves', () => {
    const bell = createNodeListBell();
    expect(bell([node('a', 1), node('b', 2)])).toEqual({ names: new Set(['a', 'b']), changed: [] });
    expect(bell([node('a', 1), node('b', 7, '192.0.2.9'), node('c', 8)])).toEqual({
      names: new Set(['a', 'b', 'c']),
      changed: [
        { name: 'b', id: 'id-b', address: '192.0.2.9', taggedAddresses: { lan: '192.0.2.9' }, meta: {} },
        { name: 'c', id: 'id-c', address: '192.0.2.1', taggedAddresses: { lan: '192.0.2.1' }, meta: {} },
      ],
    });
    expect(bell([node('a', 1)])).toEqual({ names: new Set(['a']), changed: [] });
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
