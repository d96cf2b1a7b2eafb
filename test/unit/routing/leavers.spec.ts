import { describe, expect, it } from 'vitest';
import { createLeavers } from '../../../src/routing/leavers.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

const a = { backend: 'web', name: 'a' };
const b = { backend: 'web', name: 'b' };

function createTexts() {
  const clock = createFakeClock();
  const leavers = createLeavers(clock);
  const texts = (...leaving: readonly (typeof a)[]) => leavers.commands(leaving).map(({ text }) => text);
  return { clock, texts };
}

describe('createLeavers', () => {
  it('tries to delete each server that leaves, in order', () => {
    const { texts } = createTexts();
    expect(texts(b, a)).toEqual(['del server web/b', 'del server web/a']);
  });

  it('has nothing to do when none leaves', () => {
    expect(createTexts().texts()).toEqual([]);
  });

  it('lets requests end for 30 s, and then ends them', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(29_999);
    expect(texts(a)).toEqual(['del server web/a']);
    await clock.advance(1);
    expect(texts(a)).toEqual(['shutdown sessions server web/a', 'del server web/a']);
  });

  it('counts the time of each server by itself', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(10_000);
    texts(a, b);
    await clock.advance(20_000);
    expect(texts(a, b)).toEqual(['shutdown sessions server web/a', 'del server web/a', 'del server web/b']);
  });

  it('counts anew when a server has been back in between', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(20_000);
    texts();
    await clock.advance(20_000);
    expect(texts(a)).toEqual(['del server web/a']);
  });

  it('tries only every 30 s what HAProxy will not delete 40 s after it began to leave', async () => {
    const { clock, texts } = createTexts();
    const triedMs: number[] = [];
    for (; clock.monotonicMs() < 120_000; await clock.advance(500)) {
      if (texts(a).length > 0) triedMs.push(clock.monotonicMs());
    }
    const each500 = Array.from({ length: 80 }, (_, i) => i * 500);
    expect(triedMs).toEqual([...each500, 69_500, 99_500]);
  });

  it('ends the requests again with each of these tries', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(39_999);
    expect(texts(a)).toEqual(['shutdown sessions server web/a', 'del server web/a']);
    await clock.advance(29_999);
    expect(texts(a)).toEqual([]);
    await clock.advance(1);
    expect(texts(a)).toEqual(['shutdown sessions server web/a', 'del server web/a']);
  });

  it('tries at once what it could not try for 30 s', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(40_000);
    expect(texts(a)).toEqual(['shutdown sessions server web/a', 'del server web/a']);
    await clock.advance(500);
    expect(texts(a)).toEqual([]);
  });

  it('keeps no other server back for one that HAProxy will not delete', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(39_500);
    texts(a);
    await clock.advance(500);
    expect(texts(a, b)).toEqual(['del server web/b']);
    await clock.advance(500);
    expect(texts(b, a)).toEqual(['del server web/b']);
  });

  it('counts anew also for one that HAProxy would not delete', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(39_500);
    texts(a);
    await clock.advance(500);
    texts();
    expect(texts(a)).toEqual(['del server web/a']);
  });

  it('tells servers of one name in two backends apart', async () => {
    const { clock, texts } = createTexts();
    texts(a);
    await clock.advance(30_000);
    expect(texts({ ...a, backend: 'api' })).toEqual(['del server api/a']);
  });
});
