import type { ContainerSnapshot } from '../domain/container.ts';
import type { CheckStatus, ServiceDefinition } from '../domain/service.ts';
import { formatDuration, parseGoDuration } from '../lib/durations.ts';
import type { CheckVerdict, ContainerCheck } from './contracts.ts';

const SUFFIX = ':container';
const NOTES = 'What Docker says of the container; Portolan repeats it within ';

/** The ID of the check that says what Docker says of the container behind a service. */
export function containerCheckId(serviceId: string): string {
  return `${serviceId}${SUFFIX}`;
}

export function containerCheck(
  { id, name }: Pick<ServiceDefinition, 'id' | 'name'>,
  ttlMs: number,
  verdict: CheckVerdict,
): ContainerCheck {
  const ttl = formatDuration(ttlMs);
  return {
    id: containerCheckId(id),
    name: `Container of service '${name}'`,
    notes: `${NOTES}${ttl}`,
    ttl,
    ttlMs,
    verdict,
  };
}

/** The TTL in milliseconds with which a container check was registered: the registry gives back its notes alone. */
export function ttlOfNotes(notes: string): number | undefined {
  return notes.startsWith(NOTES) ? parseGoDuration(notes.slice(NOTES.length)) : undefined;
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
