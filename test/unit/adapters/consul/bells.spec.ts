import { describe, expect, it } from 'vitest';
import {
  type BellNews,
  changedNames,
  checkNews,
  createChecksBell,
  isTold,
  seenChecks,
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

  it.each([
    { answer: {}, message: 'Invalid input: expected array' },
    { answer: ['web'], message: 'Invalid input: expected object at 0' },
    { answer: [OF_WEB, { ...OF_WEB, Node: 1 }], message: 'Invalid input: expected string at 1.Node' },
    { answer: [{ ...OF_WEB, CheckID: undefined }], message: 'Invalid input: expected string at 0.CheckID' },
    { answer: [{ ...OF_WEB, ModifyIndex: '7' }], message: 'Invalid input: expected number at 0.ModifyIndex' },
  ])('fails for what is no list of checks: $message', ({ answer, message }) => {
    expect(() => createChecksBell()(answer)).toThrow(new Error(message));
  });
});

describe('checkNews', () => {
  it('names what came, went or changed between two answers', () => {
    const [before, now] = [
      [OF_WEB, OF_API, OF_NODE],
      [{ ...OF_WEB, ModifyIndex: 8 }, OF_NODE],
    ].map(seenChecks);
    expect(before && now && checkNews(before, now)).toEqual({ services: ['web', 'api'], nodes: [] });
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

describe('isTold', () => {
  it.each<{ change: string; now: readonly (readonly [string, readonly string[]])[]; told: boolean }>([
    { change: 'nothing in it', now: [['web', ['a']]], told: false },
    {
      change: 'a service that comes',
      now: [
        ['web', ['a']],
        ['api', []],
      ],
      told: true,
    },
    { change: 'a service that goes', now: [], told: true },
    { change: 'a tag', now: [['web', ['a', 'b']]], told: true },
  ])('is what a list tells by itself: $change', ({ now, told }) => {
    expect(isTold(new Map([['web', ['a']]]), new Map(now))).toBe(told);
  });
});
