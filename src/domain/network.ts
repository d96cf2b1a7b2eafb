/** What this machine knows of its own addresses. */
export interface HostNetwork {
  /** `own`: a network namespace of the container's own, so that the host's addresses are not to be seen. */
  readonly kind: 'host' | 'own';
  readonly interfaces: readonly NetworkInterface[];
  /** Name of the interface of the default route, if there is one. */
  readonly defaultInterface: string | undefined;
  /** The router of the default route. Of a network of its own it is the host. */
  readonly gateway: string | undefined;
}

export interface NetworkInterface {
  readonly name: string;
  readonly address: string;
  readonly family: 'IPv4' | 'IPv6';
  /** `192.0.2.2/24` */
  readonly cidr: string;
}
