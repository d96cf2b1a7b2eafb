import { getEventListeners } from 'node:events';
import { describe, expect, it } from 'vitest';
import { createTrigger } from '../../../src/lib/trigger.ts';
import { settle } from '../../support/fake-clock.ts';

const unending = new AbortController().signal;

describe('Trigger.take', () => {
  it('gives the distinct reasons since the last time, in order', () => {
    const trigger = createTrigger();
    for (const reason of ['b', 'a', 'b']) trigger.wake(reason);
    expect([trigger.take(), trigger.take()]).toEqual([['b', 'a'], []]);
  });

  it('empties the slot', () => {
    const trigger = createTrigger();
    const states = [trigger.isPending()];
    trigger.wake('');
    states.push(trigger.isPending());
    trigger.take();
    states.push(trigger.isPending());
    expect(states).toEqual([false, true, false]);
  });

  it('gives what later wakes do not change', () => {
    const trigger = createTrigger();
    trigger.wake('a');
    const taken = trigger.take();
    trigger.wake('b');
    expect(taken).toEqual(['a']);
  });
});

describe('Trigger.pending', () => {
  it('resolves at once when the slot is filled, and leaves it filled', async () => {
    const trigger = createTrigger();
    trigger.wake('a');
    await trigger.pending(unending);
    await trigger.pending(unending);
    expect(trigger.take()).toEqual(['a']);
  });

  it('resolves for all who wait with the first wake, and not before', async () => {
    const trigger = createTrigger();
    const woken: string[] = [];
    const waits = ['first', 'second'].map((name) => trigger.pending(unending).then(() => woken.push(name)));
    await settle();
    expect(woken).toEqual([]);
    trigger.wake('a');
    await Promise.all(waits);
    expect(woken).toEqual(['first', 'second']);
  });

  it('waits again after a take', async () => {
    const trigger = createTrigger();
    trigger.wake('a');
    trigger.take();
    const woken: string[] = [];
    const wait = trigger.pending(unending).then(() => woken.push('woken'));
    await settle();
    expect(woken).toEqual([]);
    trigger.wake('b');
    await wait;
  });

  it("rejects with the signal's reason when aborted, and lets the others wait on", async () => {
    const trigger = createTrigger();
    const ending = new AbortController();
    const aborted = trigger.pending(ending.signal);
    const waiting = trigger.pending(unending);
    ending.abort('SIGTERM');
    await expect(aborted).rejects.toBe('SIGTERM');
    trigger.wake('a');
    await expect(waiting).resolves.toBeUndefined();
  });

  it('rejects when it was aborted before, even if the slot is filled', async () => {
    const trigger = createTrigger();
    trigger.wake('a');
    await expect(trigger.pending(AbortSignal.abort('SIGTERM'))).rejects.toBe('SIGTERM');
  });

  it('leaves no listener on a signal that outlives the wait', async () => {
    const trigger = createTrigger();
    const ending = new AbortController();
    const waiting = trigger.pending(ending.signal);
    expect(getEventListeners(ending.signal, 'abort')).toHaveLength(1);
    trigger.wake('a');
    await waiting;
    expect(getEventListeners(ending.signal, 'abort')).toEqual([]);
  });
});
