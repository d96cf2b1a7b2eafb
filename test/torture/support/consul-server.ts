import { CONSUL_IMAGE } from '../../support/docker.ts';
import { TEST_LABEL } from '../../support/global-setup.ts';
import { ask } from '../../support/http.ts';
import { takePorts } from '../../support/ports.ts';
import { output, run } from '../../support/shell.ts';
import { until } from '../../support/until.ts';

/** A Consul agent of this host, in a container on the host's network. */
export interface ConsulServer {
  readonly port: number;
  /** Ends it hard and removes it, and starts another without data at the same port. */
  wipe(): Promise<void>;
  kill(): Promise<void>;
  /** Starts the killed one again, with its data where it keeps any. Resolves when it has a leader. */
  startAgain(): Promise<void>;
  remove(): Promise<void>;
  /** What somebody else than Portolan does. `body` as Consul's HTTP API takes it. */
  register(body: Readonly<Record<string, unknown>>): Promise<void>;
  deregister(serviceId: string): Promise<void>;
}

export interface ConsulServerOptions {
  /** Keeps what it knows on disk, as a durable agent does. */
  readonly isDurable?: boolean;
  /** More addresses on which it answers. */
  readonly clientAddresses?: readonly string[];
}

export async function startConsulServer(options: ConsulServerOptions = {}): Promise<ConsulServer> {
  const first = await takePorts(4);
  const name = `portolan-test-consul-${first}`;
  const startAnew = async (): Promise<void> => {
    await output('docker', 'run', '-d', '--name', name, ...runArguments(first, options));
    await hasLeader(first);
  };
  await startAnew();
  const remove = async (): Promise<void> => {
    await run('docker', ['rm', '-f', '-v', name]);
  };
  return {
    port: first,
    wipe: async () => {
      await remove();
      await startAnew();
    },
    kill: async () => {
      await output('docker', 'kill', name);
    },
    startAgain: async () => {
      await output('docker', 'start', name);
      await hasLeader(first);
    },
    remove,
    register: (body) => put(first, '/v1/agent/service/register', body),
    deregister: (serviceId) => put(first, `/v1/agent/service/deregister/${encodeURIComponent(serviceId)}`),
  };
}

function runArguments(
  port: number,
  { isDurable = false, clientAddresses = [] }: ConsulServerOptions,
): readonly string[] {
  // Elects itself in a second; by default it takes ten.
  const durable = ['-server', '-bootstrap-expect=1', '-data-dir=/consul-data', '-hcl=performance{raft_multiplier=1}'];
  const mode = isDurable ? durable : ['-dev'];
  return [
    ...['--net=host', '-l', TEST_LABEL, '-l', 'SERVICE_IGNORE=yes', CONSUL_IMAGE, 'agent', ...mode],
    ...['-bind=127.0.0.1', `-client=${['127.0.0.1', ...clientAddresses].join(' ')}`, `-http-port=${port}`],
    ...[`-server-port=${port + 1}`, `-serf-lan-port=${port + 2}`, `-serf-wan-port=${port + 3}`],
    ...['-dns-port=-1', '-grpc-port=-1'],
  ];
}

async function put(port: number, path: string, body?: unknown): Promise<void> {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
    method: 'PUT',
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!answer.ok) throw new Error(`PUT ${path} answers ${answer.status}: ${await answer.text()}`);
  await answer.text();
}

async function hasLeader(port: number): Promise<void> {
  const leader = async () => (await ask({ port, path: '/v1/status/leader' })).text;
  await until('Consul has a leader', async () => (await leader()).includes(':'), 30_000);
}
