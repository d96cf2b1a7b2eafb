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
  /** The user's own pairs; Portolan's `portolan-…` pairs are added when the service is sent. */
  readonly meta: Readonly<Record<string, string>>;
  /** The application's own checks. The container check is added when the service is sent. */
  readonly checks: readonly CheckDefinition[];
  /** Whether Consul holds a check that says what Docker says of the container, and keeps the service alive. */
  readonly containerCheck: ContainerCheckMode;
  /** Where it comes from, for messages. */
  readonly origin: ServiceOrigin;
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
  /** What the registry shows until the first result. */
  readonly initialStatus?: CheckStatus;
  /** Go duration; the registry removes a service that was critical for this long. */
  readonly deregisterCriticalServiceAfter?: string;
}

/** A health test that the registry runs, or (`ttl`) that the application reports by itself. Durations as Go writes them. */
export type CheckDefinition = CheckCommon &
  (
    | {
        readonly kind: 'http';
        readonly url: string;
        readonly method?: string;
        readonly interval: string;
        readonly timeout?: string;
      }
    | { readonly kind: 'tcp'; readonly target: string; readonly interval: string; readonly timeout?: string }
    | { readonly kind: 'ttl'; readonly ttl: string }
  );
