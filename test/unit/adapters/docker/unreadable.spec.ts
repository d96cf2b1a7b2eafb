import { beforeEach, describe, expect, it } from 'vitest';
import { createUnreadable, type Failure, type Unreadable } from '../../../../src/adapters/docker/unreadable.ts';
import { PortolanError } from '../../../../src/lib/errors.ts';
import { createFakeClock, type FakeClock } from '../../../support/fake-clock.ts';
import { createRecordingLog, type RecordingLog } from '../../../support/recording-log.ts';

const error = new PortolanError('DOCKER_REFUSED', 'it is broken');
const web = { id: 'a', name: 'web', state: 'running', fingerprint: '1' };

let clock: FakeClock;
let log: RecordingLog;
let unreadable: Unreadable;

beforeEach(() => {
  clock = createFakeClock();
  log = createRecordingLog();
  unreadable = createUnreadable({ clock, log, random: () => 0.5 });
});

const fail = (over: Partial<Failure> = {}, container = web) =>
  unreadable.failed(container, { error, isOwnFault: false, isKnown: false, ...over });
const warning = (consequence: string) => ({
  level: 'warn',
  message: 'docker: a container cannot be read',
  facts: { container: 'web', id: 'a', consequence, code: 'DOCKER_REFUSED', error: 'it is broken' },
});

describe('createUnreadable', () => {
  it('lets a container rest from its second failure on, ever longer up to a minute', () => {
    expect(Array.from({ length: 9 }, () => fail())).toEqual([
      0, 750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000,
    ]);
  });

  it('lets it rest at once where it is its own fault', () => {
    expect(Array.from({ length: 3 }, () => fail({ isOwnFault: true }))).toEqual([750, 1_500, 3_000]);
  });

  it('says once what follows, and once when it is over', () => {
    fail();
    expect(log.lines).toEqual([]);
    fail();
    fail();
    expect(log.lines).toEqual([warning('is left out')]);
    unreadable.readable('a');
    unreadable.readable('a');
    expect(log.lines.slice(1)).toEqual([
      { level: 'info', message: 'docker: a container can be read again', facts: { container: 'web', id: 'a' } },
    ]);
    fail({ isOwnFault: true, isKnown: true });
    expect(log.lines.slice(2)).toEqual([warning('stays as it was last seen')]);
  });

  it('says nothing of a container that failed once, or is gone', () => {
    fail();
    unreadable.readable('a');
    fail();
    unreadable.forget('a');
    expect(fail()).toBe(0);
    expect(log.lines).toEqual([]);
  });

  it('knows which container rests: one that is listed as before, until its time is over', async () => {
    fail();
    expect(unreadable.isResting(web)).toBe(false);
    fail();
    expect(unreadable.isResting(web)).toBe(true);
    expect(unreadable.isResting({ ...web, fingerprint: '2' })).toBe(false);
    expect(unreadable.isResting({ ...web, id: 'b' })).toBe(false);
    await clock.advance(749);
    expect(unreadable.isResting(web)).toBe(true);
    await clock.advance(1);
    expect(unreadable.isResting(web)).toBe(false);
  });

  it("gives the errors that may be Docker's", () => {
    fail();
    fail({ isOwnFault: true }, { ...web, id: 'b' });
    expect(unreadable.errors()).toEqual([error]);
    expect([...unreadable.ids()]).toEqual(['a', 'b']);
  });
});
