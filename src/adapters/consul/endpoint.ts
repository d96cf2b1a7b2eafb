/** Where Consul's HTTP API is and how to speak to it. */
export interface ConsulEndpoint {
  /** For messages: `consul://127.0.0.1:8500`. */
  readonly name: string;
  readonly place:
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly isTls: boolean }
    | { readonly kind: 'unix'; readonly path: string };
  /** Read for each request, so that a changed token file counts at once. */
  readonly token: () => string | undefined;
  readonly tls: ConsulTls;
}

/** PEM texts. */
export interface ConsulTls {
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  readonly verify: boolean;
}
