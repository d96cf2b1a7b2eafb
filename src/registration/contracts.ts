import type { ContainerSnapshot } from '../domain/container.ts';
import type { CheckStatus, ServiceDefinition, ServiceWeights } from '../domain/service.ts';

/** Docker, as far as registration needs it. */
export interface ContainerSource {
  /**
   * The containers that run or are paused, all of them, by name; where the source was told so, also those that have
   * ended and were not removed. Reads what may have changed since the last time; with
   * `resync` it does not rely on events and lists them all again.
   *
   * A single container that cannot be read stays as it was known, or is left out. Throws `DOCKER_UNREACHABLE` or
   * `DOCKER_REFUSED` when the others cannot be read either.
   */
  observe(cause: { readonly resync: boolean }, signal: AbortSignal): Promise<readonly ContainerSnapshot[]>;
  /**
   * Calls `wake` whenever the containers may have changed, until aborted. Never rejects: a stream that ends is opened
   * again, and that is a reason to look as well.
   */
  watch(wake: (reason: string) => void, signal: AbortSignal): Promise<void>;
  /** Throws like `observe`. */
  host(signal: AbortSignal): Promise<DockerHost>;
}

export interface DockerHost {
  /** Docker's own ID of the engine; stays the same over restarts. */
  readonly id: string;
  readonly name: string;
}

/** Documents of the web that a `--tags` template asks for by `httpGet`. */
export interface Documents {
  /** What is known of it, the same object until that changes; `undefined` until the first answer. Asks nobody. */
  get(url: string): DocumentAnswer | undefined;
  /** From now on these are wanted and no others: asks for those that are not known. Waits for none, never throws. */
  want(urls: ReadonlySet<string>, asking: DocumentAsking): void;
  /** Asks again for those that failed, of which nothing else is known meanwhile. */
  retry(asking: DocumentAsking): void;
}

export interface DocumentAsking {
  /** Called when an answer has come, or a failure. */
  readonly wake: (reason: string) => void;
  readonly signal: AbortSignal;
}

export type DocumentAnswer =
  | { readonly kind: 'known'; readonly body: Uint8Array }
  | { readonly kind: 'failed'; readonly reason: string };

/** The place where services are registered: this host's Consul agent, or the catalog in memory. */
export interface ServiceRegistry {
  /** All services of the agent, whoever registered them. Throws `CONSUL_UNREACHABLE` or `CONSUL_REFUSED`. */
  services(signal: AbortSignal): Promise<ReadonlyMap<string, RegisteredService>>;
  /** The checks of all its services. Throws like `services`. */
  checks(signal: AbortSignal): Promise<ReadonlyMap<string, RegisteredCheck>>;
  /** Creates or replaces a service with all its checks. Throws like `services`. */
  register(registration: ServiceRegistration, signal: AbortSignal): Promise<void>;
  /** Removes a service and its checks; a service that is not there is no error. Throws like `services`. */
  deregister(serviceId: string, signal: AbortSignal): Promise<void>;
  /**
   * Says what a TTL check says, and that the sayer lives. `unknown`: the registry has no such check, so it has lost
   * the service. Uses a connection of its own. Throws like `services`.
   */
  report(checkId: string, verdict: CheckVerdict, signal: AbortSignal): Promise<'reported' | 'unknown'>;
  /** Calls `onLost` whenever the connection of `report` ends without our doing, until aborted. */
  watchConnection(onLost: () => void, signal: AbortSignal): void;
  /** The address that the agent gives to others, if it has one. Throws like `services`. */
  advertisedAddress(signal: AbortSignal): Promise<string | undefined>;
}

/** A service as the registry gives it back. */
export interface RegisteredService {
  readonly id: string;
  readonly name: string;
  readonly address: string;
  readonly port: number;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  readonly enableTagOverride: boolean;
  readonly weights: ServiceWeights;
}

export interface RegisteredCheck {
  readonly id: string;
  readonly serviceId: string;
  readonly status: CheckStatus;
  readonly output: string;
  /** What the registration said of it. Of a container check they tell its TTL, which the registry does not. */
  readonly notes: string;
}

/** What the registry is known to hold. */
export interface RegistryState {
  readonly services: ReadonlyMap<string, RegisteredService>;
  readonly checks: ReadonlyMap<string, RegisteredCheck>;
}

/** A service as it is sent to the registry, whole. */
export interface ServiceRegistration {
  readonly service: ServiceDefinition;
  /** The user's pairs and ours. */
  readonly meta: Readonly<Record<string, string>>;
  /** The check that says what Docker says. Missing when switched off. */
  readonly containerCheck?: ContainerCheck;
}

export interface ContainerCheck {
  readonly id: string;
  readonly name: string;
  readonly notes: string;
  /** Without a heartbeat for this long the registry calls the service critical. Go duration. */
  readonly ttl: string;
  readonly ttlMs: number;
  readonly verdict: CheckVerdict;
}

/** What the container check of a service says. */
export interface CheckVerdict {
  readonly status: CheckStatus;
  /** Begins with one word that routers read: `running`, `starting`, `unhealthy`, `paused`, `stopping`, `exited`. */
  readonly output: string;
}
