import { describe, expect, it } from 'vitest';
import { untilAborted } from '../../../src/lib/until-aborted.ts';
import { settle } from '../../support/fake-clock.ts';

describe('untilAborted', () => {
  it('resolves when the signal is aborted, and not before', async () => {
    const ending = new AbortController();
    let isOver = false;
    const waiting = untilAborted(ending.signal).then(() => {
      isOver = true;
    });
    await settle();
    expect(isOver).toBe(false);
    ending.abort(new Error('over'));
    await waiting;
    expect(isOver).toBe(true);
  });

  it('resolves at once when it has been', async () => {
    await expect(untilAborted(AbortSignal.abort())).resolves.toBeUndefined();
  });
});
