import { beforeEach, describe, expect, it } from 'vitest';
import { createProbation, type Probation } from '../../../src/registration/probation.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let probation: Probation;

beforeEach(() => {
  clock = createFakeClock();
  probation = createProbation(clock);
});

describe('createProbation', () => {
  it('lets a service go at once when this process has seen its container', () => {
    probation.alive(['a']);
    expect(probation.isRemovable('a')).toBe(true);
  });

  it('keeps a service that it never saw alive until two looks at least 2 s apart have missed it', async () => {
    const answers: boolean[] = [];
    for (const ms of [0, 1_000, 999, 1, 60_000]) {
      await clock.advance(ms);
      answers.push(probation.isRemovable('a'));
    }
    expect(answers).toEqual([false, false, false, true, true]);
  });

  it('does not count the time before the first look', async () => {
    await clock.advance(60_000);
    expect(probation.isRemovable('a')).toBe(false);
  });

  it('counts for each service on its own', async () => {
    probation.isRemovable('a');
    await clock.advance(2_000);
    expect([probation.isRemovable('a'), probation.isRemovable('b')]).toEqual([true, false]);
  });

  it('starts anew with a service that is gone', async () => {
    probation.alive(['a']);
    probation.isRemovable('b');
    await clock.advance(2_000);
    probation.removed('a');
    probation.removed('b');
    expect([probation.isRemovable('a'), probation.isRemovable('b')]).toEqual([false, false]);
  });
});
