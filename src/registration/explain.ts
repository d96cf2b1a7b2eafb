import type { ContainerPort, ContainerSnapshot, Protocol } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import type { CheckVerdict } from './contracts.ts';
import type { ContainerOutcome, Desired } from './desired.ts';
import type { PortOutcome } from './service-definitions.ts';
import type { Warning } from './settings.ts';
import type { FieldSource } from './sourced.ts';
import { waitingText } from './status.ts';
import { unreadSettings } from './unread-settings.ts';

/** What becomes of the containers of a host, and why. Plain data. */
export interface Explanation {
  readonly hostname: string;
  /** How the hostname was found. Missing where the daemon says it. */
  readonly hostnameRule?: string;
  readonly hostAddress?: string;
  /** How the host address was found, or why it was not. */
  readonly hostAddressRule: string;
  readonly containers: readonly ContainerExplanation[];
}

/** What becomes of one container. */
export interface ContainerExplanation {
  readonly name: string;
  readonly id: string;
  readonly image: string;
  /** `running`, `running, healthy`, `exited with code 1`. */
  readonly state: string;
  /** Why nothing of it is registered; missing where its ports tell. */
  readonly reason?: string;
  /** In their order. */
  readonly ports: readonly PortExplanation[];
  /** Settings that were not taken as written, each once. */
  readonly warnings: readonly Warning[];
}

export interface PortExplanation {
  readonly port: number;
  readonly protocol: Protocol;
  /** Whether its service is in the registry; without a registry to ask whether it would be. */
  readonly isRegistered: boolean;
  /** Why it is not. */
  readonly reason?: string;
  /** What is registered, or would be but for the reason. */
  readonly service?: ServiceDefinition;
  /** Where each field of the service comes from. */
  readonly sources?: readonly FieldSource[];
  /** What the container check says in the registry. */
  readonly check?: CheckVerdict;
}

/** What the registry says of a service that should be there. */
export type Holding =
  | { readonly isRegistered: true; readonly check?: CheckVerdict }
  | { readonly isRegistered: false; readonly reason: string };

/**
 * Explains containers by what a pass derived from them.
 *
 * @param holding asks the registry; without one whatever should be registered counts as registered.
 */
export function explainContainers(
  containers: readonly ContainerSnapshot[],
  desired: Desired,
  holding: (serviceId: string) => Holding = () => ({ isRegistered: true }),
): readonly ContainerExplanation[] {
  const outcomes = new Map(desired.containers.map((outcome) => [outcome.container.id, outcome]));
  return containers.map((container) => {
    const { name, id, image } = container;
    const outcome = outcomes.get(id);
    const described = { name, id, image, state: stateText(container) };
    if (outcome === undefined) return { ...described, reason: 'it does not run', ports: [], warnings: [] };
    const ports = outcome.ports.map((port) => explainPort(port, outcome, desired, holding));
    const warnings = [...outcome.ports.flatMap((port) => port.warnings), ...unreadSettings(container)];
    const reason = ports.length > 0 ? {} : { reason: 'it has no ports: none is exposed by its image or published' };
    return { ...described, ...reason, ports, warnings };
  });
}

function explainPort(
  outcome: PortOutcome,
  { container, collisions, tags }: ContainerOutcome,
  { registrations }: Desired,
  holding: (serviceId: string) => Holding,
): PortExplanation {
  const { port, protocol }: ContainerPort = outcome.port;
  if (outcome.kind === 'skipped') return { port, protocol, isRegistered: false, reason: outcome.reason };
  const { service } = outcome;
  const sources = outcome.sources();
  const refused = (reason: string): PortExplanation => ({
    port,
    protocol,
    isRegistered: false,
    reason,
    service,
    sources,
  });
  const collision = collisions.find(({ serviceId }) => serviceId === service.id);
  if (collision !== undefined)
    return refused(`the ID ${service.id} belongs to the older container ${collision.heldBy}`);
  if (tags?.kind === 'waiting') return refused(`it ${waitingText(tags)}`);
  const registration = registrations.get(service.id);
  if (registration?.service.origin.containerId !== container.id) {
    return refused(container.stopping === undefined ? 'it is held back for now' : 'the container was asked to stop');
  }
  const sent = registration.containerCheck === undefined ? withoutContainerCheck(sources) : sources;
  return { port, protocol, ...holding(service.id), service, sources: sent };
}

/** With `--ttl 0` no service has one, whatever its labels say. */
function withoutContainerCheck(sources: readonly FieldSource[]): readonly FieldSource[] {
  return sources.flatMap((source) => {
    if (source.field === 'containerCheck' && source.value === 'on') return [{ ...source, value: 'off', from: '--ttl' }];
    return source.field === 'containerCheck.startingStatus' ? [] : [source];
  });
}

function stateText({ state, exitCode, health, stopping }: ContainerSnapshot): string {
  if (stopping !== undefined) return `stopping: was sent signal ${stopping.signal}`;
  if (exitCode !== undefined) return `exited with code ${exitCode}`;
  return health === 'none' || state !== 'running' ? state : `running, ${health}`;
}
