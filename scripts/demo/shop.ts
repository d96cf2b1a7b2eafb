// The things of the demo: a Consul, Portolan, and a small shop of three services.
import { quietly, visibly } from './shell.ts';

/** All containers of the demo carry it, so that all of them are found again. */
const LABEL = 'portolan.demo';
const PREFIX = 'portolan-demo';

export const PORTOLAN = PREFIX;
const CONSUL = `${PREFIX}-consul`;

/** A web server that says which service it is and which container. */
const app = (service: string): string =>
  `mkdir -p /www; echo "${service} from $(hostname)" > /www/index.html; exec httpd -f -p 8080 -h /www`;

export interface Places {
  readonly httpPort: number;
  readonly adminPort: number;
  /** HTTP of Consul; the two after it are its other ports. */
  readonly consulPort: number | undefined;
}

/** Removes whatever an earlier demo left. */
export async function removeAll(): Promise<void> {
  const ids = (await quietly('docker', 'ps', '-aq', '--filter', `label=${LABEL}`)).split('\n').filter(Boolean);
  if (ids.length > 0) await quietly('docker', 'rm', '-f', '-v', ...ids);
}

export async function startConsul(image: string, port: number, otherPorts: number): Promise<void> {
  const [server, serf] = [otherPorts, otherPorts + 1];
  await visibly(
    ...['docker', 'run', '-d', '--name', CONSUL, '--network', 'host', '-l', LABEL, '-l', 'SERVICE_IGNORE=yes'],
    ...[image, 'agent', '-dev', '-bind=127.0.0.1', '-client=127.0.0.1', `-http-port=${port}`, `-server-port=${server}`],
    ...[`-serf-lan-port=${serf}`, `-serf-wan-port=${serf + 1}`, '-dns-port=-1', '-grpc-port=-1'],
  );
}

export async function startPortolan({ httpPort, adminPort, consulPort }: Places): Promise<void> {
  const registry = consulPort === undefined ? 'memory://' : `consul://127.0.0.1:${consulPort}`;
  const binds = httpPort === 80 ? [] : ['--http-bind', `lo:${httpPort},docker0:${httpPort},br-*:${httpPort}`];
  const admin = adminPort === 8650 ? [] : ['--admin', `127.0.0.1:${adminPort}`];
  await visibly(
    ...['docker', 'run', '-d', '--name', PORTOLAN, '--network', 'host', '-l', LABEL],
    ...['-v', `${dockerSocket()}:/var/run/docker.sock`, 'portolan', registry, ...binds, ...admin],
  );
}

/** Starts one instance, numbered from 1. Gives the name of its container. */
export async function startInstance(service: string, number: number): Promise<string> {
  const name = `${PREFIX}-${service}-${number}`;
  await visibly(
    ...['docker', 'run', '-d', '--init', '--name', name, '-l', LABEL, '-l', `SERVICE_NAME=${service}`, '-p', '8080'],
    ...['busybox', 'sh', '-c', app(service)],
  );
  return name;
}

/** The host name inside a container, which its answers carry. */
export async function hostnameOf(container: string): Promise<string> {
  return (await quietly('docker', 'inspect', '--format', '{{.Config.Hostname}}', container)).trim();
}

function dockerSocket(): string {
  const host = process.env['DOCKER_HOST'] ?? '';
  return host.startsWith('unix://') ? host.slice('unix://'.length) : '/var/run/docker.sock';
}
