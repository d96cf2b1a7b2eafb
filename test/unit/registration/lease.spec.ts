import { beforeEach, describe, expect, it } from 'vitest';
import type { CheckVerdict, RegistryState } from '../../../src/registration/contracts.ts';
import { createLease, type Lease } from '../../../src/registration/lease.ts';
import { FAREWELL, nameOf, type Process, wordsOf } from '../../../src/registration/lease-words.ts';
import { createFakeClock, type FakeClock } from '../../support/fake-clock.ts';
import { aRegistryState } from '../../support/registry-state.ts';
import { aRegistration } from '../../support/services.ts';

const T0 = '2027-01-15T08:00:00.000Z';
const me: Process = { instance: 'me', since: T0 };
const elder: Process = { instance: 'elder', since: '2027-01-15T07:00:00.000Z' };
const newer: Process = { instance: 'newer', since: '2027-01-15T08:00:01.000Z' };
const expired: CheckVerdict = { status: 'critical', output: 'TTL expired' };
const NOBODY = aRegistryState([]);

/** A registry in which this is the last word, and this the claim. */
function saying(words: Process | CheckVerdict, claimant?: Process, ttlMs = 60_000): RegistryState {
  const verdict = 'instance' in words ? wordsOf(words) : words;
  const meta: Record<string, string> = claimant === undefined ? {} : { 'portolan-instance': nameOf(claimant) };
  return aRegistryState([aRegistration({ id: 'portolan:node-a', meta }, { verdict, ttlMs })]);
}

const passive = (rival: Process) => ({ kind: 'passive', rival: nameOf(rival) });
const writing = { kind: 'writing' };

let clock: FakeClock;
let lease: Lease;

beforeEach(async () => {
  clock = createFakeClock();
  lease = createLease(clock, 'me');
});

const look = (registry: RegistryState) => lease.look(registry, 'node-a');
const wrote = (registry: RegistryState) => lease.wrote(registry, 'node-a');

/** The first look has found this, and our words stand since. */
function start(found: RegistryState = NOBODY, written: RegistryState = saying(me)): void {
  look(found);
  wrote(written);
}

/** Started, and nobody has covered our words. */
async function settle(): Promise<void> {
  start();
  await clock.advance(30_000);
  look(saying(me));
}

describe('createLease, at the start', () => {
  it('writes, and names itself by the time at which it began', () => {
    expect([look(NOBODY), lease.verdict(), lease.claim()]).toEqual([
      writing,
      { status: 'passing', output: `running: instance me since ${T0}` },
      undefined,
    ]);
  });

  it('listens until its own words have stood for half a TTL, and then looks again', async () => {
    look(NOBODY);
    expect([lease.isListening(), lease.lookAgainAtMs()]).toEqual([true, undefined]);
    await clock.advance(1_000);
    wrote(saying(me));
    expect([lease.isListening(), lease.lookAgainAtMs()]).toEqual([true, 31_000]);
    await clock.advance(29_999);
    look(saying(me));
    expect(lease.isListening()).toBe(true);
    await clock.advance(1);
    expect([look(saying(me)), lease.isListening(), lease.lookAgainAtMs()]).toEqual([writing, false, undefined]);
  });

  it('listens longer where the TTL is longer', () => {
    start(NOBODY, saying(me, undefined, 480_000));
    expect(lease.lookAgainAtMs()).toBe(240_000);
  });

  it('counts from the first time that its words stood', async () => {
    start();
    await clock.advance(10_000);
    look(saying(me));
    wrote(saying(me));
    expect(lease.lookAgainAtMs()).toBe(30_000);
  });

  it.each([
    { rule: 'nobody is registered', state: NOBODY },
    { rule: 'our words have not come through', state: saying(elder) },
    { rule: 'the check has said nothing', state: saying({ status: 'passing', output: '' }) },
  ])('does not begin to count while $rule', async ({ state }) => {
    start(state, state);
    await clock.advance(3_600_000);
    expect([look(state), lease.isListening(), lease.lookAgainAtMs()]).toEqual([writing, true, undefined]);
  });

  it.each([
    { rule: 'a first registration carries none', state: saying({ status: 'passing', output: '' }) },
    { rule: 'a predecessor has said farewell over them', state: saying(FAREWELL) },
    { rule: 'the registry has lost them', state: NOBODY },
  ])('says its words again and listens again where they do not stand: $rule', async ({ state }) => {
    start();
    await clock.advance(30_000);
    expect([look(state), lease.isListening(), lease.lookAgainAtMs()]).toEqual([writing, true, undefined]);
    wrote(saying(me));
    expect(lease.lookAgainAtMs()).toBe(60_000);
  });

  it.each([
    { whose: 'of a dead elder one', found: saying(elder) },
    { whose: 'of a dead one that began in our future, before a clock was set back', found: saying(newer) },
    { whose: 'of one that had claimed the host', found: saying(elder, elder) },
    { whose: 'that say farewell', found: saying(FAREWELL) },
  ])('claims nothing for words $whose, as long as they do not come back', async ({ found }) => {
    start(found);
    await clock.advance(30_000);
    expect([look(saying(me)), lease.claim(), lease.isListening()]).toEqual([writing, undefined, false]);
  });
});

describe('createLease, an elder process that lives', () => {
  it('is found by its words over ours, and loses the host by a claim', async () => {
    start(saying(elder));
    await clock.advance(30_000);
    expect(look(saying(elder))).toEqual({ kind: 'writing', rival: { name: nameOf(elder), hasEnded: false } });
    expect([lease.claim(), lease.isListening(), lease.lookAgainAtMs()]).toEqual([nameOf(me), false, undefined]);
  });

  it('is found as soon as anybody looks', async () => {
    start(saying(elder));
    await clock.advance(1_000);
    look(saying(elder));
    expect(lease.claim()).toBe(nameOf(me));
  });

  it('is found when nobody was there at the start', () => {
    start();
    look(saying(elder));
    expect(lease.claim()).toBe(nameOf(me));
  });

  it('is found when it wakes up later, after its words have come back over ours', async () => {
    await settle();
    look(saying(elder));
    expect([lease.claim(), lease.isListening()]).toEqual([undefined, true]);
    wrote(saying(me));
    expect(lease.lookAgainAtMs()).toBe(60_000);
    look(saying(elder));
    expect(lease.claim()).toBe(nameOf(me));
  });

  it('is not believed by a claim of former times', async () => {
    await settle();
    expect([look(saying(me, elder)), lease.claim()]).toEqual([writing, undefined]);
  });

  it('keeps the claim against it, whoever of both spoke last', async () => {
    start(saying(elder));
    look(saying(elder));
    await clock.advance(3_600_000);
    const standing = { kind: 'writing', rival: { name: nameOf(elder), hasEnded: false } };
    expect([look(saying(elder, me)), look(saying(me, me)), look(saying(FAREWELL, me))]).toEqual([
      standing,
      standing,
      standing,
    ]);
    expect([lease.claim(), lease.isListening()]).toEqual([nameOf(me), false]);
  });
});

describe('createLease, a newer process that lives', () => {
  it.each([
    { rule: 'its claim is found', state: saying(me, newer) },
    { rule: 'its words are', state: saying(newer) },
    { rule: 'both are', state: saying(newer, newer) },
  ])('gives way when $rule', async ({ state }) => {
    await settle();
    expect([look(state), lease.claim()]).toEqual([passive(newer), undefined]);
  });

  it('gives way while it listens, when its words are covered by newer ones', () => {
    start(saying(newer));
    expect(look(saying(newer))).toEqual(passive(newer));
  });

  it('gives way, and looks more often where the TTL is short', () => {
    start();
    look(saying(newer, newer, 8_000));
    expect(lease.lookAgainAtMs()).toBe(1_000);
  });

  it('does not give way to a claim without heartbeats', async () => {
    await settle();
    expect(look(saying(expired, newer))).toEqual(writing);
  });

  it('gives way though it had claimed the host itself', () => {
    start(saying(elder));
    look(saying(elder));
    expect([look(saying(newer, newer)), lease.claim()]).toEqual([passive(newer), undefined]);
  });
});

describe('createLease, passive', () => {
  beforeEach(async () => {
    await settle();
    look(saying(newer, newer));
  });

  it('looks every 5 s, however often it is asked between', async () => {
    const times: (number | undefined)[] = [lease.lookAgainAtMs()];
    for (const ms of [1_000, 3_999, 1, 6_000]) {
      await clock.advance(ms);
      look(saying(newer, newer));
      times.push(lease.lookAgainAtMs());
    }
    expect(times).toEqual([35_000, 35_000, 35_000, 40_000, 46_000]);
  });

  it('stays so for as long as the newer one speaks', async () => {
    await clock.advance(3_600_000);
    expect([look(saying(newer)), lease.isListening()]).toEqual([passive(newer), false]);
  });

  it.each([
    { rule: 'says farewell', state: saying(FAREWELL, newer) },
    { rule: 'is silent for a TTL', state: saying(expired, newer) },
    { rule: 'has left', state: NOBODY },
    { rule: 'is replaced by an elder one', state: saying(elder) },
  ])('takes over, with a claim of its own, when the newer one $rule', async ({ state }) => {
    await clock.advance(5_000);
    expect(look(state)).toEqual({ kind: 'writing', rival: { name: nameOf(newer), hasEnded: true } });
    const now = { instance: 'me', since: '2027-01-15T08:00:35.000Z' };
    expect([lease.claim(), lease.verdict(), lease.lookAgainAtMs()]).toEqual([nameOf(now), wordsOf(now), undefined]);
  });

  it('takes over by a claim that is newer even than one from our future', async () => {
    const future = { instance: 'newer', since: '2027-01-15T10:00:00.000Z' };
    look(saying(future));
    look(saying(expired, future));
    expect(lease.claim()).toBe('instance me since 2027-01-15T10:00:00.001Z');
  });

  it('gives way again to one that claims the host after that', async () => {
    await clock.advance(5_000);
    look(saying(expired, newer));
    const again = { instance: 'newer', since: '2027-01-15T08:00:40.000Z' };
    expect(look(saying(again, again))).toEqual(passive(again));
  });
});

describe('createLease, a claim without words', () => {
  it('is believed for three eighths of a TTL: whoever lives speaks within a quarter', async () => {
    await settle();
    look(saying(me, newer));
    await clock.advance(22_499);
    expect(look(saying(me, newer))).toEqual(passive(newer));
    await clock.advance(1);
    expect(look(saying(me, newer))).toEqual({ kind: 'writing', rival: { name: nameOf(newer), hasEnded: true } });
  });

  it('is believed for as long as the words come that belong to it', async () => {
    await settle();
    look(saying(me, newer));
    await clock.advance(60_000);
    expect(look(saying(newer, newer))).toEqual(passive(newer));
  });
});
