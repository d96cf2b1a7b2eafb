/** How this host reaches the services of the cluster: all that the proxy has to know. Sorted, so that equal is equal. */
export interface RoutingModel {
  /** By name. */
  readonly services: readonly RoutedService[];
}

export interface RoutedService {
  /** Validated: letters, digits, `_`, `.`, `-`; at most 63 characters. */
  readonly name: string;
  /** Host names in lower case, without port, that lead here. */
  readonly hosts: readonly string[];
  /** By name; those that get traffic. */
  readonly servers: readonly RoutedServer[];
}

export interface RoutedServer {
  /** Unique in its service and legal in HAProxy. */
  readonly name: string;
  /** IP literal. */
  readonly address: string;
  readonly port: number;
  /** 0 to 256, HAProxy's scale. */
  readonly weight: number;
}
