import { beforeEach, describe, expect, it } from 'vitest';
import type { Reading, TemplateData } from '../../../src/rendering/contracts.ts';
import type { DataQuery } from '../../../src/rendering/queries.ts';
import { queryText } from '../../../src/rendering/query-text.ts';
import { createRenderer } from '../../../src/rendering/renderer.ts';
import { type Trial, tryTemplate } from '../../../src/rendering/trial.ts';
import { createFakeClock, type FakeClock, settle } from '../../support/fake-clock.ts';

let clock: FakeClock;
let known: Map<string, Reading>;
let wanted: readonly string[];
let change: () => void;
let isFollowing: boolean;

const data: TemplateData = {
  read: <Q extends DataQuery>(query: Q) => (known.get(queryText(query)) ?? { kind: 'pending' }) as Reading<Q>,
  want: (queries) => {
    wanted = queries.map(queryText);
  },
  follow: async (onChange, signal) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    change = onChange;
    isFollowing = true;
    signal.addEventListener('abort', () => resolve(), { once: true });
    await promise;
    isFollowing = false;
  },
};

beforeEach(() => {
  clock = createFakeClock();
  known = new Map();
  wanted = [];
});

function start(text: string, signal = new AbortController().signal) {
  const ended: Trial[] = [];
  const parts = { renderer: createRenderer(text), data, environment: { NAME: 'web' }, clock };
  const trial = tryTemplate(parts, signal).then((outcome) => void ended.push(outcome));
  return { ended, trial };
}

async function tell(text: string, reading: Reading): Promise<void> {
  known.set(text, reading);
  change();
  await settle();
}

describe('tryTemplate', () => {
  it('asks in waves, and renders when all is known', async () => {
    const { ended } = start('{{range key "a" | split ","}}{{key .}} {{end}}{{key_or_default "b" "c"}}');
    await settle();
    expect(wanted).toEqual(['kv.block(a)', 'kv.block(b)']);
    await tell('kv.block(a)', { kind: 'known', answer: 'x,y' });
    expect(wanted).toEqual(['kv.block(a)', 'kv.block(x)', 'kv.block(y)', 'kv.block(b)']);
    await tell('kv.block(b)', { kind: 'known', answer: undefined });
    await tell('kv.block(x)', { kind: 'known', answer: '1' });
    expect(ended).toEqual([]);
    await tell('kv.block(y)', { kind: 'known', answer: '2' });
    expect(ended).toMatchObject([
      { kind: 'rendered', output: '1 2 c', warnings: ['key_or_default is called keyOrDefault now'] },
    ]);
    expect(isFollowing).toBe(false);
  });

  it('needs nobody for a template without data', async () => {
    const { ended, trial } = start('{{env "NAME"}}');
    await trial;
    expect(ended).toMatchObject([{ kind: 'rendered', output: 'web' }]);
  });

  it('ends when a key has no value, or was asked for in vain', async () => {
    const { ended } = start('{{key "a"}}{{key "b"}}');
    await settle();
    await tell('kv.block(a)', { kind: 'known', answer: undefined });
    expect(ended).toEqual([]);
    await tell('kv.block(b)', { kind: 'pending', failure: 'no path to datacenter' });
    expect(ended).toMatchObject([
      { kind: 'waiting', waitingFor: ['kv.block(a)', 'kv.block(b): no path to datacenter'] },
    ]);
  });

  it('ends after 30 s', async () => {
    const { ended } = start('{{key "a"}}');
    await clock.advance(29_999);
    expect(ended).toEqual([]);
    await clock.advance(1);
    expect(ended).toMatchObject([{ kind: 'waiting', waitingFor: ['kv.block(a)'] }]);
  });

  it('ends when the template fails', async () => {
    const { ended } = start('{{index (key "a" | split ",") 5}}');
    await settle();
    await tell('kv.block(a)', { kind: 'known', answer: 'x' });
    expect(ended).toMatchObject([
      { kind: 'failed', error: { reason: expect.stringContaining('index out of range: 5') } },
    ]);
  });

  it('ends when it is told to', async () => {
    const ending = new AbortController();
    const { trial } = start('{{key "a"}}', ending.signal);
    await settle();
    ending.abort(new Error('enough'));
    await expect(trial).rejects.toThrow('enough');
    expect(isFollowing).toBe(false);
  });
});
