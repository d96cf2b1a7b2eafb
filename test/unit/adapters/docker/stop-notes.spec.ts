import { beforeEach, describe, expect, it } from 'vitest';
import type { InspectedContainer } from '../../../../src/adapters/docker/inspect-schema.ts';
import { createStopNotes, type StopNotes } from '../../../../src/adapters/docker/stop-notes.ts';
import { aContainer } from '../../../support/containers.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';

const STARTED_MS = 1_000_000;
const LATER_MS = STARTED_MS + 5_000;
const web = aContainer({ id: 'web' });

let clock: FakeClock;
let notes: StopNotes;

beforeEach(() => {
  clock = createFakeClock();
  notes = createStopNotes(clock);
});

const inspected = (over: Partial<InspectedContainer> = {}): InspectedContainer => ({
  snapshot: { ...web, startedMs: STARTED_MS },
  stopSignal: undefined,
  stopTimeoutMs: undefined,
  ...over,
});

/** What is believed after a signal. */
function sent(signal: string, over: Partial<InspectedContainer> = {}, timeMs = LATER_MS) {
  notes.note('web', signal, timeMs);
  return notes.stopping(inspected(over));
}

describe('createStopNotes', () => {
  it('believes nothing of a container that was sent nothing', () => {
    notes.note('other', '15', LATER_MS);
    expect(notes.stopping(inspected())).toBeUndefined();
  });

  it.each(['15', '2', '3', '9', 'TERM', 'SIGINT', 'sigquit', 'KILL'])('takes the signal %s for the end', (signal) => {
    expect(sent(signal)).toEqual({ signal, untilMs: 20_000 });
  });

  it.each(['1', '10', 'HUP', 'SIGUSR1', 'WINCH', '28', '37', '', 'nonsense', '15x', '0'])(
    'takes the signal "%s" for no end',
    (signal) => {
      expect(sent(signal)).toBeUndefined();
    },
  );

  it.each([
    { stopSignal: 'SIGWINCH', signal: '28' },
    { stopSignal: 'WINCH', signal: 'SIGWINCH' },
    { stopSignal: '28', signal: '28' },
    { stopSignal: 'sigusr1', signal: '10' },
    { stopSignal: 'SIGRTMIN+3', signal: '37' },
    { stopSignal: 'RTMIN', signal: '34' },
    { stopSignal: 'SIGRTMAX-14', signal: '50' },
    { stopSignal: 'RTMAX', signal: '64' },
    { stopSignal: '37', signal: 'SIGRTMIN+3' },
  ])('takes the signal $signal for the end of a container that is stopped by $stopSignal', ({ stopSignal, signal }) => {
    expect(sent(signal, { stopSignal })).toEqual({ signal, untilMs: 20_000 });
  });

  it('takes TERM for the end of a container that is stopped by another signal too', () => {
    expect(sent('15', { stopSignal: 'SIGWINCH' })).toEqual({ signal: '15', untilMs: 20_000 });
  });

  it.each([
    { timeout: 'without a timeout of its own', stopTimeoutMs: undefined, untilMs: 21_000 },
    { timeout: 'with a timeout of 60 s', stopTimeoutMs: 60_000, untilMs: 71_000 },
    { timeout: 'with a timeout of 0 s', stopTimeoutMs: 0, untilMs: 11_000 },
    { timeout: 'without any timeout', stopTimeoutMs: Number.POSITIVE_INFINITY, untilMs: Number.POSITIVE_INFINITY },
  ])('believes it 10 s longer than Docker waits: $timeout', async ({ stopTimeoutMs, untilMs }) => {
    await clock.advance(1_000);
    expect(sent('15', { stopTimeoutMs })).toEqual({ signal: '15', untilMs });
  });

  it('believes it no longer than that', async () => {
    sent('15');
    await clock.advance(19_999);
    expect(notes.stopping(inspected())).toEqual({ signal: '15', untilMs: 20_000 });
    await clock.advance(1);
    expect(notes.stopping(inspected())).toBeUndefined();
  });

  it('tells the first of several signals as long as it counts', async () => {
    sent('1');
    sent('15');
    await clock.advance(5_000);
    expect(sent('9')).toEqual({ signal: '15', untilMs: 20_000 });
    await clock.advance(15_000);
    expect(notes.stopping(inspected())).toEqual({ signal: '9', untilMs: 25_000 });
  });

  it('believes nothing of what a container was sent before its last start', () => {
    expect(sent('15', {}, STARTED_MS - 1)).toBeUndefined();
    expect(sent('15', {}, STARTED_MS)).toEqual({ signal: '15', untilMs: 20_000 });
    expect(notes.stopping(inspected({ snapshot: { ...web, startedMs: STARTED_MS + 1 } }))).toBeUndefined();
  });

  it('keeps the latest of very many signals', () => {
    for (let sent = 0; sent < 16; sent++) notes.note('web', '15', LATER_MS);
    notes.note('web', '9', LATER_MS);
    for (let sent = 0; sent < 15; sent++) notes.note('web', '1', LATER_MS);
    expect(notes.stopping(inspected())).toEqual({ signal: '9', untilMs: 20_000 });
  });

  it('forgets containers that are gone', () => {
    sent('15');
    notes.forgetAllBut((id) => id === 'web');
    expect(notes.stopping(inspected())).toEqual({ signal: '15', untilMs: 20_000 });
    notes.forgetAllBut((id) => id !== 'web');
    expect(notes.stopping(inspected())).toBeUndefined();
  });
});
