import { describe, expect, it } from 'vitest';
import type { CheckVerdict, ServiceRegistration } from '../../../src/registration/contracts.ts';
import { NOTHING, plan } from '../../support/plans.ts';
import { aRegistryState } from '../../support/registry-state.ts';
import { aRegistration } from '../../support/services.ts';

describe('planRegistration, the TTL of the container check', () => {
  const [short, long] = [aRegistration(), aRegistration({}, { ttlMs: 120_000 })];
  const renewed = (registration: ServiceRegistration) => ({
    ...NOTHING,
    register: [{ registration, reason: 'has another TTL', isReplacement: true }],
  });

  it.each([
    {
      rule: 'grows with the number of services',
      wants: long,
      has: short,
      isTtlGiven: false,
      gives: renewed(long),
    },
    { rule: 'is then as it should be', wants: long, has: long, isTtlGiven: false, gives: NOTHING },
    { rule: 'never shrinks with it', wants: short, has: long, isTtlGiven: false, gives: NOTHING },
    { rule: 'grows to what is given', wants: long, has: short, isTtlGiven: true, gives: renewed(long) },
    { rule: 'shrinks to what is given', wants: short, has: long, isTtlGiven: true, gives: renewed(short) },
  ])('$rule', ({ wants, has, isTtlGiven, gives }) => {
    expect(plan([wants], aRegistryState([has]), { isTtlGiven })).toEqual(gives);
  });

  it('stays the longer one over a registration for another reason', () => {
    expect(plan([short], aRegistryState([long], { port: 80 }))).toEqual({
      ...NOTHING,
      register: [{ registration: long, reason: 'was changed by somebody else', isReplacement: true }],
    });
  });

  it('is what is given after a registration for another reason', () => {
    expect(plan([short], aRegistryState([long], { port: 80 }), { isTtlGiven: true }).register).toEqual([
      { registration: short, reason: 'was changed by somebody else', isReplacement: true },
    ]);
  });

  it('is renewed later for those that may not yet, in the order of the services', () => {
    const ids = ['a', 'b', 'c'];
    const wants = ids.map((id) => aRegistration({ id }, { ttlMs: 120_000 }));
    let allowed = 2;
    expect(
      plan(wants, aRegistryState(ids.map((id) => aRegistration({ id }))), { mayRenew: () => allowed-- > 0 }),
    ).toEqual({
      ...NOTHING,
      register: wants
        .slice(0, 2)
        .map((registration) => ({ registration, reason: 'has another TTL', isReplacement: true })),
      renewalsLeft: 1,
    });
  });

  it('delays no news of the containers whose renewal waits', () => {
    const verdict: CheckVerdict = { status: 'critical', output: 'unhealthy: its HEALTHCHECK fails' };
    const wants = aRegistration({}, { ttlMs: 120_000, verdict });
    expect(plan([wants], aRegistryState([short]), { mayRenew: () => false })).toEqual({
      ...NOTHING,
      report: [{ checkId: 'node-a:web.1:80:container', verdict }],
      renewalsLeft: 1,
    });
  });

  it('delays no registration for another reason', () => {
    const [missing, changed] = [aRegistration({ id: 'missing' }), aRegistration({ id: 'changed' })];
    const state = aRegistryState([aRegistration({ id: 'changed', port: 1 })]);
    const { register, renewalsLeft } = plan([missing, changed], state, { mayRenew: () => false });
    expect(register.map(({ registration, reason }) => [registration.service.id, reason])).toEqual([
      ['missing', 'is not registered'],
      ['changed', 'has changed'],
    ]);
    expect(renewalsLeft).toBe(0);
  });
});
