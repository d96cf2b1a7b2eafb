import type { ContainerCreateOptions } from 'dockerode';

/** What a container of a schedule offers and says of itself. */
export interface App {
  readonly kind: string;
  /** `8080/tcp`, published on a port of Docker's choice. */
  readonly published: readonly string[];
  /** Exposed, but reachable from nowhere. */
  readonly exposed?: readonly string[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: readonly string[];
  /** Its HEALTHCHECK looks for a file that it makes at its start. */
  readonly hasHealthCheck?: boolean;
}

/** Simple containers, each with one trait. `{id}` stands for a text that no other container has. */
export const APPS: readonly App[] = [
  { kind: 'plain', published: ['8080/tcp'], labels: { SERVICE_NAME: 'shop' } },
  { kind: 'unnamed', published: ['8080/tcp'] },
  { kind: 'tagged', published: ['8080/tcp'], labels: { SERVICE_NAME: 'shop', SERVICE_TAGS: 'blue,eu-1' } },
  { kind: 'udp', published: ['5353/udp'], labels: { SERVICE_NAME: 'names', SERVICE_TAGS: 'dns' } },
  {
    kind: 'two ports',
    published: ['8080/tcp', '9090/tcp'],
    labels: { SERVICE_NAME: 'pair', SERVICE_9090_NAME: 'pair-admin', SERVICE_9090_TAGS: 'admin' },
  },
  { kind: 'two unnamed ports', published: ['53/tcp', '53/udp'] },
  {
    kind: 'with meta',
    published: ['8080/tcp'],
    labels: { SERVICE_NAME: 'stock', SERVICE_REGION: 'eu' },
    env: ['SERVICE_TEAM=shop', 'SECRET=none'],
  },
  { kind: 'own ID', published: ['8080/tcp'], labels: { SERVICE_NAME: 'own', SERVICE_ID: '{id}' } },
  { kind: 'with health', published: ['8080/tcp'], labels: { SERVICE_NAME: 'checked' }, hasHealthCheck: true },
  { kind: 'ignored', published: ['8080/tcp'], labels: { SERVICE_NAME: 'hidden', SERVICE_IGNORE: 'true' } },
  { kind: 'unpublished', published: [], exposed: ['8080/tcp'], labels: { SERVICE_NAME: 'inner' } },
];

/** Ends at once when asked to. */
export const OBEYS = 'touch /well; trap "exit 0" TERM; sleep 86400 & wait';
const NS_PER_MS = 1e6;

export interface Naming {
  readonly name: string;
  /** For `{id}`. */
  readonly id: string;
  readonly labels: Readonly<Record<string, string>>;
}

export function createOptions(app: App, { name, id, labels }: Naming): ContainerCreateOptions {
  const ports = [...app.published, ...(app.exposed ?? [])];
  const own = Object.entries(app.labels ?? {}).map(([key, value]) => [key, value.replace('{id}', id)]);
  return {
    name,
    Image: 'busybox:latest',
    Cmd: ['sh', '-c', OBEYS],
    Env: [...(app.env ?? [])],
    Labels: { ...labels, ...Object.fromEntries(own) },
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    HostConfig: { PortBindings: Object.fromEntries(app.published.map((port) => [port, [{ HostPort: '' }]])) },
    ...(app.hasHealthCheck === true && {
      Healthcheck: {
        Test: ['CMD-SHELL', 'test -f /well'],
        Interval: 500 * NS_PER_MS,
        Timeout: 5_000 * NS_PER_MS,
        Retries: 1,
      },
    }),
  };
}
