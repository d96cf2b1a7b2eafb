import { describe, expect, it } from 'vitest';
import { inParallel } from '../../../../src/adapters/docker/parallel.ts';
import { settle } from '../../../support/fake-clock.ts';

describe('inParallel', () => {
  it('begins in order, so many at a time', async () => {
    const begun: number[] = [];
    const gates = Array.from({ length: 5 }, () => Promise.withResolvers<void>());
    const all = inParallel([0, 1, 2, 3, 4], 2, async (i) => {
      begun.push(i);
      await gates[i]?.promise;
    });
    await settle();
    expect(begun).toEqual([0, 1]);
    gates[1]?.resolve();
    await settle();
    expect(begun).toEqual([0, 1, 2]);
    for (const { resolve } of gates) resolve();
    await all;
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it('begins nothing after a failure, and throws it', async () => {
    const begun: number[] = [];
    const gate = Promise.withResolvers<void>();
    const failure = new Error('broken');
    const all = inParallel([0, 1, 2, 3], 2, async (i) => {
      begun.push(i);
      if (i === 0) throw failure;
      await gate.promise;
    });
    await expect(all).rejects.toBe(failure);
    gate.resolve();
    await settle();
    expect(begun).toEqual([0, 1]);
  });

  it('has nothing to do for no items', async () => {
    await expect(inParallel([], 8, async () => Promise.reject(new Error('no')))).resolves.toBeUndefined();
  });
});
