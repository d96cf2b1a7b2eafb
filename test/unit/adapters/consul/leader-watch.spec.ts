import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { watchLeader } from '../../../../src/adapters/consul/leader-watch.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { asked, createHandDrivenClient, type HandDrivenClient } from '../../../support/hand-driven-client.ts';

let clock: FakeClock;
let client: HandDrivenClient;
let ending: AbortController;
let running: Promise<void>;
let changes: number;

beforeEach(() => {
  clock = createFakeClock();
  client = createHandDrivenClient();
  ending = new AbortController();
  changes = 0;
  const onChange = (): void => {
    changes += 1;
  };
  running = watchLeader({ client, clock }, onChange, ending.signal);
});

afterEach(async () => {
  ending.abort();
  await running;
});

/** The address of a leader, or none; `late` for no answer in time. */
type Answer = string | Error;

/** What each look gives, in turn: a leader, none, no answer in time, or an error. Gives how many changes were told by then. */
async function look(...answers: readonly Answer[]): Promise<number> {
  for (const answer of answers) {
    await clock.advance(5_000);
    const [request] = client.take();
    if (answer === 'late') await clock.advance(2_000);
    if (answer === 'late') request?.fail(new Error('no answer in time'));
    else if (answer instanceof Error) request?.fail(answer);
    else request?.answer(answer);
    await clock.advance(0);
  }
  return changes;
}

const [first, second] = ['10.0.0.1:8300', '10.0.0.2:8300'];
const REFUSED = new Error('refused');

describe('the watch of the leader', () => {
  it('looks every 5 s, and has little patience', async () => {
    await clock.advance(4_999);
    expect(client.take()).toEqual([]);
    await clock.advance(1);
    expect(client.take().map(asked)).toEqual([{ method: 'GET', path: '/status/leader', deadlineMs: 2_000 }]);
  });

  it.each<{ rule: string; answers: readonly Answer[]; told: number }>([
    { rule: 'the first that is seen is no change', answers: [first], told: 0 },
    { rule: 'the same is no change', answers: [first, first, first], told: 0 },
    { rule: 'another one is', answers: [first, second, second], told: 1 },
    { rule: 'and back again', answers: [first, second, first], told: 2 },
    { rule: 'none is no change', answers: [first, '', ''], told: 0 },
    { rule: 'the same one after none is no change', answers: [first, '', first], told: 0 },
    { rule: 'another one after none is', answers: [first, '', second], told: 1 },
    { rule: 'an error is no change, and the same one after it neither', answers: [first, REFUSED, first], told: 0 },
    { rule: 'the same one after no answer in time is a change', answers: [first, 'late', first, first], told: 1 },
    { rule: 'also when errors follow', answers: [first, 'late', REFUSED, first, first], told: 1 },
    { rule: 'also when nothing was known before', answers: ['late', first, first], told: 1 },
    { rule: 'what is no name is none', answers: [first, [] as unknown as string, first], told: 0 },
  ])('$rule', async ({ answers, told }) => {
    expect(await look(...answers)).toBe(told);
  });
});
