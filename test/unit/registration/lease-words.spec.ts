import { describe, expect, it } from 'vitest';
import type { CheckVerdict, RegistryState } from '../../../src/registration/contracts.ts';
import { FAREWELL, isNewer, nameOf, type Process, witnessOf, wordsOf } from '../../../src/registration/lease-words.ts';
import { aRegistryState } from '../../support/registry-state.ts';
import { aRegistration } from '../../support/services.ts';

const me: Process = { instance: 'a1', since: '2027-01-15T08:00:00.000Z' };
const other: Process = { instance: 'b2', since: '2027-01-15T08:00:01.000Z' };
const NOTHING = { claimant: undefined, speaker: undefined, isOurs: false, isAlive: false, ttlMs: 60_000 };

/** A registry in which Portolan's own service of this host says this. */
function saying(
  verdict: CheckVerdict,
  { claim, ttlMs = 60_000 }: { claim?: string; ttlMs?: number } = {},
): RegistryState {
  const meta: Record<string, string> = claim === undefined ? {} : { 'portolan-instance': claim };
  return aRegistryState([aRegistration({ id: 'portolan:node-a', meta }, { verdict, ttlMs })]);
}

describe('wordsOf', () => {
  it('begin with the word that routers read, and name the process', () => {
    expect(wordsOf(me)).toEqual({
      status: 'passing',
      output: 'running: instance a1 since 2027-01-15T08:00:00.000Z',
    });
  });
});

describe('isNewer', () => {
  it.each([
    { rule: 'began later', a: other, b: me, is: true },
    { rule: 'began earlier', a: me, b: other, is: false },
    { rule: 'began with it, and has the higher name', a: { ...other, since: me.since }, b: me, is: true },
    { rule: 'began with it, and has the lower name', a: me, b: { ...other, since: me.since }, is: false },
    { rule: 'is the same', a: me, b: me, is: false },
  ])('is $is for a process that $rule', ({ a, b, is }) => {
    expect(isNewer(a, b)).toBe(is);
  });
});

describe('witnessOf', () => {
  it('is nobody where Portolan is not registered', () => {
    expect(witnessOf(aRegistryState([]), 'node-a', me)).toEqual(NOTHING);
  });

  it('is nobody where the Portolan of another host is', () => {
    expect(witnessOf(saying(wordsOf(other), { claim: nameOf(other) }), 'node-b', me)).toEqual(NOTHING);
  });

  it('is the other process that spoke last', () => {
    expect(witnessOf(saying(wordsOf(other)), 'node-a', me)).toEqual({ ...NOTHING, speaker: other, isAlive: true });
  });

  it('is the other process that has claimed the host', () => {
    expect(witnessOf(saying(wordsOf(me), { claim: nameOf(other) }), 'node-a', me)).toEqual({
      ...NOTHING,
      claimant: other,
      isOurs: true,
      isAlive: true,
    });
  });

  it('is nobody but we', () => {
    expect(witnessOf(saying(wordsOf(me), { claim: nameOf(me) }), 'node-a', me)).toEqual({
      ...NOTHING,
      isOurs: true,
      isAlive: true,
    });
  });

  it.each([
    { rule: 'has said farewell', verdict: FAREWELL },
    { rule: 'is silent for too long', verdict: { status: 'critical', output: 'TTL expired' } as const },
  ])('is nobody alive when it $rule', ({ verdict }) => {
    expect(witnessOf(saying(verdict), 'node-a', me)).toEqual(NOTHING);
  });

  it('is somebody alive whose words have been lost', () => {
    expect(witnessOf(saying({ status: 'passing', output: '' }), 'node-a', me)).toEqual({ ...NOTHING, isAlive: true });
  });

  it.each([
    'instance b2 since 2027-01-15T08:00:01.000Z or so',
    'instance b2',
    'instance b2 since zzz',
    'since 2027-01-15T08:00:01.000Z',
    'instance b2 since 2027-x',
  ])('is nobody by words that nobody says: %s', (text) => {
    expect(witnessOf(saying({ status: 'passing', output: text }, { claim: text }), 'node-a', me)).toEqual({
      ...NOTHING,
      isAlive: true,
    });
  });

  it('tells the TTL with which Portolan is registered', () => {
    expect(witnessOf(saying(wordsOf(me), { ttlMs: 480_000 }), 'node-a', me).ttlMs).toBe(480_000);
  });
});
