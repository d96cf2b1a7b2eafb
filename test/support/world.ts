import { resolve } from 'node:path';
import { DockerComposeEnvironment, type StartedDockerComposeEnvironment } from 'testcontainers';
import type { StatusReport } from '../../src/app.ts';
import { CONSUL_IMAGE, docker } from './docker.ts';
import { ask } from './http.ts';
import { takePorts } from './ports.ts';
import { until } from './until.ts';

export type Registry = 'consul' | 'memory';

const ROOT = resolve(import.meta.dirname, '../..');

/** Portolan's image, and a Consul unless it goes without, on the network of this host. */
export interface World {
  readonly registry: Registry;
  readonly httpPort: number;
  readonly adminPort: number;
  readonly consulPort: number;
  /** The answers to `count` requests for a service, each on a connection of its own. */
  answers(service: string, count: number): Promise<readonly string[]>;
  /** Waits until exactly these answer for a service; each must, and nobody else may. */
  answeredBy(service: string, hostnames: readonly string[], timeoutMs?: number): Promise<void>;
  status(): Promise<StatusReport>;
  /** Runs a shell command in the container of Portolan, as root. Gives its output. */
  exec(command: string): Promise<string>;
  /** The container of `portolan` or `consul`. */
  container(name: 'portolan' | 'consul'): ReturnType<typeof docker.getContainer>;
  stop(): Promise<void>;
}

export interface WorldOptions {
  /** More options for Portolan. */
  readonly args?: readonly string[];
  /** Puts something between Portolan and Consul. */
  readonly proxy?: (ports: { readonly port: number; readonly targetPort: number }) => Promise<void>;
}

/** Starts it and waits until Portolan says that it is ready. */
export async function startWorld(registry: Registry, { args = [], proxy }: WorldOptions = {}): Promise<World> {
  const first = await takePorts(7);
  const [httpPort, adminPort, consulPort, proxyPort] = [first, first + 1, first + 2, first + 6];
  await proxy?.({ port: proxyPort, targetPort: consulPort });
  const registryPort = proxy === undefined ? consulPort : proxyPort;
  const uri = registry === 'memory' ? 'memory://' : `consul://127.0.0.1:${registryPort}`;
  const binds = `lo:${httpPort},docker0:${httpPort}`;
  const command = [uri, '--http-bind', binds, '--admin', `127.0.0.1:${adminPort}`, '--hostname', 'e2e', ...args];
  const environment = await new DockerComposeEnvironment(ROOT, 'docker-compose.test.yml')
    .withProjectName(`portolan-test-${first}`)
    .withEnvironment({
      CONSUL_IMAGE,
      CONSUL_PORT: `${consulPort}`,
      CONSUL_SERVER_PORT: `${first + 3}`,
      CONSUL_LAN_PORT: `${first + 4}`,
      CONSUL_WAN_PORT: `${first + 5}`,
      PORTOLAN_COMMAND: command.join(' '),
    })
    .up(registry === 'memory' ? ['portolan'] : ['consul', 'portolan']);
  const world = createWorld(registry, { httpPort, adminPort, consulPort }, environment);
  await until('Portolan is ready', async () => (await ask({ port: adminPort, path: '/readyz' })).status === 200);
  return world;
}

function createWorld(
  registry: Registry,
  ports: Pick<World, 'httpPort' | 'adminPort' | 'consulPort'>,
  environment: StartedDockerComposeEnvironment,
): World {
  const { httpPort, adminPort } = ports;
  const answers = async (service: string, count: number): Promise<readonly string[]> => {
    const texts: string[] = [];
    for (let i = 0; i < count; i++) {
      const { status, text } = await ask({ port: httpPort }, { host: service });
      texts.push(status === 200 ? text.trim() : `${status} ${text.trim()}`);
    }
    return texts;
  };
  return {
    registry,
    ...ports,
    answers,
    answeredBy: async (service, hostnames, timeoutMs = 15_000) => {
      const wanted = [...hostnames].toSorted().join(', ');
      let seen = '';
      const attempt = async (): Promise<boolean> => {
        seen = [...new Set(await answers(service, hostnames.length * 3))].toSorted().join(', ');
        return seen === wanted;
      };
      await until(`${service} is answered by ${wanted}`, attempt, timeoutMs).catch((cause: unknown) => {
        throw new Error(`${service} is answered by ${seen} instead of ${wanted}`, { cause });
      });
    },
    status: async () => JSON.parse((await ask({ port: adminPort, path: '/api/v1/status' })).text) as StatusReport,
    exec: async (command) => {
      const { output, exitCode } = await environment.getContainer('portolan-1').exec(['sh', '-c', command]);
      if (exitCode !== 0) throw new Error(`${command} exits with ${exitCode}: ${output}`);
      return output.trim();
    },
    container: (name) => docker.getContainer(environment.getContainer(`${name}-1`).getId()),
    stop: async () => {
      await environment.down({ timeout: 1, removeVolumes: true });
    },
  };
}
