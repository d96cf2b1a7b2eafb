import { beforeEach, describe, expect, it } from 'vitest';
import type { ContainerSnapshot } from '../../../src/domain/container.ts';
import { createHoldDown, type HoldDown } from '../../../src/registration/hold-down.ts';
import { aContainer } from '../../support/containers.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';

let clock: FakeClock;
let holdDown: HoldDown;
let starts: number;

beforeEach(() => {
  clock = createFakeClock();
  holdDown = createHoldDown(clock);
  starts = 0;
});

/** The containers that are held, and until when. */
const look = (...containers: readonly ContainerSnapshot[]) => Object.fromEntries(holdDown.look(containers));
const run = (over: Partial<ContainerSnapshot> = {}): ContainerSnapshot =>
  aContainer({ id: 'web', startedMs: starts, ...over });

/** The container is started anew after each of these times, and looked at; what each look gave. */
async function startAfter(...waitsMs: readonly number[]): Promise<readonly unknown[]> {
  const looks: unknown[] = [];
  for (const ms of waitsMs) {
    await clock.advance(ms);
    starts += 1;
    looks.push(look(run()));
  }
  return looks;
}

describe('createHoldDown', () => {
  it('holds a container from its fifth start within a minute, for 5 s', async () => {
    expect(await startAfter(0, 1_000, 1_000, 1_000, 1_000)).toEqual([{}, {}, {}, {}, { web: 9_000 }]);
    await clock.advance(4_999);
    expect(look(run())).toEqual({ web: 9_000 });
    await clock.advance(1);
    expect(look(run())).toEqual({});
  });

  it('holds it anew with each further start', async () => {
    await startAfter(0, 1_000, 1_000, 1_000, 1_000);
    expect(await startAfter(4_000, 4_000)).toEqual([{ web: 13_000 }, { web: 17_000 }]);
  });

  it('does not hold one that has run long enough once, until it is started again', async () => {
    await startAfter(0, 1_000, 1_000, 1_000, 1_000);
    await clock.advance(10_000);
    expect(look(run())).toEqual({});
    expect(await startAfter(0)).toEqual([{ web: 19_000 }]);
  });

  it.each([
    { rule: 'five within 59.999 s are too many', lastMs: 14_999, held: { web: 64_999 } },
    { rule: 'five within 60 s are not', lastMs: 15_000, held: {} },
  ])('counts the starts of a minute: $rule', async ({ lastMs, held }) => {
    expect((await startAfter(0, 15_000, 15_000, 15_000, lastMs)).at(-1)).toEqual(held);
  });

  it('counts the starts that its restart policy made between two looks', () => {
    expect([look(run({ restartCount: 2 })), look(run({ restartCount: 6, startedMs: 9 }))]).toEqual([
      {},
      { web: 5_000 },
    ]);
  });

  it.each([
    { rule: 'what had happened before the first look', counts: [7] },
    { rule: 'a count that begins anew with a start by hand', counts: [7, 0] },
    { rule: 'starts that were none, since it began when it did', counts: [0, 7], startedMs: [1, 1] },
  ])('does not count $rule', ({ counts, startedMs = [1, 2] }) => {
    const looks = counts.map((restartCount, i) => look(run({ restartCount, startedMs: startedMs[i] ?? 0 })));
    expect(looks.at(-1)).toEqual({});
  });

  it('looks as often as it likes without that being a start', () => {
    for (let times = 0; times < 20; times++) expect(look(run())).toEqual({});
  });

  it('remembers a container that is away for less than a minute', async () => {
    await startAfter(0, 1_000, 1_000, 1_000);
    await clock.advance(30_000);
    look();
    expect(await startAfter(0)).toEqual([{ web: 38_000 }]);
  });

  it('counts for each container on its own', async () => {
    const other = aContainer({ id: 'other', startedMs: 1 });
    await startAfter(0, 1_000, 1_000, 1_000);
    expect(look(other)).toEqual({});
    await clock.advance(1_000);
    starts += 1;
    expect(look(run(), other, aContainer({ id: 'third', startedMs: 5 }))).toEqual({ web: 9_000 });
  });
});
