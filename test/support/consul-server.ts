import { GenericContainer, Wait } from 'testcontainers';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { CONSUL_IMAGE, docker } from './docker.ts';
import { TEST_LABEL } from './global-setup.ts';
import { takePorts } from './ports.ts';
import { until } from './until.ts';

export interface ConsulServerOptions {
  /** HCL beside what makes a single server that keeps its data. */
  readonly config?: string;
  /** By path in the container. */
  readonly files?: Readonly<Record<string, string>>;
  /** A folder of this host that the container has at the same path. */
  readonly folder?: string;
  /** Sent with each request of the test's own. */
  readonly token?: string;
}

interface ConsulReply {
  readonly status: number;
  /** Parsed where it is JSON. */
  readonly answer: unknown;
}

/**
 * A Consul server by itself, on the loopback of this host: durable, unlike `-dev`, so that it can be started again, and
 * at the same ports as before.
 */
export interface ConsulServer {
  readonly port: number;
  /** Speaks TLS where the configuration names certificates. */
  readonly httpsPort: number;
  readonly endpoint: ConsulEndpoint;
  /** The test's own requests, below `/v1`. */
  ask(method: string, path: string, body?: unknown, token?: string): Promise<ConsulReply>;
  pause(): Promise<void>;
  unpause(): Promise<void>;
  /** Ends it by SIGKILL and starts it again; resolves when it has a leader. */
  restart(data: 'kept' | 'lost'): Promise<void>;
  stop(): Promise<void>;
}

export async function startConsulServer(options: ConsulServerOptions = {}): Promise<ConsulServer> {
  const port = await takePorts(5);
  const httpsPort = port + 1;
  const container = await createContainer(options, port).start();
  const handle = docker.getContainer(container.getId());
  const ask: ConsulServer['ask'] = async (method, path, body, token = options.token) => {
    const answer = await fetch(`http://127.0.0.1:${port}/v1${path}`, {
      method,
      headers: token === undefined ? {} : { 'x-consul-token': token },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(5_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, answer: isJson ? (JSON.parse(text) as unknown) : text };
  };
  const awaitLeader = async (): Promise<void> => {
    await until('Consul has a leader', async () => (await ask('GET', '/catalog/nodes?consistent')).status === 200);
  };
  await awaitLeader();
  return {
    port,
    httpsPort,
    endpoint: {
      name: `consul://127.0.0.1:${port}`,
      place: { kind: 'tcp', host: '127.0.0.1', port, isTls: false },
      token: () => undefined,
      tls: () => ({ verify: true }),
    },
    ask,
    pause: async () => {
      await handle.pause();
    },
    unpause: async () => {
      await handle.unpause();
    },
    restart: async (data) => {
      if (data === 'lost') await container.exec(['sh', '-c', 'rm -rf /consul/data/*']);
      await handle.kill({ signal: 'SIGKILL' });
      await handle.start();
      await awaitLeader();
    },
    stop: async () => {
      await handle.remove({ force: true, v: true });
    },
  };
}

function createContainer({ config = '', files = {}, folder }: ConsulServerOptions, port: number): GenericContainer {
  const server = ['-server', '-bootstrap-expect=1', '-data-dir=/consul/data', '-bind=127.0.0.1', '-client=127.0.0.1'];
  const names = ['http', 'https', 'server', 'serf_lan', 'serf_wan'];
  const ports = names.map((name, i) => `${name} = ${port + i}`).join('\n');
  const hcl = `performance { raft_multiplier = 1 }\nports {\ndns = -1\ngrpc = -1\n${ports}\n}\n${config}`;
  return new GenericContainer(CONSUL_IMAGE)
    .withCommand(['agent', ...server, '-hcl', hcl])
    .withNetworkMode('host')
    .withCopyContentToContainer(Object.entries(files).map(([target, content]) => ({ target, content })))
    .withBindMounts(folder === undefined ? [] : [{ source: folder, target: folder, mode: 'rw' }])
    .withLabels({ [TEST_LABEL]: '' })
    .withWaitStrategy(Wait.forLogMessage(/agent running/i));
}
