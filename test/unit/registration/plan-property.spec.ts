import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ServiceDefinition } from '../../../src/domain/service.ts';
import type {
  RegisteredCheck,
  RegisteredService,
  RegistryState,
  ServiceRegistration,
} from '../../../src/registration/contracts.ts';
import { EMPTY_PLAN, planRegistration, type RegistrationPlan } from '../../../src/registration/plan.ts';
import { registeredService } from '../../../src/registration/registration.ts';
import { aPlanContext, aRegistration } from '../../support/services.ts';

const ID = fc.constantFrom('a', 'b', 'c', 'd');
const owner = fc.constantFrom('owner-a', 'owner-b');
const verdict = fc.record({
  status: fc.constantFrom('passing', 'warning', 'critical'),
  output: fc.constantFrom('running', 'paused: by docker pause', ''),
});
const definition: fc.Arbitrary<Partial<ServiceDefinition>> = fc.record({
  id: ID,
  name: fc.constantFrom('web', 'shop'),
  port: fc.constantFrom(80, 8080),
  tags: fc.array(fc.constantFrom('x', 'y'), { maxLength: 2 }),
  enableTagOverride: fc.boolean(),
  weights: fc.constantFrom({ passing: 1, warning: 1 }, { passing: 2, warning: 1 }),
  meta: fc.dictionary(fc.constantFrom('k', 'l', '__proto__'), fc.constantFrom('', '1')),
  checks: fc.constantFrom([], [{ id: 'service:x', name: 'x', kind: 'ttl' as const, ttl: '10s' }]),
});
const registration = fc
  .tuple(definition, owner, verdict, fc.constantFrom(0, 60_000, 120_000))
  .map(([over, mark, says, ttlMs]) => aRegistration(withOwnCheckIds(over), { owner: mark, verdict: says, ttlMs }));
const registrations = fc.uniqueArray(registration, { selector: ({ service }) => service.id });

/** Check IDs are unique on an agent. */
function withOwnCheckIds({ checks = [], ...rest }: Partial<ServiceDefinition>): Partial<ServiceDefinition> {
  return { ...rest, checks: checks.map((check) => ({ ...check, id: `service:${rest.id}` })) };
}

interface Model {
  readonly services: Map<string, RegisteredService>;
  readonly checks: Map<string, RegisteredCheck>;
}

function register({ services, checks }: Model, registration: ServiceRegistration): void {
  const { service, containerCheck } = registration;
  const { id } = service;
  deregister({ services, checks }, id);
  services.set(id, registeredService(registration));
  for (const check of service.checks)
    checks.set(check.id, { id: check.id, serviceId: id, status: 'critical', output: '', notes: '' });
  // Whoever registers also tells this check.
  if (containerCheck !== undefined) {
    const { verdict: said, notes } = containerCheck;
    checks.set(containerCheck.id, { id: containerCheck.id, serviceId: id, ...said, notes });
  }
}

function deregister({ services, checks }: Model, serviceId: string): void {
  services.delete(serviceId);
  for (const check of checks.values()) if (check.serviceId === serviceId) checks.delete(check.id);
}

function carryOut(model: Model, plan: RegistrationPlan): void {
  for (const { serviceId } of plan.deregister) deregister(model, serviceId);
  for (const planned of plan.register) register(model, planned.registration);
  for (const { checkId, verdict: said } of plan.report) {
    const check = model.checks.get(checkId);
    if (check !== undefined) model.checks.set(checkId, { ...check, ...said });
  }
}

interface Damage {
  readonly kind: 'none' | 'unmarked' | 'changed' | 'lost a check' | 'silenced';
  readonly serviceId: string;
}

const damage: fc.Arbitrary<Damage> = fc.record({
  kind: fc.constantFrom<Damage['kind']>('none', 'unmarked', 'changed', 'lost a check', 'silenced'),
  serviceId: ID,
});

/** A registry that holds `held`, of which something has since struck one service. */
function registryOf(held: readonly ServiceRegistration[], { kind, serviceId }: Damage): Model {
  const model: Model = { services: new Map(), checks: new Map() };
  for (const one of held) register(model, one);
  const service = model.services.get(serviceId);
  const check = model.checks.get(`${serviceId}:container`);
  if (service !== undefined && kind === 'unmarked') model.services.set(serviceId, { ...service, meta: {} });
  if (service !== undefined && kind === 'changed') model.services.set(serviceId, { ...service, port: 1 });
  if (check !== undefined && kind === 'silenced') model.checks.set(check.id, { ...check, status: 'critical' });
  if (kind === 'lost a check') model.checks.delete(`${serviceId}:container`);
  return model;
}

const ownerOf = ({ meta }: RegisteredService): string | undefined => meta['portolan-owner'];
const oursOf = (held: readonly ServiceRegistration[]) =>
  new Map(held.filter(({ meta }) => meta['portolan-owner'] === 'owner-a').map((one) => [one.service.id, one]));
const planFor = (desired: ReadonlyMap<string, ServiceRegistration>, state: RegistryState) =>
  planRegistration(desired, state, aPlanContext({ isTtlGiven: true }));

/** Of ours what is desired and no more; of others what was there. */
function expectedOf(desired: ReadonlyMap<string, ServiceRegistration>, before: Model): Model {
  const expected: Model = { services: new Map(before.services), checks: new Map(before.checks) };
  for (const service of before.services.values()) if (ownerOf(service) === 'owner-a') deregister(expected, service.id);
  for (const [id, wanted] of desired) {
    const holder = before.services.get(id);
    if (holder === undefined || ownerOf(holder) !== 'owner-b') register(expected, wanted);
  }
  return expected;
}

describe('planRegistration, carried out', () => {
  it('gives what is desired, leaves others as they were, and leaves nothing more to do', () =>
    fc.assert(
      fc.property(registrations, registrations, damage, (held, wanted, struck) => {
        const desired = oursOf(wanted);
        const model = registryOf(held, struck);
        const expected = expectedOf(desired, model);
        const plan = planFor(desired, model);
        carryOut(model, plan);

        expect(model).toEqual(expected);
        expect(planFor(desired, model)).toEqual({ ...EMPTY_PLAN, conflicts: plan.conflicts });
      }),
      { numRuns: 500 },
    ));

  it('does nothing at all in a registry that it has filled itself', () =>
    fc.assert(
      fc.property(registrations, (wanted) => {
        const desired = oursOf(wanted);
        const model = registryOf([...desired.values()], { kind: 'none', serviceId: '' });
        expect(planFor(desired, model)).toEqual(EMPTY_PLAN);
      }),
    ));
});
