import type { RegistryState, ServiceRegistration } from '../../src/registration/contracts.ts';
import { type PlanContext, planRegistration, type RegistrationPlan } from '../../src/registration/plan.ts';
import { aPlanContext } from './services.ts';

export const NOTHING: RegistrationPlan = {
  register: [],
  deregister: [],
  report: [],
  conflicts: [],
  onProbation: [],
  renewalsLeft: 0,
};

/** What `owner-a` plans; `context` says what is different. */
export function plan(
  desired: readonly ServiceRegistration[],
  state: RegistryState,
  context: Partial<PlanContext> = {},
): RegistrationPlan {
  const byId = new Map(desired.map((registration) => [registration.service.id, registration]));
  return planRegistration(byId, state, aPlanContext(context));
}
