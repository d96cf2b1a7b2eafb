import type { Protocol } from './container.ts';

/** What we ask the registry to hold for one port of a container. */
export interface ServiceDefinition {
  /** Unique on its agent: `<hostname>:<container>:<port>[:udp|:sctp]`, or what `SERVICE_ID` says. */
  readonly id: string;
  readonly name: string;
  /** An IP literal. */
  readonly address: string;
  /** Where others connect: 1 to 65535. */
  readonly port: number;
  /** In the order in which the label gives them; duplicates kept. */
  readonly tags: readonly string[];
  /** Whether others may change the tags in the catalog; then they are not put back. */
  readonly enableTagOverride?: boolean;
  /** Consul's load balancing weights for the two states in which an instance gets traffic. */
  readonly weights?: ServiceWeights;
  /** Namespace of Consul Enterprise. */
  readonly namespace?: string;
  /** The user's own pairs; Portolan's `portolan-…` pairs are added when the service is sent. */
  readonly meta: Readonly<Record<string, string>>;
  /** The application's own checks. The container check is added when the service is sent. */
  readonly checks: readonly CheckDefinition[];
  /** Whether Consul holds a check that says what Docker says of the container, and keeps the service alive. */
  readonly containerCheck: ContainerCheckMode;
  /** Where it comes from, for messages. */
  readonly origin: ServiceOrigin;
}

export interface ServiceWeights {
  readonly passing: number;
  readonly warning: number;
}

export interface ServiceOrigin {
  readonly containerId: string;
  readonly containerName: string;
  readonly port: number;
  readonly protocol: Protocol;
}

export type ContainerCheckMode =
  | { readonly kind: 'off' }
  /** `startingStatus`: what a container counts as before its HEALTHCHECK has passed for the first time. */
  | { readonly kind: 'on'; readonly startingStatus: CheckStatus };

/** What a check can say. */
export type CheckStatus = 'passing' | 'warning' | 'critical';

interface CheckCommon {
  /** Unique on its agent. */
  readonly id: string;
  readonly name: string;
  /** For people. */
  readonly notes?: string;
  /** What the registry shows until the first result. */
  readonly initialStatus?: CheckStatus;
  /** Go duration; the registry removes a service that was critical for this long. */
  readonly deregisterCriticalServiceAfter?: string;
  /** So many good results in a row make it passing, so many bad ones critical. */
  readonly successBeforePassing?: number;
  readonly failuresBeforeCritical?: number;
}

interface CheckTiming {
  readonly interval: string;
  readonly timeout?: string;
}

/** A health test that the registry runs, or (`ttl`) that the application reports by itself. Durations as Go writes them. */
export type CheckDefinition = CheckCommon &
  (
    | ({
        readonly kind: 'http';
        readonly url: string;
        readonly method?: string;
        readonly headers?: Readonly<Record<string, readonly string[]>>;
        readonly body?: string;
        readonly tlsSkipVerify?: boolean;
      } & CheckTiming)
    /** `target`: `host:port`. */
    | ({ readonly kind: 'tcp'; readonly target: string } & CheckTiming)
    | { readonly kind: 'ttl'; readonly ttl: string }
    /** `target`: `host:port`, or `host:port/service`. */
    | ({
        readonly kind: 'grpc';
        readonly target: string;
        readonly useTls?: boolean;
        readonly tlsSkipVerify?: boolean;
      } & CheckTiming)
    /** A program on the agent's host, with its arguments. */
    | ({ readonly kind: 'script'; readonly args: readonly string[] } & CheckTiming)
    /** A program inside the container, run by the agent through Docker. */
    | ({
        readonly kind: 'docker';
        readonly containerId: string;
        readonly shell?: string;
        readonly args: readonly string[];
      } & CheckTiming)
  );
