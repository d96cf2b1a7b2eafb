import { watch } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../test/support/until.ts';
import { startConsul } from './consul.ts';
import { fileWhere, textOf } from './file-watch.ts';
import { withFolder } from './folder.ts';
import { type HttpClient, inParallel } from './http.ts';
import { createReporter, nowMs, percentile, spread } from './measure.ts';
import { launch } from './processes.ts';
import { renderers } from './renderers.ts';
import { type BenchFlags, numberOf } from './settings.ts';
import { TEMPLATE_OF_2015 } from './templates.ts';

const REGISTER_PATH = '/v1/catalog/register';
const INSTANCES = 3;
const WIDTH = 16;
/** Longer than anything that changes are gathered for, so that each is measured alone. */
const PAUSE_MS = 300;

/** How one instance changes, there and back again. */
const CHANGES = ['status', 'port'] as const;
type Change = (typeof CHANGES)[number];

/**
 * `npm run bench -- render`: the template of 2015 over n services; from Consul's answer to a change in one of them to the
 * rewritten file, beside the floor: one bare blocking query about that service.
 */
export async function render(flags: BenchFlags): Promise<void> {
  const n = numberOf(flags.n, 100);
  const rounds = numberOf(flags.rounds, 50);
  const reporter = createReporter(flags.json === true);
  await withFolder(async (folder) => {
    const consul = await startConsul(folder);
    const all = Array.from({ length: n * INSTANCES }, (_, i) => i);
    await inParallel(all, WIDTH, (i) => consul.http.request('PUT', REGISTER_PATH, bodyOf(i)));
    for (const renderer of renderers()) {
      const output = join(folder, `${renderer.name}.cfg`);
      const command = renderer.command({ template: TEMPLATE_OF_2015, output, port: consul.port });
      const startMs = nowMs();
      const launched = await launch({ name: renderer.name, command }, folder);
      await until('the file is written', () => textOf(output).includes(lineOf(all.length - 1)), 60_000);
      const firstMs = nowMs() - startMs;
      await sleep(2_000);
      for (const change of CHANGES) {
        const cpuS = launched.cpuS();
        const times = await measure(consul.http, { output, change, rounds, n });
        const cpuMs = ((launched.cpuS() - cpuS) / rounds) * 1_000;
        const { file, floor } = times;
        reporter.report(
          `render ${renderer.name} n=${n} ${change}`,
          `change to file p50 / p99 / max ${spread(file)} ms, a bare blocking query ${spread(floor)} ms; ` +
            `CPU ${cpuMs.toFixed(1)} ms a change, peak ${launched.peakMb().toFixed(0)} MB, first file after ${firstMs.toFixed(0)} ms`,
          {
            n,
            p50Ms: percentile(file, 50),
            p99Ms: percentile(file, 99),
            floorP50Ms: percentile(floor, 50),
            cpuMs,
            firstMs,
          },
        );
      }
      launched.assertAlive();
      await launched.stop();
    }
    consul.http.close();
  });
}

interface Measured {
  readonly output: string;
  readonly change: Change;
  readonly rounds: number;
  readonly n: number;
}

/** Milliseconds from Consul's answer to each change until the file has it, and until a bare query knows it. */
async function measure(http: HttpClient, { output, change, rounds, n }: Measured) {
  const watcher = watch(resolve(output, '..'));
  const [file, floor]: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round++) {
    const instance = (round % n) * INSTANCES;
    const isThere = (text: string): boolean => text.includes(lineOf(instance));
    const query = await bareQuery(http, instance);
    const written = fileWhere(watcher, output, (text) => !isThere(text));
    await http.request('PUT', REGISTER_PATH, bodyOf(instance, change));
    const changedMs = nowMs();
    file.push((await written) - changedMs);
    floor.push((await query.endMs) - changedMs);
    await http.request('PUT', REGISTER_PATH, bodyOf(instance));
    await fileWhere(watcher, output, isThere);
    await sleep(PAUSE_MS);
  }
  watcher.close();
  return { file, floor };
}

/** A query that waits for the next change of the service of an instance; resolves once it stands, to its end. */
async function bareQuery(http: HttpClient, instance: number): Promise<{ readonly endMs: Promise<number> }> {
  const path = `/v1/health/service/${serviceOf(instance)}`;
  const index = await http.indexOf(path);
  const endMs = http.request('GET', `${path}?index=${index}&wait=60s`).then(nowMs);
  await sleep(20);
  return { endMs };
}

function serviceOf(instance: number): string {
  return `service-${Math.floor(instance / INSTANCES)}`;
}

/** The line of an instance as it is when nothing has changed. */
function lineOf(instance: number): string {
  return `server node-${instance % INSTANCES} ${addressOf(instance)}:${portOf(instance)} check\n`;
}

function addressOf(instance: number): string {
  return `10.${instance % INSTANCES}.${Math.floor(instance / 250)}.${instance % 250}`;
}

function portOf(instance: number): number {
  return 10_000 + instance;
}

/** A registration in the catalog. `status`: it is critical now; `port`: it has another, and its check is not sent again. */
function bodyOf(instance: number, change?: Change): string {
  const [service, id] = [serviceOf(instance), `instance-${instance}`];
  const check = {
    CheckID: `check-${instance}`,
    Name: 'http',
    ServiceID: id,
    Status: change === 'status' ? 'critical' : 'passing',
  };
  return JSON.stringify({
    Node: `node-${instance % INSTANCES}`,
    Address: `10.${instance % INSTANCES}.255.1`,
    SkipNodeUpdate: true,
    Service: {
      ID: id,
      Service: service,
      Address: addressOf(instance),
      Port: portOf(instance) + (change === 'port' ? 20_000 : 0),
    },
    ...(change === 'port' ? {} : { Check: check }),
  });
}
