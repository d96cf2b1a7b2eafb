import { afterEach, describe, expect, it } from 'vitest';
import type { RenderTarget } from '../../../src/rendering/runner-contracts.ts';
import { createStatusBoard } from '../../../src/rendering/status-board.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { type RunnerWorld, startRunner } from '../../support/runner-world.ts';

let world: RunnerWorld | undefined;

afterEach(async () => await world?.stop());

const T0 = { template: 't0', destination: '/t0' };
const START = '2027-01-15T08:00:00.000Z';

describe('the status of templates', () => {
  it('is that of waiting before anything is known, and names what they wait for', async () => {
    world = startRunner([{}]);
    await world.set({ kind: 'waiting', waitsFor: ['kv.block(app/x)'] });
    expect(world.status()).toEqual([{ ...T0, state: 'waiting', waitsFor: ['kv.block(app/x)'] }]);
  });

  it('says when a file was written, also while its template waits again', async () => {
    world = startRunner([{}]);
    await world.set('a');
    expect(world.status()).toEqual([{ ...T0, state: 'rendered', writtenAt: START }]);
    await world.set({ kind: 'waiting', waitsFor: ['kv.block(app/y)'] });
    expect(world.status()).toEqual([{ ...T0, state: 'waiting', waitsFor: ['kv.block(app/y)'], writtenAt: START }]);
  });

  it('is that of waiting until the file is written', async () => {
    const board = createStatusBoard(
      [{ name: 't0', output: { destination: '/t0' } } as RenderTarget],
      createFakeClock(),
    );
    board.evaluated(0, { kind: 'rendered', text: 'a' });
    expect(board.templates()).toEqual([{ ...T0, state: 'waiting', waitsFor: [] }]);
    board.written(0, { kind: 'written' });
    expect(board.templates()).toEqual([{ ...T0, state: 'rendered', writtenAt: START }]);
  });

  it('names no time for a file that was right already', async () => {
    world = startRunner([{}], { files: { '/t0': 'a' } });
    await world.set('a');
    expect(world.status()).toEqual([{ ...T0, state: 'rendered' }]);
  });

  it('gives the reason of a template that failed, until it is well', async () => {
    world = startRunner([{}]);
    await world.set({ kind: 'failed', reason: 'no such key' });
    expect(world.status()).toEqual([{ ...T0, state: 'failed', reason: 'no such key' }]);
    await world.set('a');
    expect(world.status()).toEqual([{ ...T0, state: 'rendered', writtenAt: START }]);
  });

  it('gives the reason why a file was not replaced, and is of each template its own', async () => {
    world = startRunner([{}, {}]);
    world.failing.add('/t0');
    await world.set('a', 'b');
    expect(world.status()).toEqual([
      { ...T0, state: 'failed', reason: expect.stringContaining('/t0') },
      { template: 't1', destination: '/t1', state: 'rendered', writtenAt: START },
    ]);
    world.failing.clear();
    await world.clock.advance(1_000);
    expect(world.status()[0]).toEqual({ ...T0, state: 'rendered', writtenAt: '2027-01-15T08:00:01.000Z' });
  });
});
