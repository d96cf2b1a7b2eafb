import Docker from 'dockerode';
import { GenericContainer, type StartedTestContainer, Wait } from 'testcontainers';
import { TEST_LABEL } from './global-setup.ts';

/** The engine of this machine, for what testcontainers does not offer: signals, pauses, renames. */
export const docker = new Docker();

export const CONSUL_IMAGE = process.env['CONSUL_IMAGE'] ?? 'consul:1.8.7';

export interface WebOptions {
  readonly labels?: Readonly<Record<string, string>>;
  readonly environment?: Readonly<Record<string, string>>;
  /** How it behaves when asked to end. `graceful` finishes its requests, `fast` dies at once. */
  readonly app?: keyof typeof APPS;
  readonly healthCheck?: string;
}

const PAGE = 'mkdir -p /www; hostname > /www/index.html;';
const APPS = {
  fast: `${PAGE} httpd -f -p 8080 -h /www & H=$!; trap "kill -KILL $H; exit 0" TERM; while :; do wait; done`,
  graceful: `${PAGE} httpd -f -p 8080 -h /www & H=$!; trap "kill $H; sleep 1; exit 0" TERM; while :; do wait; done`,
  /** Goes on serving for three seconds. */
  lame: `${PAGE} httpd -f -p 8080 -h /www & H=$!; trap "sleep 3; exit 0" TERM; while :; do wait; done`,
};

/** A container that answers every request with its own host name, on port 8080, published on a port of Docker's choice. */
export async function startWeb({ labels = {}, environment = {}, app = 'fast', healthCheck }: WebOptions = {}) {
  let container = new GenericContainer('busybox:latest')
    .withCommand(['sh', '-c', APPS[app]])
    .withExposedPorts(8080)
    .withLabels({ [TEST_LABEL]: '', ...labels })
    .withEnvironment({ ...environment })
    // Also with a HEALTHCHECK, for which testcontainers would wait by itself.
    .withWaitStrategy(Wait.forListeningPorts());
  if (healthCheck !== undefined) {
    const oneSecond = 1_000;
    container = container.withHealthCheck({
      test: ['CMD-SHELL', healthCheck],
      interval: oneSecond,
      timeout: oneSecond,
      retries: 1,
    });
  }
  return new Web(await container.start());
}

export class Web {
  readonly #started: StartedTestContainer;
  constructor(started: StartedTestContainer) {
    this.#started = started;
  }
  get id(): string {
    return this.#started.getId();
  }
  /** What it answers. */
  get hostname(): string {
    return this.id.slice(0, 12);
  }
  get name(): string {
    return this.#started.getName().replace(/^\//, '');
  }
  async port(): Promise<number> {
    const { NetworkSettings } = await docker.getContainer(this.id).inspect();
    return Number(NetworkSettings.Ports['8080/tcp']?.[0]?.HostPort);
  }
  /** `docker stop`, without removing it. */
  async stop(graceS = 10): Promise<void> {
    await docker.getContainer(this.id).stop({ t: graceS });
  }
  async kill(signal = 'SIGKILL'): Promise<void> {
    await docker.getContainer(this.id).kill({ signal });
  }
  async pause(): Promise<void> {
    await docker.getContainer(this.id).pause();
  }
  async unpause(): Promise<void> {
    await docker.getContainer(this.id).unpause();
  }
  async exec(command: string): Promise<void> {
    await this.#started.exec(['sh', '-c', command]);
  }
  async restart(): Promise<void> {
    await docker.getContainer(this.id).restart({ t: 1 });
  }
  async remove(): Promise<void> {
    await docker.getContainer(this.id).remove({ force: true, v: true });
  }
}
