import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RegistryState, ServiceRegistration } from '../../../src/registration/contracts.ts';
import { createRenewalPacer, ttlFor } from '../../../src/registration/heartbeat-pace.ts';
import { keptBeats } from '../../../src/registration/kept-beats.ts';
import { EMPTY_PLAN, planRegistration, type RegistrationPlan } from '../../../src/registration/plan.ts';
import { createRegistryView } from '../../../src/registration/registry-view.ts';
import { createFakeClock } from '../../support/fake-clock.ts';
import { createRecordingRegistry } from '../../support/recording-registry.ts';
import { aPlanContext, aRegistration } from '../../support/services.ts';

const PACE = { ttlMs: 60_000, heartbeatMs: 15_000, isTtlGiven: false, owner: 'owner-a' };
const MAX_RENEWALS = 5;

/** Definitions are costly to make, and the same in every run. */
const pool = new Map<string, ServiceRegistration>();

function registrationOf(i: number, ttlMs: number): ServiceRegistration {
  const key = `${i} ${ttlMs}`;
  const made = pool.get(key) ?? aRegistration({ id: `s${i}` }, { ttlMs });
  pool.set(key, made);
  return made;
}

const desiredFor = (count: number): ReadonlyMap<string, ServiceRegistration> => {
  const ttlMs = ttlFor(count, PACE);
  return new Map(Array.from({ length: count }, (_, i) => [`s${i}`, registrationOf(i, ttlMs)]));
};

/** The TTL in milliseconds with which each check is registered, by its ID. */
const ttlsOf = (registered: ReadonlyMap<string, ServiceRegistration>): ReadonlyMap<string, number> =>
  new Map(
    [...registered.values()].flatMap(({ containerCheck }) =>
      containerCheck === undefined ? [] : [[containerCheck.id, containerCheck.ttlMs]],
    ),
  );

/** A registration half, reduced to what decides its pace. */
function createModel() {
  const clock = createFakeClock();
  const pacer = createRenewalPacer(clock);
  const view = createRegistryView(createRecordingRegistry());
  const registered = new Map<string, ServiceRegistration>();
  return {
    registered,
    state: (): RegistryState => view.state(),
    /** One pass, a second after the last one. */
    pass: async (desired: ReadonlyMap<string, ServiceRegistration>): Promise<RegistrationPlan> => {
      await clock.advance(1_000);
      const plan = planRegistration(desired, view.state(), aPlanContext({ mayRenew: pacer.mayRenew }));
      for (const { registration } of plan.register) {
        view.registered(registration);
        registered.set(registration.service.id, registration);
      }
      for (const { serviceId } of plan.deregister) {
        view.deregistered(serviceId);
        registered.delete(serviceId);
      }
      return plan;
    },
  };
}

describe('the pace of heartbeats, for any growing and shrinking', () => {
  it('is never slower than the registered TTL bears, is renewed 5 at a time, and settles', { timeout: 60_000 }, () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.record({
            count: fc.oneof(fc.constantFrom(299, 300, 301, 600, 601), fc.nat(650)),
            passes: fc.integer({ min: 1, max: 20 }),
          }),
          { minLength: 1, maxLength: 5 },
        ),
        async (sizes) => {
          const model = createModel();
          for (const { count, passes } of sizes) {
            const desired = desiredFor(count);
            for (let pass = 0; pass < passes; pass++) await checkedPass(model, desired, pass === 0);
          }
          const last = desiredFor(sizes.at(-1)?.count ?? 0);
          for (let pass = 0; pass < 650 / MAX_RENEWALS; pass++) {
            if ((await checkedPass(model, last, false)) === 0) break;
          }
          expect(await model.pass(last)).toEqual(EMPTY_PLAN);
        },
      ),
      { numRuns: 10 },
    ),
  );
});

/** One pass that keeps the rules; resolves to how many services wait for theirs. */
async function checkedPass(
  model: ReturnType<typeof createModel>,
  desired: ReadonlyMap<string, ServiceRegistration>,
  isNew: boolean,
): Promise<number> {
  const before = ttlsOf(model.registered);
  const { register, renewalsLeft } = await model.pass(desired);
  const renewed = register.filter(({ isReplacement }) => isReplacement);
  expect(renewed.length).toBeLessThanOrEqual(MAX_RENEWALS);
  expect(renewalsLeft === 0 || renewed.length === MAX_RENEWALS).toBe(true);
  // Who is new waits for nobody, and has the right TTL at once.
  expect([...model.registered.keys()].toSorted()).toEqual([...desired.keys()].toSorted());
  if (!isNew) expect(register.every(({ isReplacement }) => isReplacement)).toBe(true);

  const ttls = ttlsOf(model.registered);
  expect([...before].filter(([id, ttlMs]) => (ttls.get(id) ?? ttlMs) < ttlMs)).toEqual([]);
  const beats = keptBeats({ registrations: desired, kept: new Map() }, model.state(), PACE);
  expect(new Map([...beats].map(([id, { periodMs }]) => [id, periodMs]))).toEqual(
    new Map([...ttls].map(([id, ttlMs]) => [id, ttlMs / 4])),
  );
  return renewalsLeft;
}
