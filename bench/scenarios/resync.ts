import { setTimeout as sleep } from 'node:timers/promises';
import { type CountingProxy, startCountingProxy } from '../counting-proxy.ts';
import type { ScenarioInput } from '../register.ts';
import { registered } from './registered.ts';

/** Time between two resyncs, short, so that many fit into a run. */
const RESYNC_S = 2;

interface Window {
  readonly cpuS: number;
  readonly consulCpuS: number;
  readonly registrations: number;
  readonly inspects: number;
  /** A resync reads Docker's list once. */
  readonly lists: number;
}

/** Nothing has changed: what does a resync cost? The difference between a window with resyncs and one without. */
export async function resync(input: ScenarioInput): Promise<void> {
  const { world, registrar, reporter, n } = input;
  await world.docker.add(0, n);
  const proxy = await startCountingProxy(world.consul.port);
  const without = await windowOf(input, proxy, 0);
  const withResync = await windowOf(input, proxy, RESYNC_S);
  proxy.close();
  const passes = Math.max(1, withResync.lists);
  const each = (figure: 'cpuS' | 'consulCpuS'): number => Math.max(0, withResync[figure] - without[figure]) / passes;
  const figures = { n, passes, cpuS: each('cpuS'), consulCpuS: each('consulCpuS') };
  const { registrations, inspects } = withResync;
  reporter.report(
    `register resync ${registrar.name} n=${n}`,
    `a resync that finds nothing costs ${((figures.cpuS + figures.consulCpuS) * 1_000).toFixed(0)} ms of CPU ` +
      `(its own ${(figures.cpuS * 1_000).toFixed(0)}, Consul ${(figures.consulCpuS * 1_000).toFixed(0)}); ` +
      `${registrations} registrations and ${inspects} inspections in ${passes} passes`,
    { ...figures, registrations, inspects },
  );
}

async function windowOf(input: ScenarioInput, proxy: CountingProxy, resyncS: number): Promise<Window> {
  const { world, seconds } = input;
  const launched = await registered(input, { resyncS, consulPort: proxy.port, isSilent: true });
  proxy.take();
  const [cpuS, consulCpuS] = [launched.cpuS(), world.consul.process.cpuS()];
  const { inspects, lists } = await world.docker.counts();
  await sleep(seconds * 1_000);
  const after = await world.docker.counts();
  const used = {
    cpuS: launched.cpuS() - cpuS,
    consulCpuS: world.consul.process.cpuS() - consulCpuS,
    registrations: proxy.take().registrations,
    inspects: after.inspects - inspects,
    lists: after.lists - lists,
  };
  await launched.stop();
  return used;
}
