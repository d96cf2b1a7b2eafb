import { describe, expect, it } from 'vitest';
import type {
  CheckVerdict,
  RegisteredCheck,
  RegisteredService,
  RegistryState,
} from '../../../src/registration/contracts.ts';
import { NOTHING, plan } from '../../support/plans.ts';
import { aRegistration, containerNotes as notes, running } from '../../support/services.ts';

const ID = 'node-a:web.1:80';
const CHECK = `${ID}:container`;
const wanted = aRegistration({ tags: ['a', 'b'], meta: { version: '1.2' } });
const { meta } = wanted;
const held: RegisteredService = {
  id: ID,
  name: 'web',
  address: '192.0.2.10',
  port: 32_080,
  tags: ['a', 'b'],
  meta,
  enableTagOverride: false,
  weights: { passing: 1, warning: 1 },
};
const check: RegisteredCheck = { id: CHECK, serviceId: ID, status: 'passing', output: 'running', notes };

function registry(services: readonly RegisteredService[], checks: readonly RegisteredCheck[] = [check]): RegistryState {
  return {
    services: new Map(services.map((service) => [service.id, service])),
    checks: new Map(checks.map((one) => [one.id, one])),
  };
}

describe('planRegistration', () => {
  it('does nothing where all is as it should be', () => {
    expect(plan([wanted], registry([held]))).toEqual(NOTHING);
  });

  it('registers what is missing', () => {
    expect(plan([wanted], registry([], []))).toEqual({
      ...NOTHING,
      register: [{ registration: wanted, reason: 'is not registered', isReplacement: false }],
    });
  });

  it.each([
    { rule: 'another fingerprint', service: { meta: { ...meta, 'portolan-hash': 'old' } }, reason: 'has changed' },
    { rule: 'another name', service: { name: 'shop' }, reason: 'was changed by somebody else' },
    { rule: 'another address', service: { address: '192.0.2.11' }, reason: 'was changed by somebody else' },
    { rule: 'another port', service: { port: 80 }, reason: 'was changed by somebody else' },
    { rule: 'tags in another order', service: { tags: ['b', 'a'] }, reason: 'was changed by somebody else' },
    { rule: 'a tag less', service: { tags: ['a'] }, reason: 'was changed by somebody else' },
    { rule: 'a tag more', service: { tags: ['a', 'b', 'c'] }, reason: 'was changed by somebody else' },
    {
      rule: 'another value of a pair',
      service: { meta: { ...meta, version: '1.3' } },
      reason: 'was changed by somebody else',
    },
    {
      rule: 'a pair less',
      service: { meta: { 'portolan-owner': 'owner-a', 'portolan-hash': meta['portolan-hash'] ?? '' } },
      reason: 'was changed by somebody else',
    },
    {
      rule: 'another weight',
      service: { weights: { passing: 2, warning: 1 } },
      reason: 'was changed by somebody else',
    },
    {
      rule: 'another weight while it warns',
      service: { weights: { passing: 1, warning: 2 } },
      reason: 'was changed by somebody else',
    },
    { rule: 'the tag override on', service: { enableTagOverride: true }, reason: 'was changed by somebody else' },
    { rule: 'a pair more', service: { meta: { ...meta, more: '' } }, reason: 'was changed by somebody else' },
    {
      rule: 'no mark of an owner',
      service: { meta: { version: '1.2' } },
      reason: 'was registered by somebody else without a mark',
    },
  ])('registers again what has $rule', ({ service, reason }) => {
    expect(plan([wanted], registry([{ ...held, ...service }]))).toEqual({
      ...NOTHING,
      register: [{ registration: wanted, reason, isReplacement: true }],
    });
  });

  it.each([
    {
      rule: 'the container check',
      checks: [{ id: 'service:x', serviceId: ID, status: 'passing', output: '', notes: '' } as const],
    },
    { rule: 'a check of its own', checks: [check] },
    {
      rule: 'a check of its own to another service',
      checks: [check, { id: 'service:x', serviceId: 'other', status: 'passing', output: '', notes: '' } as const],
    },
  ])('registers again what has lost $rule', ({ checks }) => {
    const own = { id: 'service:x', name: 'x', kind: 'ttl', ttl: '10s' } as const;
    const registration = aRegistration({ checks: [own] });
    expect(plan([registration], registry([{ ...held, tags: [], meta: registration.meta }], checks))).toEqual({
      ...NOTHING,
      register: [{ registration, reason: 'has lost a check', isReplacement: true }],
    });
  });

  it.each([
    { rule: 'another TTL', notes: notes.replace('1m', '30s'), reason: 'has another TTL' },
    { rule: 'no notes of its TTL', notes: '', reason: 'has a container check of unknown TTL' },
  ])('registers again a service whose container check has $rule', ({ notes: known, reason }) => {
    expect(plan([wanted], registry([held], [{ ...check, notes: known }]))).toEqual({
      ...NOTHING,
      register: [{ registration: wanted, reason, isReplacement: true }],
    });
  });

  it("is content with any notes of the application's own checks", () => {
    const own = { id: 'service:x', name: 'x', kind: 'ttl', ttl: '10s' } as const;
    const registration = aRegistration({ checks: [own] });
    const known = { id: 'service:x', serviceId: ID, status: 'passing', output: '', notes: 'x' } as const;
    const state = registry([{ ...held, tags: [], meta: registration.meta }], [check, known]);
    expect(plan([registration], state)).toEqual(NOTHING);
  });

  it('leaves alone what carries the mark of another owner, and says whose', () => {
    const theirs = { ...held, name: 'theirs', meta: { ...meta, 'portolan-owner': 'owner-b' } };
    expect(plan([wanted], registry([theirs]))).toEqual({
      ...NOTHING,
      conflicts: [{ serviceId: ID, owner: 'owner-b', kind: 'held' }],
    });
  });
});

describe('planRegistration, what the container check says', () => {
  const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
  const draining = aRegistration({ tags: ['a', 'b'], meta: { version: '1.2' } }, { verdict: drained });

  it('is reported when it is news, without registering again', () => {
    expect(plan([draining], registry([held]))).toEqual({
      ...NOTHING,
      report: [{ checkId: CHECK, verdict: drained }],
    });
  });

  it.each([
    { rule: 'another status', known: { ...check, status: 'warning' } as const },
    { rule: 'another output', known: { ...check, output: '' } },
  ])('is reported when the registry has $rule', ({ known }) => {
    expect(plan([wanted], registry([held], [known]))).toEqual({
      ...NOTHING,
      report: [{ checkId: CHECK, verdict: running }],
    });
  });

  it('goes with a registration where there is one', () => {
    expect(plan([draining], registry([{ ...held, port: 80 }]))).toEqual({
      ...NOTHING,
      register: [{ registration: draining, reason: 'was changed by somebody else', isReplacement: true }],
    });
  });

  it('is nothing where it is off', () => {
    const registration = aRegistration({}, { ttlMs: 0 });
    expect(plan([registration], registry([{ ...held, tags: [], meta: registration.meta }], []))).toEqual(NOTHING);
  });
});

describe('planRegistration, leftovers', () => {
  const ours = { ...held, id: 'ours' };
  const theirs = { ...held, id: 'theirs', meta: { ...meta, 'portolan-owner': 'owner-b' } };
  const unmarked = { ...held, id: 'node-a:old:80', meta: {} };

  it('removes those with our mark alone', () => {
    expect(plan([wanted], registry([held, ours, theirs, unmarked]))).toEqual({
      ...NOTHING,
      deregister: [{ serviceId: 'ours', reason: 'has no container' }],
    });
  });

  it('removes those without a mark that are adopted', () => {
    expect(plan([wanted], registry([held, theirs, unmarked]), { isAdopted: (id) => id === 'node-a:old:80' })).toEqual({
      ...NOTHING,
      deregister: [{ serviceId: 'node-a:old:80', reason: 'is a leftover of registrator without a container' }],
    });
  });

  it('asks of those without a mark alone whether they are adopted', () => {
    const asked: string[] = [];
    plan([wanted], registry([held, ours, theirs, unmarked]), { isAdopted: (id) => asked.push(id) < 0 });
    expect(asked).toEqual(['node-a:old:80']);
  });

  it('holds adopted ones that may not be removed yet', () => {
    expect(plan([], registry([unmarked]), { isAdopted: () => true, isRemovable: () => false })).toEqual({
      ...NOTHING,
      onProbation: ['node-a:old:80'],
    });
  });

  it('holds those that may not be removed yet', () => {
    const other = { ...held, id: 'other' };
    expect(plan([], registry([ours, other]), { isRemovable: (id) => id === 'other' })).toEqual({
      ...NOTHING,
      deregister: [{ serviceId: 'other', reason: 'has no container' }],
      onProbation: ['ours'],
    });
  });

  it('never asks whether a service with a container may go', () => {
    const asked: string[] = [];
    plan([wanted], registry([held, ours, theirs]), { isRemovable: (id) => asked.push(id) > 0 });
    expect(asked).toEqual(['ours']);
  });

  it('treats a service whose definition moved to another ID as a leftover', () => {
    const moved = aRegistration({ id: 'new' });
    expect(plan([moved], registry([held], [check]))).toEqual({
      ...NOTHING,
      register: [{ registration: moved, reason: 'is not registered', isReplacement: false }],
      deregister: [{ serviceId: ID, reason: 'has no container' }],
    });
  });
});
