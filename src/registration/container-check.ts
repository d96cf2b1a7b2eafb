import type { ContainerSnapshot } from '../domain/container.ts';
import type { CheckStatus } from '../domain/service.ts';
import type { CheckVerdict } from './contracts.ts';

const SUFFIX = ':container';

/** The ID of the check that says what Docker says of the container behind a service. */
export function containerCheckId(serviceId: string): string {
  return `${serviceId}${SUFFIX}`;
}

/** The verdict on a container: what Docker says of it, with a note that a person understands. */
export function containerVerdict(container: ContainerSnapshot, startingStatus: CheckStatus): CheckVerdict {
  if (container.stopping !== undefined) {
    return { status: 'critical', output: `stopping: was sent signal ${container.stopping.signal}` };
  }
  if (container.state === 'paused') return { status: 'critical', output: 'paused: by docker pause' };
  switch (container.health) {
    case 'none':
      return { status: 'passing', output: 'running' };
    case 'healthy':
      return { status: 'passing', output: 'running: healthy' };
    case 'starting':
      return { status: startingStatus, output: 'starting: its HEALTHCHECK has not passed yet' };
    case 'unhealthy':
      return { status: 'critical', output: 'unhealthy: its HEALTHCHECK fails' };
  }
}
