import { describe, expect, it } from 'vitest';
import type { CheckVerdict, RegistryState, ServiceRegistration } from '../../../src/registration/contracts.ts';
import { keptBeats } from '../../../src/registration/kept-beats.ts';
import { aRegistryState } from '../../support/registry-state.ts';
import { aRegistration, running } from '../../support/services.ts';

const PACE = { ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false, owner: 'owner-a' };
const drained: CheckVerdict = { status: 'critical', output: 'stopping: was sent signal 15' };
const exited: CheckVerdict = { status: 'critical', output: 'exited: with code 1' };
const ID = 'node-a:web.1:80';

function beats(
  desired: readonly ServiceRegistration[],
  registry: RegistryState,
  { kept = new Map<string, CheckVerdict>(), pace = PACE } = {},
) {
  const registrations = new Map(desired.map((registration) => [registration.service.id, registration]));
  const services = new Map([...kept].map(([id, verdict]) => [id, { containerName: 'web.1', verdict }]));
  return Object.fromEntries(keptBeats({ registrations, kept: services }, registry, pace));
}

describe('keptBeats', () => {
  it('says of each check what is desired, at the pace of the TTL with which it is registered', () => {
    const registry = aRegistryState([aRegistration(), aRegistration({ id: 'slow' }, { ttlMs: 480_000 })]);
    const desired = [aRegistration({}, { ttlMs: 120_000, verdict: drained }), aRegistration({ id: 'slow' })];
    expect(beats(desired, registry)).toEqual({
      [`${ID}:container`]: { verdict: drained, periodMs: 15_000 },
      'slow:container': { verdict: running, periodMs: 120_000 },
    });
  });

  it('says of a container that has ended that it has', () => {
    const kept = new Map([[ID, exited]]);
    expect(beats([], aRegistryState([aRegistration()]), { kept })).toEqual({
      [`${ID}:container`]: { verdict: exited, periodMs: 15_000 },
    });
  });

  it('goes on at a quarter of the old TTL where there are to be no checks', () => {
    const pace = { ttlMs: 0, heartbeatMs: 0, isTtlGiven: true, owner: 'owner-a' };
    const kept = new Map([[ID, exited]]);
    expect(beats([], aRegistryState([aRegistration()]), { kept, pace })).toEqual({
      [`${ID}:container`]: { verdict: exited, periodMs: 15_000 },
    });
  });

  it.each<{ rule: string; registry: RegistryState; desired?: ServiceRegistration }>([
    { rule: 'a service that is not registered', registry: aRegistryState([]) },
    { rule: 'a service that has lost its check', registry: aRegistryState([aRegistration({}, { ttlMs: 0 })]) },
    {
      rule: 'a check of a service that is gone',
      registry: { services: new Map(), checks: aRegistryState([aRegistration()]).checks },
    },
    { rule: 'a service of another owner', registry: aRegistryState([aRegistration({}, { owner: 'owner-b' })]) },
    {
      rule: 'a service that is to have no check',
      registry: aRegistryState([aRegistration()]),
      desired: aRegistration({}, { ttlMs: 0 }),
    },
    { rule: 'a check whose notes are not ours', registry: aRegistryState([aRegistration()], { notes: 'mine' }) },
  ])('says nothing of $rule', ({ registry, desired = aRegistration() }) => {
    expect(beats([desired], registry)).toEqual({});
  });

  it('keeps the check of a service that somebody has written over without a mark: it would die with its check', () => {
    const registry = aRegistryState([aRegistration()], { meta: {} });
    expect(beats([aRegistration()], registry)).toEqual({
      [`${ID}:container`]: { verdict: running, periodMs: 15_000 },
    });
  });
});
