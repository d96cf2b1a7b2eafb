import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Container, ContainerInspectInfo } from 'dockerode';
import { docker } from '../../support/docker.ts';
import { TEST_LABEL } from '../../support/global-setup.ts';
import { takePorts } from '../../support/ports.ts';
import { until } from '../../support/until.ts';
import { type AgentState, readAgent } from './agent-state.ts';
import { type App, createOptions } from './apps.ts';
import { type ConsulRecorder, startConsulRecorder } from './consul-recorder.ts';
import { type ConsulServer, type ConsulServerOptions, startConsulServer } from './consul-server.ts';
import { createDaemon, type Daemon, type DaemonOptions, HOST_ADDRESS } from './daemon.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { expectedState } from './oracle.ts';

/** Real Docker, a real Consul and the real daemon, with a proxy on each side of it. */
export interface Rig {
  /** The host's name, and the begin of the names of all its containers, so that several rigs can share one Docker. */
  readonly run: string;
  readonly daemon: Daemon;
  readonly consul: ConsulServer;
  /** What Portolan asks Consul. */
  readonly recorder: ConsulRecorder;
  readonly proxies: { readonly docker: FaultProxy; readonly consul: FaultProxy };
  /** One more daemon beside the first, of the same host unless told otherwise; ended with the rig. */
  another(options?: Partial<Pick<DaemonOptions, 'hostname' | 'owner' | 'args'>>): Promise<Daemon>;
  /** Creates and starts a container `<run>-<name>`. */
  runContainer(app: App, name: string): Promise<Container>;
  /** The ID of the service of such a container. */
  serviceId(name: string, port?: number): string;
  /** All its containers, those that have ended too. */
  containers(): Promise<readonly ContainerInspectInfo[]>;
  /** What Consul holds of this rig. */
  actual(): Promise<AgentState>;
  /** What the oracle makes of the containers. */
  expected(): Promise<AgentState>;
  /** Waits until Consul holds what the oracle says, at two looks in a row. Throws a `Difference`. */
  settled(timeoutMs?: number): Promise<void>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly run: string;
  /** More options for the daemon. */
  readonly args?: readonly string[];
  readonly program?: readonly string[];
  readonly consul?: ConsulServerOptions;
}

/** Consul does not hold what it should. */
export class Difference extends Error {
  readonly expected: AgentState;
  readonly actual: AgentState | undefined;
  constructor(message: string, expected: AgentState, actual: AgentState | undefined) {
    super(message);
    this.expected = expected;
    this.actual = actual;
  }
}

const DOCKER_SOCKET = '/var/run/docker.sock';
const RUN_LABEL = `${TEST_LABEL}.run`;
/** Between two looks: an equality that lasts for one look only is none. */
const SECOND_LOOK_MS = 300;

/** The daemon does not run yet. */
export async function startRig({ run, args = [], program, consul: consulOptions }: RigOptions): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-torture-'));
  const socket = join(folder, 'docker.sock');
  const consul = await startConsulServer(consulOptions);
  const recorder = await startConsulRecorder(await takePorts(1), consul.port);
  const consulPort = await takePorts(1);
  const proxies = {
    docker: await startFaultProxy({ path: socket }, { path: DOCKER_SOCKET }),
    consul: await startFaultProxy({ port: consulPort }, { port: recorder.port }),
  };
  const daemons: Daemon[] = [];
  const another: Rig['another'] = async (options = {}) => {
    const daemon = createDaemon({
      registry: `consul://127.0.0.1:${consulPort}`,
      hostname: run,
      adminPort: await takePorts(1),
      folder,
      ...(program !== undefined && { program }),
      ...options,
      args: ['--docker-host', `unix://${socket}`, ...(options.args ?? args)],
    });
    daemons.push(daemon);
    return daemon;
  };
  const daemon = await another();
  const state = rigState({ run, daemon, consul });
  return {
    run,
    daemon,
    consul,
    recorder,
    proxies,
    another,
    ...state,
    serviceId: (name, port = 8080) => `${run}:${run}-${name}:${port}`,
    runContainer: async (app, name) => {
      const labels = { [TEST_LABEL]: '', [RUN_LABEL]: run };
      const container = await docker.createContainer(createOptions(app, `${run}-${name}`, labels));
      await container.start();
      return container;
    },
    close: async () => {
      await Promise.all(daemons.map((one) => one.kill()));
      await Promise.all([proxies.docker.close(), proxies.consul.close(), consul.remove()]);
      recorder.close();
      await removeContainers(run);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type State = Pick<Rig, 'containers' | 'actual' | 'expected' | 'settled'>;

function rigState({ run, daemon, consul }: Pick<Rig, 'run' | 'daemon' | 'consul'>): State {
  const { owner, adminPort } = daemon;
  const containers = async () =>
    await Promise.all((await list(run)).map(({ Id }) => docker.getContainer(Id).inspect()));
  const oracle = { hostname: run, owner, hostAddress: HOST_ADDRESS, adminPort };
  const expected = async () => expectedState(await containers(), oracle);
  // Containers of others are registered under our host's name too; their names begin otherwise.
  const isOurs = (id: string) =>
    id.startsWith(`${run}-`) || id.startsWith(`${run}:${run}-`) || id === `portolan:${run}`;
  const actual = () => readAgent(consul.port, isOurs);
  return { containers, actual, expected, settled: (timeoutMs = 10_000) => settle({ expected, actual }, timeoutMs) };
}

async function list(run: string) {
  return await docker.listContainers({ all: true, filters: { label: [`${RUN_LABEL}=${run}`] } });
}

async function removeContainers(run: string): Promise<void> {
  await Promise.all((await list(run)).map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
}

async function settle({ expected, actual }: Pick<Rig, 'expected' | 'actual'>, timeoutMs: number): Promise<void> {
  let wanted: AgentState = { services: {}, checks: {} };
  let seen: AgentState | undefined;
  let equalSinceMs: number | undefined;
  const look = async (): Promise<boolean> => {
    [wanted, seen] = [await expected(), undefined];
    seen = await actual();
    if (!isDeepStrictEqual(seen, wanted)) equalSinceMs = undefined;
    else equalSinceMs ??= performance.now();
    return equalSinceMs !== undefined && performance.now() - equalSinceMs >= SECOND_LOOK_MS;
  };
  try {
    await until('Consul holds what the oracle says', look, timeoutMs + SECOND_LOOK_MS);
  } catch (error) {
    throw new Difference(error instanceof Error ? error.message : String(error), wanted, seen);
  }
}
