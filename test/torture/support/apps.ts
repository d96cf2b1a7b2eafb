import type { ContainerCreateOptions } from 'dockerode';

/** What a container offers and says of itself. */
export interface App {
  readonly kind: string;
  /** `8080/tcp`, published on a port of Docker's choice. */
  readonly published: readonly string[];
  /** Exposed, but reachable from nowhere. */
  readonly exposed?: readonly string[];
  /** `{name}` stands for the name of the container. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly env?: readonly string[];
  /** Its HEALTHCHECK looks for a file that it makes at its start. */
  readonly hasHealthCheck?: boolean;
  /** What it runs, by `sh -c`. Unless told otherwise it ends at once when asked to. */
  readonly command?: string;
  readonly stopTimeoutS?: number;
  /** `/on/the/host:/in/the/container` */
  readonly binds?: readonly string[];
  /** Docker starts it again whenever it ends. */
  readonly restart?: 'always';
}

/** Simple containers, each with one trait, for schedules. */
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
  { kind: 'own ID', published: ['8080/tcp'], labels: { SERVICE_NAME: 'own', SERVICE_ID: '{name}-own' } },
  { kind: 'with health', published: ['8080/tcp'], labels: { SERVICE_NAME: 'checked' }, hasHealthCheck: true },
  { kind: 'ignored', published: ['8080/tcp'], labels: { SERVICE_NAME: 'hidden', SERVICE_IGNORE: 'true' } },
  { kind: 'unpublished', published: [], exposed: ['8080/tcp'], labels: { SERVICE_NAME: 'inner' } },
];

/** One service on port 8080. */
export const PLAIN: App = { kind: 'plain', published: ['8080/tcp'] };

const OBEYS = 'touch /well; trap "exit 0" TERM; sleep 86400 & wait';
const NS_PER_MS = 1e6;

export function createOptions(
  app: App,
  name: string,
  labels: Readonly<Record<string, string>>,
): ContainerCreateOptions {
  const ports = [...app.published, ...(app.exposed ?? [])];
  const own = Object.entries(app.labels ?? {}).map(([key, value]) => [key, value.replace('{name}', name)]);
  return {
    name,
    Image: 'busybox:latest',
    Cmd: ['sh', '-c', app.command ?? OBEYS],
    Env: [...(app.env ?? [])],
    Labels: { ...labels, ...Object.fromEntries(own) },
    ExposedPorts: Object.fromEntries(ports.map((port) => [port, {}])),
    HostConfig: {
      PortBindings: Object.fromEntries(app.published.map((port) => [port, [{ HostPort: '' }]])),
      ...(app.binds !== undefined && { Binds: [...app.binds] }),
      ...(app.restart !== undefined && { RestartPolicy: { Name: app.restart } }),
    },
    ...(app.stopTimeoutS !== undefined && { StopTimeout: app.stopTimeoutS }),
    ...(app.hasHealthCheck === true && {
      Healthcheck: {
        Test: ['CMD-SHELL', 'test -f /well'],
        Interval: 300 * NS_PER_MS,
        Timeout: 5_000 * NS_PER_MS,
        Retries: 1,
      },
    }),
  };
}
