import type { ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { containerVerdict } from './container-check.ts';
import { createPeerFinder } from './container-network.ts';
import type { ServiceRegistration } from './contracts.ts';
import { type RegistrationOptions, serviceRegistration } from './registration.ts';
import { type DefinitionOptions, type PortOutcome, serviceDefinitions } from './service-definitions.ts';

export interface DesiredOptions extends DefinitionOptions, RegistrationOptions {
  /** What happens to the services of a container that was asked to end: out of rotation, or gone. */
  readonly onStop: 'drain' | 'deregister';
  /** Portolan's own service, unless it has none. */
  readonly self: ServiceDefinition | undefined;
}

/** What should be registered, and what each container gave or did not give. */
export interface Desired {
  readonly registrations: ReadonlyMap<string, ServiceRegistration>;
  readonly containers: readonly ContainerOutcome[];
}

export interface ContainerOutcome {
  readonly container: ContainerSnapshot;
  readonly ports: readonly PortOutcome[];
  /** Services whose ID another container has already. */
  readonly collisions: readonly { readonly serviceId: string; readonly heldBy: string }[];
}

const RUNNING = { status: 'passing', output: 'running' } as const;

/** The services of all containers. Of two that want one ID the older container has it, so that it never flips. */
export function desiredRegistrations(containers: readonly ContainerSnapshot[], options: DesiredOptions): Desired {
  const registrations = new Map<string, ServiceRegistration>();
  if (options.self !== undefined) {
    registrations.set(options.self.id, serviceRegistration(options.self, RUNNING, options));
  }
  const peerOf = createPeerFinder(containers);
  const byAge = containers.toSorted((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  const outcomes = byAge.filter(isAlive).map((container): ContainerOutcome => {
    const ports = serviceDefinitions(container, options, peerOf(container));
    const collisions: { serviceId: string; heldBy: string }[] = [];
    for (const outcome of ports) {
      if (outcome.kind === 'skipped') continue;
      const { service } = outcome;
      const holder = registrations.get(service.id);
      if (holder !== undefined) {
        collisions.push({ serviceId: service.id, heldBy: holder.service.origin.containerName });
      } else if (!isLeaving(container, service, options)) {
        registrations.set(service.id, registrationOf(container, service, options));
      }
    }
    return { container, ports, collisions };
  });
  return { registrations, containers: outcomes.toSorted((a, b) => (a.container.name < b.container.name ? -1 : 1)) };
}

function isAlive({ state }: ContainerSnapshot): boolean {
  return state === 'running' || state === 'paused';
}

/** Without a container check nobody could be told to drain, so then the service goes at once. */
function isLeaving(
  { stopping }: ContainerSnapshot,
  service: ServiceDefinition,
  { onStop, ttlMs }: DesiredOptions,
): boolean {
  const canDrain = onStop === 'drain' && service.containerCheck.kind === 'on' && ttlMs > 0;
  return stopping !== undefined && !canDrain;
}

function registrationOf(
  container: ContainerSnapshot,
  service: ServiceDefinition,
  options: DesiredOptions,
): ServiceRegistration {
  const startingStatus = service.containerCheck.kind === 'on' ? service.containerCheck.startingStatus : 'critical';
  return serviceRegistration(service, containerVerdict(container, startingStatus), options);
}
