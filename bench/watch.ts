import { watch } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { until } from '../test/support/until.ts';
import { type Agent, startConsul } from './consul.ts';
import { fileWhere, textOf } from './file-watch.ts';
import { withFolder } from './folder.ts';
import { inParallel } from './http.ts';
import { createReporter, nowMs, percentile, type Reporter, spread } from './measure.ts';
import { launch } from './processes.ts';
import { ONE_ARENA } from './registrars.ts';
import { type BenchFlags, numberOf } from './settings.ts';
import { watchConnections } from './sockets.ts';
import { burst } from './watch-burst.ts';
import { type CatalogChange, type CatalogSize, changesOf, isWhole, wholeCatalog } from './watch-catalog.ts';
import { type CatalogProgram, catalogPrograms } from './watch-programs.ts';
import { put, type Watched } from './watch-scene.ts';

const WIDTH = 16;
/** Longer than what follows a change in large catalogs, so that each is measured alone. */
const PAUSE_MS = 500;
const QUIET_MS = 3_000;

/**
 * `npm run bench -- watch`: a catalog of n services at an agent with the usual limits; from the end of a bare blocking
 * query about a changed service to the file that shows the change, for each kind of change, and what following costs.
 */
export async function watchCatalog(flags: BenchFlags): Promise<void> {
  const size = {
    services: numberOf(flags.n, 2_000),
    instances: numberOf(flags.instances, 5),
    nodes: numberOf(flags.nodes, 10),
  };
  const [rounds, seconds] = [numberOf(flags.rounds, 25), numberOf(flags.seconds, 20)];
  const reporter = createReporter(flags.json === true);
  for (const program of catalogPrograms(flags.scenario)) {
    // Each with an agent of its own: the connections of one that has ended count for a while.
    await withFolder(async (folder) => {
      const consul = await startConsul(folder, 'default');
      await inParallel(wholeCatalog(size), WIDTH, (write) => put(consul.http, write));
      await consul.settle();
      await measure(program, { size, consul, folder, rounds, seconds }, reporter);
      consul.http.close();
    });
  }
}

interface Scene {
  readonly size: CatalogSize;
  readonly consul: Agent;
  readonly folder: string;
  readonly rounds: number;
  readonly seconds: number;
}

async function measure(program: CatalogProgram, scene: Scene, reporter: Reporter): Promise<void> {
  const { size, consul, folder, rounds, seconds } = scene;
  const { command, file } = program.prepare(folder, consul.port);
  const name = `watch ${program.name} n=${size.services}x${size.instances}`;
  const startMs = nowMs();
  const launched = await launch({ name: program.name, command, environment: ONE_ARENA }, folder);
  await until('the file is written', () => isWhole(textOf(file), size), 120_000);
  const firstMs = nowMs() - startMs;
  const connections = watchConnections(consul.port, launched.pid);
  await sleep(QUIET_MS);
  const cost = { cpuS: launched.cpuS(), agentS: consul.process.cpuS() };
  await sleep(seconds * 1_000);
  const idle = ((launched.cpuS() - cost.cpuS) / seconds) * 100;
  const idleAgent = ((consul.process.cpuS() - cost.agentS) / seconds) * 100;
  const startMb = launched.peakMb();
  reporter.report(
    `${name} idle`,
    `CPU ${idle.toFixed(2)} % of a core, the agent ${idleAgent.toFixed(1)} %; first file after ${firstMs.toFixed(0)} ms, peak ${startMb.toFixed(0)} MB`,
    { idle, idleAgent, firstMs, startMb },
  );
  const watcher = watch(dirname(file));
  const watched = { size, consul, launched, file, watcher, view: (content: string) => program.view(content) };
  for (const [kind] of changesOf(size, 0).entries()) await measureKind(watched, { kind, rounds, name }, reporter);
  await burst(watched, name, reporter);
  watcher.close();
  const most = connections.stop();
  const failures = launched
    .log()
    .split('\n')
    .filter((line) => line !== '').length;
  reporter.report(
    `${name} in all`,
    `at most ${most} connections, peak ${launched.peakMb().toFixed(0)} MB, ${failures} warnings`,
    { connections: most, peakMb: launched.peakMb(), failures },
  );
  if (failures > 0) console.error(launched.log().slice(0, 1_000));
  launched.assertAlive();
  await launched.stop();
}

interface KindOfChange {
  /** Its place among the changes of a round. */
  readonly kind: number;
  readonly rounds: number;
  readonly name: string;
}

async function measureKind(watched: Watched, { kind, rounds, name }: KindOfChange, reporter: Reporter): Promise<void> {
  const { size, consul, launched } = watched;
  const times: readonly Latencies[] = [
    { seen: [], floor: [] },
    { seen: [], floor: [] },
  ];
  const cost = { cpuS: launched.cpuS(), agentS: consul.process.cpuS() };
  let change: CatalogChange | undefined;
  for (let round = 0; round < rounds; round++) {
    change = changesOf(size, round)[kind] as CatalogChange;
    for (const [way, latencies] of times.entries()) {
      const { seenMs, floorMs } = await seenAfter(watched, change, way === 1);
      latencies.seen.push(seenMs);
      latencies.floor.push(floorMs);
      await sleep(PAUSE_MS);
    }
  }
  const each = 1_000 / (2 * rounds);
  const [cpuMs, agentMs] = [(launched.cpuS() - cost.cpuS) * each, (consul.process.cpuS() - cost.agentS) * each];
  const [there = NOTHING, back = NOTHING] = times;
  const { names = ['', ''], isNamed = false } = change ?? {};
  const floor = [...there.floor, ...back.floor];
  reporter.report(
    `${name} ${names[0]}${isNamed ? '' : ' (not named)'}`,
    `seen p50 / p99 / max ${spread(there.seen)} ms after a bare query, ${names[1]} ${spread(back.seen)} ms; ` +
      `from the write to that query ${spread(floor)} ms; CPU ${cpuMs.toFixed(0)} ms a change, the agent ${agentMs.toFixed(0)} ms`,
    {
      ...{ p50Ms: percentile(there.seen, 50), p99Ms: percentile(there.seen, 99) },
      ...{ backP50Ms: percentile(back.seen, 50), backP99Ms: percentile(back.seen, 99) },
      ...{ floorP50Ms: percentile(floor, 50), cpuMs, agentMs },
    },
  );
}

interface Latencies {
  readonly seen: number[];
  readonly floor: number[];
}

const NOTHING: Latencies = { seen: [], floor: [] };

/** Milliseconds from the end of a bare blocking query about the service to the file, and from the write to that end. */
async function seenAfter(
  { consul: { http }, file, watcher, view }: Watched,
  { service, there, back, text, isAdded }: CatalogChange,
  isBack: boolean,
): Promise<{ readonly seenMs: number; readonly floorMs: number }> {
  const path = `/v1/health/service/${service}`;
  const index = await http.indexOf(path);
  const query = http.request('GET', `${path}?index=${index}&wait=60s`).then(nowMs);
  // It must stand before the change comes.
  await sleep(20);
  const seen = fileWhere(watcher, file, (content) => view(content).includes(text) === (isAdded !== isBack));
  await put(http, isBack ? back : there);
  const writtenMs = nowMs();
  const answeredMs = await query;
  const late = sleep(60_000, undefined, { ref: false }).then(() => {
    throw new Error(`the file does not show within a minute that ${service} has changed: ${text}`);
  });
  return { seenMs: (await Promise.race([seen, late])) - answeredMs, floorMs: answeredMs - writtenMs };
}
