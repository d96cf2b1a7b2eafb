/** A verdict of Consul. `maintenance` is Consul's maintenance mode, of the service or of its node. */
export type HealthStatus = 'passing' | 'warning' | 'critical' | 'maintenance';

/** Consul's `null` in place of a map: as good as an empty one, but what a template prints whole tells them apart. */
export const NO_ENTRIES: Readonly<Record<string, never>> = Object.freeze({});

/** One running copy of a service, somewhere in the cluster. All of it is untrusted input: anyone may write the catalog. */
export interface ServiceInstance {
  readonly service: string;
  /** Unique on its node only. */
  readonly id: string;
  readonly node: string;
  /** UUID; empty where an old agent has none. */
  readonly nodeId: string;
  readonly nodeAddress: string;
  /** `lan`, `wan`, … */
  readonly nodeTaggedAddresses: Readonly<Record<string, string>>;
  readonly nodeMeta: Readonly<Record<string, string>>;
  /** The service's own address, else its node's; not yet known to be an IP. */
  readonly address: string;
  readonly port: number;
  /** `lan`, `wan`, …; empty unless it was registered with them. */
  readonly taggedAddresses: Readonly<Record<string, TaggedAddress>>;
  readonly tags: readonly string[];
  readonly meta: Readonly<Record<string, string>>;
  /** The worst of its checks and its node's. */
  readonly status: HealthStatus;
  readonly checks: readonly CheckResult[];
  /** Consul's load balancing weights for the two states in which it gets traffic. */
  readonly weights: { readonly passing: number; readonly warning: number };
  /** Grows with each newly registered instance: tells who was first. */
  readonly createIndex: number;
}

/** Where a service is reached from one side. */
export interface TaggedAddress {
  readonly address: string;
  readonly port: number;
}

export interface CheckResult {
  readonly id: string;
  readonly status: HealthStatus;
  /** What Consul says where that is not what follows from `status`: the catalog takes any text. */
  readonly reportedStatus?: string;
  readonly output: string;
  /** For people. */
  readonly name: string;
  readonly notes: string;
  /** `http`, `ttl`, …; empty where the agent does not tell. */
  readonly type: string;
  readonly node: string;
  /** Empty, as the name and the tags, for a check of the node. */
  readonly serviceId: string;
  readonly serviceName: string;
  readonly serviceTags: readonly string[];
  /** How it is made. Consul tells it only of checks that were put into the catalog itself, not by an agent. */
  readonly definition?: ReportedDefinition;
  readonly createIndex: number;
  /** Grows whenever its status or output changes. */
  readonly modifyIndex: number;
  /** Where it is exposed outside of a service mesh. */
  readonly exposedPort?: number;
  /** Only Consul Enterprise has namespaces and partitions. */
  readonly namespace?: string;
  readonly partition?: string;
  /** The cluster that it was imported from. */
  readonly peerName?: string;
}

/** How a check is made, as far as Consul tells. Times are Go durations: `1m30s`. */
export interface ReportedDefinition {
  readonly http?: string | undefined;
  readonly header?: Readonly<Record<string, readonly string[]>> | undefined;
  readonly method?: string | undefined;
  readonly body?: string | undefined;
  readonly tlsServerName?: string | undefined;
  readonly tlsSkipVerify?: boolean | undefined;
  readonly tcp?: string | undefined;
  readonly tcpUseTls?: boolean | undefined;
  readonly udp?: string | undefined;
  readonly grpc?: string | undefined;
  readonly grpcUseTls?: boolean | undefined;
  readonly osService?: string | undefined;
  readonly sessionName?: string | undefined;
  readonly interval?: string | undefined;
  readonly timeout?: string | undefined;
  readonly deregisterCriticalServiceAfter?: string | undefined;
}

/** What the whole catalog held at one moment. Immutable; services that did not change are the same object as before. */
export interface CatalogSnapshot {
  /** What was read of each service. One that is new in `names` is not here before it was read. */
  readonly services: ReadonlyMap<string, readonly ServiceInstance[]>;
  /** All services with the tags of all their instances, sorted; also those that nobody can ask Consul about. */
  readonly names: ReadonlyMap<string, readonly string[]>;
  /** The names of all nodes that are listed. None at all where we may not see them. */
  readonly nodes: ReadonlySet<string>;
  /**
   * Services that cannot be read, and why: no request can name them, or what comes back makes no sense. What `services`
   * has of them is what was read last, if anything. Missing where all can be read.
   */
  readonly unreadable?: ReadonlyMap<string, string>;
  /**
   * `doubtful` for a while after the connection was lost or Consul's index went back: a server that starts again serves
   * an empty or an old catalog as the truth. What is missing from such a snapshot may still be there.
   */
  readonly trust: 'confirmed' | 'doubtful';
  /**
   * When the last reading began that asked the leader for everything, on the clock's monotonic scale, in ms. `Infinity`
   * where every snapshot is the truth.
   */
  readonly confirmedMs: number;
  /** For how many ms the server that answered had not heard of a leader; 0 as a rule. */
  readonly staleMs: number;
  /** Consul said that our rights hide a part of it. Old agents do not say so. */
  readonly isFiltered: boolean;
}

/** Follows a catalog. The same contract for Consul and for the catalog in memory; one suite tests both. */
export interface CatalogSource {
  /**
   * Calls the observer with the first whole snapshot and with each that differs from the one before, until aborted.
   * Never rejects: an outage is told to the observer and retried for ever.
   */
  follow(observer: CatalogObserver, signal: AbortSignal): Promise<void>;
}

export interface CatalogObserver {
  /**
   * `confirm` asks the source for another reading of everything that proves what is missing since some time: one that
   * begins some seconds after that. A snapshot with a later `confirmedMs` follows. While one is awaited asking changes
   * nothing.
   */
  onSnapshot(snapshot: CatalogSnapshot, confirm: (sinceMs: number) => void): void;
  /** The catalog cannot be read; called again with each failed attempt. The last snapshot stays valid. */
  onOutage(error: Error): void;
}
