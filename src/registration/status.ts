import type { ContainerSnapshot } from '../domain/container.ts';
import { errorMessage } from '../lib/errors.ts';
import type { PassReport } from '../lib/reconcile-loop.ts';
import { containerCheckId } from './container-check.ts';
import type { RegistryState } from './contracts.ts';
import { type Collision, type Desired, isAlive } from './desired.ts';
import type { Identity } from './identity.ts';
import type { Standing } from './lease.ts';
import type { PlanConflict, RegistrationPlan } from './plan.ts';
import { OWNER_KEY } from './registration.ts';
import type { TemplatedTags } from './tags-template.ts';

/** What the controller knows; changed by each pass. */
export interface RegistrationState {
  identity: Identity | undefined;
  last: LastPass | undefined;
  report: PassReport | undefined;
  /** Some pass has succeeded. */
  hasSucceeded: boolean;
  /** The agent has refused checks that run programs. */
  areScriptsRefused: boolean;
}

export interface LastPass {
  readonly containers: readonly ContainerSnapshot[];
  readonly registry: RegistryState;
  readonly identity: Identity;
  /** Whether this process writes, or another one with our mark does. */
  readonly standing: Standing;
  readonly desired: Desired;
  /** Containers that are not registered since they start and end all the time, by ID. */
  readonly held: ReadonlyMap<string, number>;
  readonly plan: RegistrationPlan;
}

/** The registration half for people: what is registered, what is not, and why. */
export interface RegistrationStatus {
  /** A first whole pass has succeeded. Stays true while Docker or Consul are away. */
  readonly isReady: boolean;
  /** The newer Portolan on this host that writes in our place. */
  readonly rival?: string;
  /** Why the last pass failed. */
  readonly error?: string;
  readonly hostname?: string;
  readonly owner?: string;
  readonly hostAddress?: string | undefined;
  readonly hostAddressRule?: string;
  /** Those that run or are paused. */
  readonly containers: number;
  readonly services: readonly RegisteredServiceStatus[];
  /** Ports that are not registered, settings that were not taken as written, and services that others hold. */
  readonly notes: readonly StatusNote[];
}

export interface RegisteredServiceStatus {
  readonly id: string;
  readonly name: string;
  readonly container: string;
  readonly address: string;
  readonly port: number;
  /** What the container check says: its first word and a note. Missing where the check is off. */
  readonly check?: string;
}

export interface StatusNote {
  readonly kind: 'skipped' | 'warning' | 'conflict';
  readonly container: string;
  readonly text: string;
}

export function registrationStatus({ identity, last, report, hasSucceeded }: RegistrationState): RegistrationStatus {
  return {
    isReady: hasSucceeded,
    ...(report?.error !== undefined && { error: errorMessage(report.error) }),
    ...(last?.standing.kind === 'passive' && { rival: last.standing.rival }),
    ...identity,
    containers: last?.containers.filter(isAlive).length ?? 0,
    services: last === undefined ? [] : registeredServices(last),
    notes: last === undefined ? [] : statusNotes(last),
  };
}

function registeredServices({ desired, registry, identity }: LastPass): readonly RegisteredServiceStatus[] {
  const containers = new Map([
    ...[...desired.registrations].map(([id, { service }]) => [id, service.origin.containerName] as const),
    ...[...desired.kept].map(([id, { containerName }]) => [id, containerName] as const),
  ]);
  return [...containers].flatMap(([id, container]) => {
    const service = registry.services.get(id);
    if (service?.meta[OWNER_KEY] !== identity.owner) return [];
    const output = registry.checks.get(containerCheckId(id))?.output;
    const { name, address, port } = service;
    return [{ id, name, container, address, port, ...(output !== undefined && { check: output }) }];
  });
}

/** One note per fact, in the order of the containers. */
export function statusNotes({
  desired,
  plan,
  identity,
}: Pick<LastPass, 'desired' | 'plan' | 'identity'>): readonly StatusNote[] {
  const ofContainers = desired.containers.flatMap(({ container, ports, collisions, isHeld, tags }): StatusNote[] => [
    ...(isHeld ? [note('skipped', container, HELD)] : []),
    ...(tags?.kind === 'waiting' ? [note('skipped', container, waitingText(tags))] : []),
    ...ports.flatMap(({ port, ...outcome }): StatusNote[] => [
      ...outcome.warnings.map(({ label, value, problem }) =>
        note('warning', container, `${label}=${JSON.stringify(value)} ${problem}`),
      ),
      ...(outcome.kind === 'skipped'
        ? [note('skipped', container, `port ${port.port}/${port.protocol} ${outcome.reason}`)]
        : []),
    ]),
    ...collisions.map((collision) => note('conflict', container, collisionText(collision))),
  ]);
  const ofOthers = plan.conflicts.map((conflict): StatusNote => {
    const container = desired.registrations.get(conflict.serviceId)?.service.origin.containerName ?? '';
    return { kind: 'conflict', container, text: conflictText(conflict, identity) };
  });
  // A general setting gives the same warning for each port.
  return [...new Map([...ofContainers, ...ofOthers].map((fact) => [JSON.stringify(fact), fact])).values()];
}

const HELD = 'was started 5 times within a minute; registered once it has run for 5 s';

/** Of a container whose tags are not known yet. */
export function waitingText({ url }: TemplatedTags & { readonly kind: 'waiting' }): string {
  return `waits for ${url}, which --tags asks for`;
}

function collisionText({ serviceId, heldBy }: Collision): string {
  return `service ID ${serviceId} belongs to the older container ${heldBy}; not registered`;
}

function conflictText({ serviceId, owner, kind }: PlanConflict, us: Pick<Identity, 'owner'>): string {
  if (kind === 'held') {
    return `service ID ${serviceId} carries the mark of the owner ${owner}, not ours (${us.owner}); left alone`;
  }
  const who =
    owner === undefined ? 'by a program that leaves no mark (does registrator still run here?)' : 'by somebody else';
  return `service ID ${serviceId} was changed again and again ${who}; left alone for 10 minutes`;
}

function note(kind: StatusNote['kind'], { name }: ContainerSnapshot, text: string): StatusNote {
  return { kind, container: name, text };
}
