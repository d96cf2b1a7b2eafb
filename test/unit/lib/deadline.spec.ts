import { getEventListeners } from 'node:events';
import { describe, expect, it, vi } from 'vitest';
import { firstOf, withDeadline, withLinkedSignal, withSharedDeadline } from '../../../src/lib/deadline.ts';
import { createDeadlines } from '../../../src/lib/deadlines.ts';
import { PortolanError } from '../../../src/lib/errors.ts';
import { createFakeClock, settle } from '../../support/fake-clock.ts';

/** Does nothing until aborted, and then fails with an error of its own, as a socket does that is cut off. */
function cutOff(signal: AbortSignal): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  signal.addEventListener('abort', () => reject(new Error('socket hang up')));
  return promise;
}

const never = () => new Promise<never>(() => undefined);
const timedOut = new PortolanError('TIMED_OUT', "Docker's answer to GET /info: nothing within 10000 ms");

function aDeadline(signal: AbortSignal = new AbortController().signal) {
  const clock = createFakeClock();
  return { clock, deadlines: createDeadlines(clock), ms: 10_000, what: "Docker's answer to GET /info", signal };
}

describe.each([
  { name: 'withDeadline', run: withDeadline },
  { name: 'withSharedDeadline', run: withSharedDeadline },
])('$name', ({ run }) => {
  it('gives what the work gives in time', async () => {
    const deadline = aDeadline();
    const result = run(deadline, async () => {
      await deadline.clock.sleep(9_999);
      return 'pong';
    });
    await deadline.clock.advance(9_999);
    await expect(result).resolves.toBe('pong');
  });

  it('throws what the work throws', async () => {
    const failure = new Error('refused');
    await expect(run(aDeadline(), () => Promise.reject(failure))).rejects.toBe(failure);
  });

  it.each([
    { does: 'ignores its signal', work: never },
    { does: 'fails in its own way when it is aborted', work: cutOff },
    {
      does: 'gives a half result when it is aborted',
      work: (signal: AbortSignal) => cutOff(signal).catch(() => 'half'),
    },
  ])('throws TIMED_OUT at the deadline when the work $does', async ({ work }) => {
    const deadline = aDeadline();
    const result = run(deadline, work).catch((error: unknown) => error);
    await deadline.clock.advance(10_000);
    await expect(result).resolves.toStrictEqual(timedOut);
  });

  it('aborts the work at the deadline, with the error that it throws', async () => {
    const deadline = aDeadline();
    const reasons: unknown[] = [];
    const result = run(deadline, (signal) => {
      signal.addEventListener('abort', () => reasons.push(signal.reason));
      return never();
    }).catch((error: unknown) => error);
    await deadline.clock.advance(9_999);
    expect(reasons).toEqual([]);
    await deadline.clock.advance(1);
    expect(reasons).toEqual([await result]);
  });

  it("throws the caller's reason when aborted, even if the work ignores its signal", async () => {
    const ending = new AbortController();
    const result = run(aDeadline(ending.signal), never);
    ending.abort('SIGTERM');
    await expect(result).rejects.toBe('SIGTERM');
  });

  it('does not begin when the caller is aborted already', async () => {
    const work = vi.fn(never);
    await expect(run(aDeadline(AbortSignal.abort('SIGTERM')), work)).rejects.toBe('SIGTERM');
    expect(work).not.toHaveBeenCalled();
  });

  it('leaves no rejection behind when the work throws before its first await', async () => {
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    const failure = new Error('bad argument');
    const work = (): Promise<never> => {
      throw failure;
    };
    await expect(run(aDeadline(), work)).rejects.toBe(failure);
    await settle();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});

describe('withSharedDeadline', () => {
  it.each([
    { ends: 'succeeds', work: async () => undefined, aborted: false },
    { ends: 'fails', work: async () => await Promise.reject(new Error('refused')), aborted: true },
  ])('leaves nothing behind when the work $ends: its signal is aborted: $aborted', async ({ work, aborted }) => {
    const ending = new AbortController();
    const deadline = aDeadline(ending.signal);
    const signals: AbortSignal[] = [];
    await withSharedDeadline(deadline, async (own) => {
      signals.push(own);
      await work();
    }).catch(() => undefined);
    await deadline.clock.advance(10_000);
    expect(signals.map((own) => own.aborted)).toEqual([aborted]);
    expect(getEventListeners(ending.signal, 'abort')).toEqual([]);
  });
});

describe('withLinkedSignal', () => {
  it("passes the caller's reason on to the work", async () => {
    const ending = new AbortController();
    const seen = withLinkedSignal(ending.signal, async (own) => {
      ending.abort('SIGTERM');
      return [own.aborted, own.reason];
    });
    await expect(seen).resolves.toEqual([true, 'SIGTERM']);
  });

  it("lets the work abort its own signal and not the caller's", async () => {
    const ending = new AbortController();
    const reason = await withLinkedSignal(ending.signal, async (own, abort) => {
      abort('enough');
      return own.reason as unknown;
    });
    expect([reason, ending.signal.aborted]).toEqual(['enough', false]);
  });

  it.each([
    { ends: 'succeeds', work: async () => undefined },
    { ends: 'fails', work: async () => await Promise.reject(new Error('refused')) },
  ])("aborts the work's signal when the work $ends, and leaves no listener on the caller's", async ({ work }) => {
    const ending = new AbortController();
    const signals: AbortSignal[] = [];
    await withLinkedSignal(ending.signal, async (own) => {
      signals.push(own);
      expect([own.aborted, getEventListeners(ending.signal, 'abort').length]).toEqual([false, 1]);
      await work();
    }).catch(() => undefined);
    expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
    expect(getEventListeners(ending.signal, 'abort')).toEqual([]);
  });
});

describe('firstOf', () => {
  it('gives the first that settles, success or failure', async () => {
    await expect(firstOf(never(), Promise.resolve('a'), Promise.resolve('b'))).resolves.toBe('a');
    await expect(firstOf(never(), Promise.reject(new Error('a')), Promise.resolve('b'))).rejects.toEqual(
      new Error('a'),
    );
  });

  it('lets the others fail unheard', async () => {
    const unhandled = vi.fn<(reason: unknown) => void>();
    process.on('unhandledRejection', unhandled);
    const late = Promise.withResolvers<string>();
    await expect(firstOf(Promise.resolve('a'), late.promise)).resolves.toBe('a');
    late.reject(new Error('too late'));
    await settle();
    process.off('unhandledRejection', unhandled);
    expect(unhandled).not.toHaveBeenCalled();
  });
});
