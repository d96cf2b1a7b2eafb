import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { takePorts } from '../test/support/ports.ts';
import { until } from '../test/support/until.ts';
import { createHttp, type HttpClient, inParallel } from './http.ts';
import { type Launched, launch } from './processes.ts';

export interface Agent {
  readonly port: number;
  readonly process: Launched;
  readonly http: HttpClient;
  /** Removes all services but its own, and waits until it has nothing left to do. */
  clear(): Promise<void>;
  /** Waits until it does nothing. */
  settle(): Promise<void>;
}

/** What an agent gives back of a service, as far as it is looked at. */
export interface AgentService {
  readonly ID: string;
  readonly Service: string;
  readonly Port: number;
  readonly Meta: Readonly<Record<string, string>>;
}

const IMAGE = process.env['CONSUL_IMAGE'] ?? 'consul:1.8.7';
const QUIET_WINDOW_MS = 500;
/** CPU in that window: raft's own ticking stays far below. */
const QUIET_CPU_S = 0.03;
const SETTLE_MS = 60_000;

/**
 * A durable server, as it runs on real hosts: `-dev` would keep in memory what costs most of the time.
 * `maxConnections`: of all programs of this machine together; by default Consul allows 200.
 */
export async function startConsul(folder: string, maxConnections: number | 'default' = 8_000): Promise<Agent> {
  const binary = process.env['CONSUL_BIN'] || binaryOfImage(folder);
  const port = await takePorts(4);
  const [data, config] = [join(folder, 'consul'), join(folder, 'consul.json')];
  mkdirSync(data);
  const limits = maxConnections === 'default' ? {} : { http_max_conns_per_client: maxConnections };
  writeFileSync(config, JSON.stringify({ limits }));
  const ports = [`-http-port=${port}`, `-server-port=${port + 1}`, `-serf-lan-port=${port + 2}`];
  const server = ['-server', '-bootstrap-expect=1', `-data-dir=${data}`, `-config-file=${config}`, '-node=bench'];
  const network = ['-bind=127.0.0.1', '-client=127.0.0.1', ...ports, `-serf-wan-port=${port + 3}`, '-dns-port=-1'];
  const command = [binary, 'agent', ...server, ...network, '-grpc-port=-1', '-log-level=warn'];
  const launched = await launch({ name: 'consul', command }, folder);
  const http = createHttp({ port }, 16);
  await until('Consul has a leader', async () => {
    launched.assertAlive();
    return (await http.request('GET', '/v1/catalog/nodes')).includes('"bench"');
  });
  const settle = async (): Promise<void> => await settled(launched);
  return {
    port,
    process: launched,
    http,
    settle,
    clear: async () => {
      const ids = (await agentServices(http)).map(({ ID }) => ID);
      await inParallel(ids, 16, (id) => http.request('PUT', `/v1/agent/service/deregister/${encodeURIComponent(id)}`));
      await settle();
    },
  };
}

/** All but the one that a server has of itself. */
export async function agentServices(http: HttpClient): Promise<readonly AgentService[]> {
  const services = JSON.parse(await http.request('GET', '/v1/agent/services')) as Record<string, AgentService>;
  return Object.values(services).filter(({ Service }) => Service !== 'consul');
}

async function settled(agent: Launched): Promise<void> {
  const endMs = performance.now() + SETTLE_MS;
  for (let before = agent.cpuS(), isQuiet = false; !isQuiet && performance.now() < endMs; ) {
    await sleep(QUIET_WINDOW_MS);
    const now = agent.cpuS();
    isQuiet = now - before < QUIET_CPU_S;
    before = now;
  }
}

function binaryOfImage(folder: string): string {
  const id = docker('create', IMAGE);
  if (id === undefined) throw new Error(`there is no image ${IMAGE}; set CONSUL_BIN to a consul binary`);
  try {
    const target = join(folder, 'consul-binary');
    // Debian's package has it in the first place, the official image in the second.
    const found = ['/usr/bin/consul', '/bin/consul'].some(
      (path) => docker('cp', '-L', `${id}:${path}`, target) !== undefined,
    );
    if (!found) throw new Error(`the image ${IMAGE} has no consul binary; set CONSUL_BIN`);
    chmodSync(target, 0o755);
    return target;
  } finally {
    docker('rm', '--force', id);
  }
}

function docker(...args: readonly string[]): string | undefined {
  const { status, stdout } = spawnSync('docker', args, { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}
