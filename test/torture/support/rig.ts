import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { ContainerInspectInfo } from 'dockerode';
import { docker } from '../../support/docker.ts';
import { TEST_LABEL } from '../../support/global-setup.ts';
import { takePorts } from '../../support/ports.ts';
import { until } from '../../support/until.ts';
import { type AgentState, readAgent } from './agent-state.ts';
import { type App, createOptions } from './apps.ts';
import { type ConsulServer, startConsulServer } from './consul-server.ts';
import { createDaemon, type Daemon, HOST_ADDRESS } from './daemon.ts';
import { type FaultProxy, startFaultProxy } from './fault-proxy.ts';
import { expectedState } from './oracle.ts';
import type { Side } from './schedule.ts';

/** Real Docker, a real Consul and the real daemon, with a proxy on each side of it. */
export interface Rig {
  /** Begins the names of all its containers, so that several rigs can share one Docker. */
  readonly run: string;
  readonly daemon: Daemon;
  readonly consul: ConsulServer;
  readonly proxies: Readonly<Record<Side, FaultProxy>>;
  /** Creates and starts a container. Gives its ID. */
  runContainer(app: App, name: string): Promise<string>;
  /** All its containers, those that have ended too. */
  containers(): Promise<readonly ContainerInspectInfo[]>;
  /** What Consul holds of this rig. */
  actual(): Promise<AgentState>;
  /** What the oracle makes of the containers. */
  expected(): Promise<AgentState>;
  /** Waits until Consul holds what the oracle says, at two looks in a row. Throws a `Difference`. */
  settled(timeoutMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface RigOptions {
  readonly run: string;
  /** More options for the daemon. */
  readonly args?: readonly string[];
  readonly program?: readonly string[];
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
export async function startRig({ run, args = [], program }: RigOptions): Promise<Rig> {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-torture-'));
  const [consulPort, adminPort] = [await takePorts(1), await takePorts(1)];
  const consul = await startConsulServer();
  const proxies = {
    docker: await startFaultProxy({ path: join(folder, 'docker.sock') }, { path: DOCKER_SOCKET }),
    consul: await startFaultProxy({ port: consulPort }, { port: consul.port }),
  };
  const daemon = createDaemon({
    registry: `consul://127.0.0.1:${consulPort}`,
    hostname: run,
    adminPort,
    folder,
    args: ['--docker-host', `unix://${join(folder, 'docker.sock')}`, ...args],
    ...(program !== undefined && { program }),
  });

  const list = () => docker.listContainers({ all: true, filters: { label: [`${RUN_LABEL}=${run}`] } });
  const containers = async () => await Promise.all((await list()).map(({ Id }) => docker.getContainer(Id).inspect()));
  const expected = async () =>
    expectedState(await containers(), {
      hostname: run,
      owner: daemon.owner,
      hostAddress: HOST_ADDRESS,
      adminPort,
    });
  // Containers of others are registered under our host's name too; their names begin otherwise.
  const isOurs = (id: string) =>
    id.startsWith(`${run}-`) || id.startsWith(`${run}:${run}-`) || id === `portolan:${run}`;
  const actual = () => readAgent(consul.port, isOurs);
  return {
    run,
    daemon,
    consul,
    proxies,
    containers,
    expected,
    actual,
    runContainer: async (app, name) => {
      const labels = { [TEST_LABEL]: '', [RUN_LABEL]: run };
      const container = await docker.createContainer(createOptions(app, { name, id: `${name}-own`, labels }));
      await container.start();
      return container.id;
    },
    settled: (timeoutMs) => settle({ expected, actual }, timeoutMs),
    close: async () => {
      await daemon.kill();
      await Promise.all([proxies.docker.close(), proxies.consul.close(), consul.remove()]);
      await Promise.all((await list()).map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })));
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
