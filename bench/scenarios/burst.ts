import { setTimeout as sleep } from 'node:timers/promises';
import { watchAgent } from '../agent-watch.ts';
import { portOf, type StampedContainer } from '../fake-docker.ts';
import { spread } from '../measure.ts';
import type { ScenarioInput } from '../register.ts';

/** n containers start, then end, so many in a second or all at once: which are missed, and how late are the others? */
export async function burst({ world, registrar, reporter, n, rate }: ScenarioInput): Promise<void> {
  const { docker, consul } = world;
  const watch = watchAgent(consul.http);
  const launched = await registrar.start(world, { resyncS: 0, consulPort: consul.port });
  await registrar.ready(world, launched);
  const [cpuS, consulCpuS] = [launched.cpuS(), consul.process.cpuS()];
  const started = await docker.start(0, n, rate);
  const lostStarts = await watch.missing(started.map(toPort), 'there');
  const startLatencies = latencies(started, watch.seenMs);
  await sleep(1_000);
  const ended = await docker.die(0, n, rate);
  const lostDeaths = await watch.missing(ended.map(toPort), 'gone');
  const endLatencies = latencies(ended, watch.goneMs);
  const cost = { cpuS: launched.cpuS() - cpuS, consulCpuS: consul.process.cpuS() - consulCpuS };
  launched.assertAlive();
  const pace = rate === 0 ? 'at once' : `${rate}/s`;
  reporter.report(
    `register burst ${registrar.name} n=${n} ${pace}`,
    `lost ${lostStarts} starts, ${lostDeaths} deaths; start to visible p50 / p99 / max ${spread(startLatencies)} ms, ` +
      `death to gone ${spread(endLatencies)} ms; CPU ${cost.cpuS.toFixed(2)} s, Consul ${cost.consulCpuS.toFixed(2)} s; ` +
      `peak ${launched.peakMb().toFixed(0)} MB`,
    {
      n,
      rate,
      lostStarts,
      lostDeaths,
      startMs: spread(startLatencies),
      deathMs: spread(endLatencies),
      ...cost,
      peakMb: launched.peakMb(),
    },
  );
  await watch.stop();
  await launched.stop();
}

function toPort({ index }: StampedContainer): number {
  return portOf(index);
}

function latencies(stamped: readonly StampedContainer[], noted: ReadonlyMap<number, number>): readonly number[] {
  return stamped.flatMap(({ index, atMs }) => {
    const ms = noted.get(portOf(index));
    return ms === undefined ? [] : [ms - atMs];
  });
}
