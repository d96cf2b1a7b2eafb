import type {
  RegisteredCheck,
  RegisteredService,
  RegistryState,
  ServiceRegistration,
} from '../../src/registration/contracts.ts';
import { checkIds, registeredService } from '../../src/registration/registration.ts';

type Change = Partial<Pick<RegisteredService, 'meta' | 'name' | 'port' | 'tags'> & Pick<RegisteredCheck, 'notes'>>;

/** A registry that holds these and has heard what their checks say, each with what somebody has `changed` since. */
export function aRegistryState(registrations: readonly ServiceRegistration[], changed: Change = {}): RegistryState {
  const { notes, ...service } = changed;
  const checks = registrations.flatMap((registration) =>
    checkIds(registration).map((id): RegisteredCheck => {
      const { containerCheck } = registration;
      const own = containerCheck?.id === id ? containerCheck : undefined;
      const { status, output } = own?.verdict ?? { status: 'critical', output: '' };
      return { id, serviceId: registration.service.id, status, output, notes: notes ?? own?.notes ?? '' };
    }),
  );
  return {
    services: new Map(registrations.map((one) => [one.service.id, { ...registeredService(one), ...service }])),
    checks: new Map(checks.map((check) => [check.id, check])),
  };
}
