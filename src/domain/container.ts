/** What we know of a container: read from Docker, and of that only what decides something. All of it is untrusted. */
export interface ContainerSnapshot {
  /** 64 hexadecimal digits. */
  readonly id: string;
  /** Without Docker's leading slash. */
  readonly name: string;
  /** The reference it was created from (`team/app:1.2`), or an image ID. */
  readonly image: string;
  /** Milliseconds since 1970, by Docker's clock. */
  readonly createdMs: number;
  /** When it was last started, milliseconds since 1970 by Docker's clock; 0 for never. */
  readonly startedMs: number;
  /** How often its restart policy has started it again. */
  readonly restartCount: number;
  readonly state: ContainerState;
  /** Of a container that has ended. */
  readonly exitCode?: number;
  readonly health: ContainerHealth;
  /** Set between a signal that asks the container to end and its end. */
  readonly stopping?: Stopping;
  readonly labels: Readonly<Record<string, string>>;
  /** Only the variables whose names begin with `SERVICE_`: the others may be secrets. */
  readonly env: Readonly<Record<string, string>>;
  /** By port, then protocol; exposed ones that are not published have no bindings. */
  readonly ports: readonly ContainerPort[];
  /** Docker's `HostConfig.NetworkMode`: `default`, `bridge`, `host`, `none`, `container:<id>` or a network's name. */
  readonly networkMode: string;
  /** By name. */
  readonly networks: readonly ContainerNetwork[];
  /** Docker's whole answer to `inspect`. Only where somebody reads it (a `--tags` template) and it is not too long. */
  readonly inspected?: Readonly<Record<string, unknown>>;
}

export type ContainerState = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead';

/** `none`: the image has no HEALTHCHECK. */
export type ContainerHealth = 'none' | 'starting' | 'healthy' | 'unhealthy';

export interface Stopping {
  /** The signal that was sent, as Docker told it: a number or a name. */
  readonly signal: string;
  /** Monotonic milliseconds after which a container that still runs has ignored the signal. */
  readonly untilMs: number;
}

export type Protocol = 'tcp' | 'udp' | 'sctp';

export interface ContainerPort {
  /** 1 to 65535, inside the container. */
  readonly port: number;
  readonly protocol: Protocol;
  /** Where the host listens for it, in Docker's order. */
  readonly bindings: readonly PortBinding[];
}

export interface PortBinding {
  /** An IP literal; `0.0.0.0` or `::` for all addresses. */
  readonly hostIp: string;
  readonly hostPort: number;
}

export interface ContainerNetwork {
  readonly name: string;
  /** The container's IPv4 address there. */
  readonly ipAddress: string;
}
