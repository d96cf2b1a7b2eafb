import { describe, expect, it } from 'vitest';
import type { CheckVerdict, RegistryState } from '../../../src/registration/contracts.ts';
import { NOTHING, plan } from '../../support/plans.ts';
import { aRegistryState } from '../../support/registry-state.ts';
import { aRegistration } from '../../support/services.ts';

const ID = 'node-a:web.1:80';
const CHECK = `${ID}:container`;
const NO_CHECKS: RegistryState['checks'] = new Map();
const wanted = aRegistration();
const OTHERWISE = { 'portolan-owner': 'owner-a', 'portolan-hash': 'another' };

describe('planRegistration, tags that belong to the catalog', () => {
  const open = aRegistration({ tags: ['a'], enableTagOverride: true });
  const theirTags = ['b', 'c'];

  it('are not put back', () => {
    expect(plan([open], aRegistryState([open], { tags: theirTags }))).toEqual(NOTHING);
  });

  it('outlive a registration for another reason', () => {
    const { register } = plan([open], aRegistryState([open], { tags: theirTags, port: 1 }));
    expect(register).toEqual([
      {
        registration: { ...open, service: { ...open.service, tags: theirTags } },
        reason: 'was changed by somebody else',
        isReplacement: true,
      },
    ]);
  });

  it.each([
    { rule: 'that we have changed', before: aRegistration({ tags: ['old'], enableTagOverride: true }), changed: {} },
    { rule: 'of a service without our fingerprint', before: open, changed: { meta: {} } },
  ])('go out as they are desired with a registration $rule', ({ before, changed }) => {
    const { register } = plan([open], aRegistryState([before], { tags: theirTags, ...changed }));
    expect(register.map(({ registration }) => registration)).toEqual([open]);
  });

  it('are ours without the override', () => {
    const closed = aRegistration({ tags: ['a'] });
    const { register } = plan([closed], aRegistryState([closed], { tags: theirTags }));
    expect(register.map(({ registration }) => registration)).toEqual([closed]);
  });
});

describe('planRegistration, services that somebody else changes again and again', () => {
  const verdict: CheckVerdict = { status: 'critical', output: 'paused: by docker pause' };

  it.each([
    { rule: 'that lost their mark', changed: { meta: {} }, owner: undefined },
    { rule: 'that kept their mark', changed: { port: 1 }, owner: 'owner-a' },
    { rule: 'that were registered otherwise', changed: { meta: OTHERWISE }, owner: 'owner-a' },
  ])('are left alone, $rule', ({ changed, owner }) => {
    expect(plan([wanted], aRegistryState([wanted], changed), { isContested: () => true })).toEqual({
      ...NOTHING,
      conflicts: [{ serviceId: ID, owner, kind: 'contested' }],
    });
  });

  it('still hear what Docker says of their containers', () => {
    const paused = aRegistration({}, { verdict });
    expect(plan([paused], aRegistryState([wanted], { meta: {} }), { isContested: () => true })).toEqual({
      ...NOTHING,
      report: [{ checkId: CHECK, verdict }],
      conflicts: [{ serviceId: ID, owner: undefined, kind: 'contested' }],
    });
  });

  it('hear nothing where their check is gone', () => {
    expect(
      plan([wanted], { ...aRegistryState([wanted], { meta: {} }), checks: NO_CHECKS }, { isContested: () => true }),
    ).toEqual({
      ...NOTHING,
      conflicts: [{ serviceId: ID, owner: undefined, kind: 'contested' }],
    });
  });

  it.each([
    { what: 'that are missing', state: aRegistryState([]) },
    { what: 'that have lost a check', state: { ...aRegistryState([wanted]), checks: NO_CHECKS } },
    { what: 'as they should be', state: aRegistryState([wanted]) },
  ])('are not asked for among those $what', ({ state }) => {
    const asked: string[] = [];
    plan([wanted], state, { isContested: ({ service }) => asked.push(service.id) > 0 });
    expect(asked).toEqual([]);
  });
});

describe('planRegistration, services of containers that have ended by a failure', () => {
  const verdict: CheckVerdict = { status: 'critical', output: 'exited: with code 1' };
  const kept = new Map([[ID, { containerName: 'web.1', verdict }]]);

  it('stay, and their checks say so once', () => {
    expect(plan([], aRegistryState([wanted]), { kept })).toEqual({ ...NOTHING, report: [{ checkId: CHECK, verdict }] });
    expect(plan([], aRegistryState([aRegistration({}, { verdict })]), { kept })).toEqual(NOTHING);
  });

  it.each([
    { rule: 'that are not registered', state: aRegistryState([]) },
    { rule: 'whose check is off', state: { ...aRegistryState([wanted]), checks: NO_CHECKS } },
    { rule: 'of others', state: aRegistryState([aRegistration({}, { owner: 'owner-b' })]) },
    { rule: 'without a mark', state: aRegistryState([wanted], { meta: {} }) },
  ])('hear nothing of it $rule', ({ state }) => {
    expect(plan([], state, { kept, isAdopted: () => true })).toEqual(NOTHING);
  });
});
