import { CONSUL_IMAGE } from '../../../support/docker.ts';
import { TEST_LABEL } from '../../../support/global-setup.ts';
import { takePorts } from '../../../support/ports.ts';
import { output, run } from '../../../support/shell.ts';
import { until } from '../../../support/until.ts';
import type { CalamityServer } from './servers.ts';

const SERVERS = [0, 1, 2] as const;
/** HTTP, server, Serf in the LAN. */
const PORTS_EACH = 3;

/** Three servers that keep their data; the first is the one that is asked, as the agent of a host would be. */
export async function startCluster(): Promise<CalamityServer> {
  const first = await takePorts(SERVERS.length * PORTS_EACH);
  const http = (i: number) => first + i * PORTS_EACH;
  const name = (i: number) => `portolan-test-cluster-${first}-${i}`;
  const ask = async (i: number, method: string, path: string, body?: unknown) => {
    const answer = await fetch(`http://127.0.0.1:${http(i)}/v1${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(10_000),
    });
    const text = await answer.text();
    const isJson = answer.headers.get('content-type')?.includes('json') === true;
    return { status: answer.status, answer: isJson ? (JSON.parse(text) as unknown) : text };
  };
  const leads = async (i: number) => (await ask(i, 'GET', '/catalog/nodes?consistent')).status === 200;
  const areAllBack = async () => {
    const { answer } = await ask(0, 'GET', '/health/service/consul?passing&consistent');
    return Array.isArray(answer) && answer.length === SERVERS.length;
  };
  await Promise.all(SERVERS.map((i) => output('docker', 'run', '-d', '--name', name(i), ...runArguments(i, first))));
  await until('the cluster is whole', areAllBack, 30_000);

  const leader = async (): Promise<number> => {
    const { answer } = await ask(0, 'GET', '/status/leader');
    return SERVERS.find((i) => String(answer).endsWith(`:${http(i) + 1}`)) ?? 0;
  };
  return {
    port: http(0),
    tls: undefined,
    token: undefined,
    ask: (method, path, body) => ask(0, method, path, body),
    restart: async () => {
      await output('docker', 'kill', name(0));
      await output('docker', 'start', name(0));
      await until('the server has a leader again', () => leads(0), 30_000);
    },
    elect: async (awayMs, dead) => {
      const deposed = await leader();
      const names = [name(deposed), name((deposed + 1) % SERVERS.length)].slice(0, dead);
      await output('docker', 'kill', ...names);
      await new Promise((resolve) => setTimeout(resolve, awayMs));
      await output('docker', 'start', ...names);
      await until('the cluster is whole again', areAllBack, 60_000);
    },
    stop: async () => {
      await run('docker', ['rm', '-f', '-v', ...SERVERS.map(name)]);
    },
  };
}

function runArguments(i: number, first: number): readonly string[] {
  const port = first + i * PORTS_EACH;
  const others = SERVERS.filter((one) => one !== i).map(
    (one) => `-retry-join=127.0.0.1:${first + one * PORTS_EACH + 2}`,
  );
  return [
    ...['--net=host', '-l', TEST_LABEL, '-l', 'SERVICE_IGNORE=yes', CONSUL_IMAGE, 'agent', '-server'],
    ...['-bootstrap-expect=3', '-data-dir=/consul-data', `-node=server-${i}`, '-retry-interval=1s', ...others],
    ...['-bind=127.0.0.1', '-client=127.0.0.1', `-http-port=${port}`, `-server-port=${port + 1}`],
    ...[`-serf-lan-port=${port + 2}`, '-serf-wan-port=-1', '-dns-port=-1', '-grpc-port=-1'],
    ...['-hcl', 'performance { raft_multiplier = 1 }'],
  ];
}
