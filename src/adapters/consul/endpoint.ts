/** Where Consul's HTTP API is and how to speak to it. */
export interface ConsulEndpoint {
  /** For messages: `consul://127.0.0.1:8500`. */
  readonly name: string;
  readonly place:
    | { readonly kind: 'tcp'; readonly host: string; readonly port: number; readonly isTls: boolean }
    | { readonly kind: 'unix'; readonly path: string };
  /** Read for each request, so that a changed token file counts at once. */
  readonly token: () => string | undefined;
  /** Read for each new connection; the same object as long as nothing has changed. */
  readonly tls: () => ConsulTls;
  /** `user:password` for a proxy before Consul that asks for them. */
  readonly basicAuth?: string;
  /** Namespace and partition of Consul Enterprise; an agent without them refuses a request that names a namespace. */
  readonly namespace?: string;
  readonly partition?: string;
}

/** PEM texts, checked. */
export interface ConsulTls {
  /** Whom to trust instead of the usual authorities. */
  readonly ca?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly serverName?: string;
  readonly verify: boolean;
}
