import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Docker from 'dockerode';
import { freePorts } from '../../../scripts/demo/ports.ts';
import { until } from '../../support/until.ts';

/** A Consul with the data of the recording. */
export interface SeededConsul {
  readonly host: string;
  readonly port: number;
  stop(): Promise<void>;
}

const PORT = 28_500;
const SERVER_PORT = 28_300;

/** The flags with which the recording was made: the agent's own node and service are part of the data. */
const FLAGS = [
  ...['agent', '-dev', '-node=agent-one', '-node-id=00000000-0000-0000-0000-0000000000ff', '-bind=127.0.0.1'],
  ...[`-http-port=${PORT}`, `-server-port=${SERVER_PORT}`, '-serf-lan-port=28301', '-serf-wan-port=28302'],
  ...['-dns-port=-1', '-grpc-port=-1'],
];

interface Seed {
  readonly register: readonly unknown[];
  readonly kv: readonly { readonly key: string; readonly value: string; readonly flags?: number }[];
}

/**
 * The agent of CONSUL_HTTP_ADDR, which has the data already; else CONSUL_BIN or the image of the tests, started and given
 * the data.
 */
export async function startSeededConsul(environment: NodeJS.ProcessEnv): Promise<SeededConsul> {
  const { CONSUL_HTTP_ADDR: address, CONSUL_BIN: binary } = environment;
  if (address) {
    const { hostname, port } = new URL(address.includes('://') ? address : `http://${address}`);
    return { host: hostname, port: Number(port || 8_500), stop: async () => await Promise.resolve() };
  }
  await refuseTakenPorts();
  const stop = binary ? startProgram(binary) : await startContainer(environment['CONSUL_IMAGE'] ?? 'consul:1.8.7');
  try {
    await seed(`http://127.0.0.1:${PORT}`);
  } catch (error) {
    await stop();
    throw error;
  }
  return { host: '127.0.0.1', port: PORT, stop };
}

/** Another agent that listens there would be taken for ours. */
async function refuseTakenPorts(): Promise<void> {
  for (const port of [PORT, SERVER_PORT]) {
    if ((await freePorts(port, 1)) === port) continue;
    throw new Error(`port ${port} is taken, and the recorded answers need a Consul at that one; see: ss -ltnp`);
  }
}

function startProgram(binary: string): () => Promise<void> {
  const child = spawn(binary, FLAGS, { stdio: 'ignore' });
  const ended = once(child, 'exit').catch(() => undefined);
  return async () => {
    child.kill('SIGKILL');
    await ended;
  };
}

async function startContainer(image: string): Promise<() => Promise<void>> {
  const HostConfig = { NetworkMode: 'host' };
  const container = await new Docker().createContainer({
    Image: image,
    Cmd: FLAGS,
    HostConfig,
    Labels: { 'portolan.test': '' },
  });
  const stop = async (): Promise<void> => await container.remove({ force: true, v: true });
  try {
    await container.start();
  } catch (error) {
    await stop();
    throw error;
  }
  return stop;
}

async function seed(base: string): Promise<void> {
  await until('Consul has its own node', async () => {
    const answer = await fetch(`${base}/v1/catalog/service/consul?consistent`).catch(() => undefined);
    return answer?.ok === true && ((await answer.json()) as readonly unknown[]).length > 0;
  });
  const { register, kv } = JSON.parse(
    readFileSync(join(import.meta.dirname, '../data/consul-seed.json'), 'utf8'),
  ) as Seed;
  for (const entry of register) await put(`${base}/v1/catalog/register`, JSON.stringify(entry));
  for (const { key, value, flags } of kv) {
    const path = key.split('/').map(encodeURIComponent).join('/');
    await put(`${base}/v1/kv/${path}${flags ? `?flags=${flags}` : ''}`, value);
  }
}

async function put(url: string, body: string): Promise<void> {
  const answer = await fetch(url, { method: 'PUT', body });
  if (!answer.ok) throw new Error(`PUT ${url}: ${answer.status} ${await answer.text()}`);
}
