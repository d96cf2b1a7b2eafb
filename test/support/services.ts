import type { ServiceDefinition } from '../../src/domain/service.ts';
import type { CheckVerdict, ServiceRegistration } from '../../src/registration/contracts.ts';
import type { PlanContext } from '../../src/registration/plan.ts';
import { serviceRegistration } from '../../src/registration/registration.ts';

export const running: CheckVerdict = { status: 'passing', output: 'running' };

/** What the container check of `aRegistration()` tells of its TTL. */
export const containerNotes = 'What Docker says of the container; Portolan repeats it within 1m';

/** The service of port 80 of `aContainer()`; `over` says what is different. */
export function aService(over: Partial<ServiceDefinition> = {}): ServiceDefinition {
  return {
    id: 'node-a:web.1:80',
    name: 'web',
    address: '192.0.2.10',
    port: 32_080,
    tags: [],
    meta: {},
    checks: [],
    containerCheck: { kind: 'on', startingStatus: 'critical' },
    origin: { containerId: 'c0ffee'.padEnd(64, '0'), containerName: 'web.1', port: 80, protocol: 'tcp' },
    ...over,
  };
}

/** That service as `owner-a` sends it, with a container that runs. */
export function aRegistration(
  over: Partial<ServiceDefinition> = {},
  { owner = 'owner-a', ttlMs = 60_000, verdict = running } = {},
): ServiceRegistration {
  return serviceRegistration(aService(over), verdict, { owner, ttlMs });
}

/** What a plan of `owner-a` needs to know: nothing stands in its way; `over` says what is different. */
export function aPlanContext(over: Partial<PlanContext> = {}): PlanContext {
  return {
    owner: 'owner-a',
    isRemovable: () => true,
    isAdopted: () => false,
    isContested: () => false,
    mayRenew: () => true,
    isTtlGiven: false,
    kept: new Map(),
    ...over,
  };
}
