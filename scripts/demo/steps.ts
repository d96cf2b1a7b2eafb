// The steps of the demo. Each shows what it does and throws a DemoFailure when it does not hold.

import { startLoad } from './load.ts';
import { heading, note, output } from './screen.ts';
import { DemoFailure, quietly, until, visibly } from './shell.ts';
import { hostnameOf, type Places, PORTOLAN, startInstance } from './shop.ts';

/** Name and number of instances of each service of the shop. */
export const SHOP = [
  ['inventory', 3],
  ['prices', 2],
  ['orders', 2],
] as const;

const MAX_START_MS = 1_000;

export async function showCatalog({ consulPort }: Places): Promise<void> {
  heading(consulPort === undefined ? 'What Portolan knows' : 'What Consul knows now');
  await until('the shop in the catalog', 15_000, async () => {
    const text = await quietly('docker', 'exec', PORTOLAN, 'portolan', 'services', '--json');
    const services = JSON.parse(text) as { name: string; url?: string; instances: { isIn: boolean }[] }[];
    const isThere = ([name, count]: (typeof SHOP)[number]) => {
      const { url, instances = [] } = services.find((service) => service.name === name) ?? {};
      return url !== undefined && instances.filter(({ isIn }) => isIn).length === count;
    };
    return SHOP.every(isThere) || undefined;
  });
  if (consulPort === undefined) {
    output(await visibly('docker', 'exec', PORTOLAN, 'portolan', 'services'));
    return;
  }
  const consul = `http://127.0.0.1:${consulPort}/v1`;
  output(await visibly('curl', '-s', `${consul}/catalog/services`));
  const instances = JSON.parse(await visibly('curl', '-s', `${consul}/health/service/inventory?passing`)) as {
    Service: { ID: string; Address: string; Port: number };
    Checks: { CheckID: string; Status: string; Output: string }[];
  }[];
  for (const { Service, Checks } of instances) {
    const check = Checks.find(({ CheckID }) => CheckID.endsWith(':container'));
    output(
      `${Service.ID} at ${Service.Address}:${Service.Port}, ${check?.Status}: ${check?.Output || 'just registered'}`,
    );
  }
}

export async function showRoundRobin({ httpPort }: Places): Promise<void> {
  heading('Each service by its name on localhost, each instance in turn');
  const answers: string[] = [];
  for (let i = 0; i < 6; i++) {
    answers.push(await curl('inventory', httpPort, i === 0));
    output(answers.at(-1) ?? '');
  }
  const instances = new Set(answers).size;
  if (instances !== 3) throw new DemoFailure(`6 requests were answered by ${instances} instances instead of 3`);
  output(await curl('prices', httpPort, true));
  output(await curl('orders', httpPort, true));
  note('And from a container on a bridge network, where localhost is its own:');
  const url = `http://inventory${httpPort === 80 ? '' : `:${httpPort}`}/`;
  const answer = await visibly(
    ...['docker', 'run', '--rm', '--add-host', 'inventory:host-gateway', 'busybox', 'sh', '-c', `wget -qO- ${url}`],
  );
  output(answer);
  if (!answer.startsWith('inventory from ')) throw new DemoFailure('the container got no answer of the inventory');
}

export async function showStart({ httpPort }: Places): Promise<void> {
  heading('A new container answers within a second');
  const container = await startInstance('inventory', 4);
  const startMs = performance.now();
  const hostname = await hostnameOf(container);
  await until(
    'an answer of the new container',
    5_000,
    async () => (await curl('inventory', httpPort)).includes(hostname) || undefined,
  );
  const tookMs = Math.round(performance.now() - startMs);
  output(`inventory from ${hostname}, ${tookMs} ms after docker run returned`);
  if (tookMs > MAX_START_MS) throw new DemoFailure(`that is more than ${MAX_START_MS} ms`);
}

export async function showStop({ httpPort }: Places): Promise<void> {
  heading('Under a steady load one container is stopped');
  await underLoad(httpPort, async () => {
    await visibly('docker', 'stop', 'portolan-demo-inventory-1');
  });
}

export async function showKill({ httpPort }: Places): Promise<void> {
  heading('Under a steady load one container is killed, as with kill -9');
  await underLoad(httpPort, async () => {
    await visibly('docker', 'kill', '--signal', 'KILL', 'portolan-demo-inventory-2');
  });
}

/** A second of load before and three after. */
async function underLoad(httpPort: number, incident: () => Promise<void>): Promise<void> {
  const load = startLoad('inventory', httpPort);
  await pause(1_000);
  await incident();
  await pause(3_000);
  const { requests, failed, failures } = await load.stop();
  for (const [what, count] of failures) note(`${count} times ${what}`);
  console.log(`requests: ${requests} failed: ${failed}`);
  if (failed > 0) throw new DemoFailure('a request was lost');
}

async function pause(ms: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, ms));
}

/** Asks for a service by `<name>.localhost`, which curl resolves by itself from 7.85 on. */
async function curl(service: string, httpPort: number, isVisible = false): Promise<string> {
  const port = httpPort === 80 ? '' : `:${httpPort}`;
  const args = [
    '-sS',
    '--max-time',
    '5',
    ...(await resolution(service, httpPort)),
    `http://${service}.localhost${port}/`,
  ];
  return (await (isVisible ? visibly : quietly)('curl', ...args)).trimEnd();
}

let needsResolution: Promise<boolean> | undefined;

async function resolution(service: string, httpPort: number): Promise<readonly string[]> {
  needsResolution ??= quietly('curl', '--version').then((text) => {
    const [major = 0, minor = 0] = (/^curl (\d+)\.(\d+)/.exec(text) ?? []).slice(1).map(Number);
    return major < 7 || (major === 7 && minor < 85);
  });
  return (await needsResolution) ? ['--resolve', `${service}.localhost:${httpPort}:127.0.0.1`] : [];
}
