import type { ContainerSnapshot } from '../domain/container.ts';
import type { ServiceDefinition } from '../domain/service.ts';
import { createCheckIdClaims } from './check-collisions.ts';
import { containerVerdict } from './container-check.ts';
import { createPeerFinder } from './container-network.ts';
import type { CheckVerdict, ServiceRegistration } from './contracts.ts';
import { type KeptService, keptServices } from './ended-containers.ts';
import { type HeartbeatOptions, ttlFor } from './heartbeat-pace.ts';
import { fingerprintOf, serviceRegistration } from './registration.ts';
import { type DefinitionOptions, type PortOutcome, serviceDefinitions } from './service-definitions.ts';
import type { TemplatedTags } from './tags-template.ts';

export interface DesiredOptions extends DefinitionOptions, HeartbeatOptions {
  readonly owner: string;
  /** What happens to the services of a container that was asked to end: out of rotation, or gone. */
  readonly onStop: 'drain' | 'deregister';
  /** Whether the services of a container that ended by a failure stay, critical, until it is removed. */
  readonly deregister: 'always' | 'on-success';
}

/** What a pass knows beside the containers. */
export interface DesiredContext {
  /** Portolan's own service and what its check says, unless it has none. */
  readonly self?: { readonly service: ServiceDefinition; readonly verdict: CheckVerdict };
  /** Containers that start and end all the time, by ID: not registered for now. */
  readonly held?: ReadonlyMap<string, number>;
  /** These two have a memory where they are called again and again. */
  readonly define?: typeof serviceDefinitions;
  readonly fingerprint?: typeof fingerprintOf;
}

/** What should be registered, and what each container gave or did not give. */
export interface Desired {
  readonly registrations: ReadonlyMap<string, ServiceRegistration>;
  readonly containers: readonly ContainerOutcome[];
  /**
   * Services of containers that ended by a failure or wait for their tags, by ID: left as they are, but for what their
   * checks say.
   */
  readonly kept: ReadonlyMap<string, KeptService>;
}

export interface ContainerOutcome {
  readonly container: ContainerSnapshot;
  readonly ports: readonly PortOutcome[];
  /** Services whose ID another container has already: they are not registered. */
  readonly collisions: readonly Collision[];
  /** It starts and ends all the time, so none of its services is registered. */
  readonly isHeld: boolean;
  /** What a `--tags` template made of it. While it waits, none of its services is registered or changed. */
  readonly tags?: TemplatedTags;
}

export interface Collision {
  readonly serviceId: string;
  /** Name of the container that has it. */
  readonly heldBy: string;
}

/** The services of all containers. Of two that want one ID the older container has it, so that it never flips. */
export function desiredRegistrations(
  containers: readonly ContainerSnapshot[],
  options: DesiredOptions,
  { self, held = new Map(), define = serviceDefinitions, fingerprint = fingerprintOf }: DesiredContext = {},
): Desired {
  const byAge = containers.toSorted((a, b) => a.createdMs - b.createdMs || (a.id < b.id ? -1 : 1));
  const peerOf = createPeerFinder(containers);
  const claimCheckIds = createCheckIdClaims();
  const claims = createClaims();
  if (self !== undefined) claims.claim(self);
  const outcomes = byAge.filter(isAlive).map((container): ContainerOutcome => {
    const ports = define(container, options, peerOf(container)).map(claimCheckIds);
    const isHeld = held.has(container.id);
    const tags = typeof options.tags === 'string' ? undefined : options.tags.tagsOf(container);
    const isWaiting = tags?.kind === 'waiting';
    const collisions = ports.flatMap((outcome) => {
      if (outcome.kind === 'skipped' || isHeld || isLeaving(container, outcome.service, options)) return [];
      return claims.claim({ service: outcome.service, verdict: verdictOn(container, outcome.service), isWaiting });
    });
    return { container, ports, collisions, isHeld, ...(tags && { tags }) };
  });
  const [waiting, ready] = partition(claims.all());
  const registrations = registrationsOf(ready, { ...options, fingerprint });
  const kept = [...(options.deregister === 'on-success' ? keptServices(byAge, options) : []), ...waiting.map(asKept)];
  return {
    registrations,
    containers: outcomes.toSorted((a, b) => (a.container.name < b.container.name ? -1 : 1)),
    kept: new Map([...kept].filter(([id]) => !registrations.has(id))),
  };
}

/** A service and what its container check says. */
interface Claim {
  readonly service: ServiceDefinition;
  readonly verdict: CheckVerdict;
  /** Its tags are not known yet. */
  readonly isWaiting?: boolean;
}

/** Gives each ID to whoever asks first; Consul's catalog holds but one of two IDs that differ only in case. */
function createClaims() {
  const claims = new Map<string, Claim>();
  return {
    /** The IDs that others have. */
    claim: (claim: Claim): readonly Collision[] => {
      const { id } = claim.service;
      const holder = claims.get(id.toLowerCase())?.service.origin.containerName;
      if (holder !== undefined) return [{ serviceId: id, heldBy: holder }];
      claims.set(id.toLowerCase(), claim);
      return [];
    },
    all: (): readonly Claim[] => [...claims.values()],
  };
}

function partition(claims: readonly Claim[]): readonly [waiting: readonly Claim[], ready: readonly Claim[]] {
  return [claims.filter(({ isWaiting }) => isWaiting), claims.filter(({ isWaiting }) => !isWaiting)];
}

function asKept({ service, verdict }: Claim): readonly [id: string, kept: KeptService] {
  return [service.id, { containerName: service.origin.containerName, verdict }];
}

function registrationsOf(
  claims: readonly Claim[],
  { owner, fingerprint, ...pace }: DesiredOptions & { readonly fingerprint: typeof fingerprintOf },
): ReadonlyMap<string, ServiceRegistration> {
  const checks = claims.filter(({ service }) => service.containerCheck.kind === 'on').length;
  const all = { owner, fingerprint, ttlMs: ttlFor(checks, pace) };
  return new Map(claims.map(({ service, verdict }) => [service.id, serviceRegistration(service, verdict, all)]));
}

export function isAlive({ state }: ContainerSnapshot): boolean {
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

function verdictOn(container: ContainerSnapshot, { containerCheck }: ServiceDefinition): CheckVerdict {
  return containerVerdict(container, containerCheck.kind === 'on' ? containerCheck.startingStatus : 'critical');
}
