import type { ServiceDefinition } from '../../src/domain/service.ts';
import type { CheckVerdict, ServiceRegistration } from '../../src/registration/contracts.ts';
import { serviceRegistration } from '../../src/registration/registration.ts';

export const RUNNING: CheckVerdict = { status: 'passing', output: 'running' };

/** A registration by the owner `us`, with a container check that lives a minute; `over` says what is different. */
export function aRegistration(
  over: Partial<ServiceDefinition> = {},
  verdict = RUNNING,
  ttlMs = 60_000,
): ServiceRegistration {
  const service: ServiceDefinition = {
    id: 'node-a:web.1:80',
    name: 'web',
    address: '192.0.2.5',
    port: 32_080,
    tags: ['blue', 'eu'],
    meta: { version: '7' },
    checks: [],
    containerCheck: { kind: 'on', startingStatus: 'critical' },
    origin: { containerId: 'c0ffee', containerName: 'web.1', port: 80, protocol: 'tcp' },
    ...over,
  };
  return serviceRegistration(service, verdict, { owner: 'us', ttlMs });
}
