import { watchAgent } from '../agent-watch.ts';
import { agentServices } from '../consul.ts';
import { portOf } from '../fake-docker.ts';
import { createHttp, inParallel } from '../http.ts';
import { median, nowMs } from '../measure.ts';
import type { ScenarioInput } from '../register.ts';
import { bodiesOf, REGISTER_PATH, type World } from '../world.ts';

/** So many bare PUTs at a time. */
const WIDTH = 16;

interface Started {
  readonly firstMs: number;
  readonly allMs: number;
  readonly cpuS: number;
  readonly consulCpuS: number;
  readonly peakMb: number;
}

/**
 * n containers run before the start: until when are all of them visible? Beside it, in turns, the floor: bare PUTs of
 * the same bodies to the same agent.
 */
export async function startup({ world, registrar, reporter, n, rounds }: ScenarioInput): Promise<void> {
  const bodies = bodiesOf(n);
  await world.docker.add(0, n);
  const floors: number[] = [];
  const starts: Started[] = [];
  for (let round = 0; round < rounds; round++) {
    floors.push(await barePuts(world, bodies));
    await world.consul.clear();
    starts.push(await start(world, registrar, n));
    if (registrar.name === 'portolan') await assertSameBodies(world, bodies);
    await world.consul.clear();
  }
  const of = (figure: keyof Started): number => median(starts.map((one) => one[figure]));
  const [allMs, floorMs] = [of('allMs'), median(floors)];
  const figures = { n, rounds, allMs, floorMs, ratio: allMs / floorMs, firstMs: of('firstMs'), peakMb: of('peakMb') };
  const cost = { cpuS: of('cpuS'), consulCpuS: of('consulCpuS') };
  reporter.report(
    `register startup ${registrar.name} n=${n}`,
    `all visible after ${allMs.toFixed(0)} ms = ${figures.ratio.toFixed(2)} x the bare PUTs (${floorMs.toFixed(0)} ms), ` +
      `the first after ${figures.firstMs.toFixed(0)} ms; CPU ${cost.cpuS.toFixed(2)} s, Consul ${cost.consulCpuS.toFixed(2)} s; ` +
      `peak ${figures.peakMb.toFixed(0)} MB`,
    {
      ...figures,
      ...cost,
      eachMs: starts.map((one, i) => `${one.allMs.toFixed(0)}/${floors[i]?.toFixed(0)}`).join(' '),
    },
  );
}

async function barePuts({ consul }: World, bodies: readonly string[]): Promise<number> {
  const http = createHttp({ port: consul.port }, WIDTH);
  const watch = watchAgent(consul.http);
  const startMs = nowMs();
  await inParallel(bodies, WIDTH, (body) => http.request('PUT', REGISTER_PATH, body));
  await watch.missing(
    bodies.map((_, i) => portOf(i)),
    'there',
  );
  const endMs = Math.max(...watch.seenMs.values());
  await watch.stop();
  http.close();
  return endMs - startMs;
}

async function start(world: World, registrar: ScenarioInput['registrar'], n: number): Promise<Started> {
  const { consul } = world;
  const watch = watchAgent(consul.http);
  const consulCpuS = consul.process.cpuS();
  const startMs = nowMs();
  const launched = await registrar.start(world, { resyncS: 60, consulPort: consul.port });
  const missing = await watch.missing(
    Array.from({ length: n }, (_, i) => portOf(i)),
    'there',
  );
  launched.assertAlive();
  const seen = [...watch.seenMs.values()].map((ms) => ms - startMs);
  const started = {
    firstMs: Math.min(...seen),
    allMs: missing === 0 ? Math.max(...seen) : Number.POSITIVE_INFINITY,
    cpuS: launched.cpuS(),
    consulCpuS: consul.process.cpuS() - consulCpuS,
    peakMb: launched.peakMb(),
  };
  await watch.stop();
  await launched.stop();
  return started;
}

/** The fingerprint tells whether a body is the one that was put bare. */
async function assertSameBodies({ consul }: World, bodies: readonly string[]): Promise<void> {
  const hashOf = (meta: Readonly<Record<string, string>>): string => meta['portolan-hash'] ?? '';
  const wanted = bodies.map((body) => hashOf((JSON.parse(body) as { readonly Meta: Record<string, string> }).Meta));
  const found = new Set((await agentServices(consul.http)).map(({ Meta }) => hashOf(Meta)));
  const other = wanted.filter((hash) => !found.has(hash)).length;
  if (other > 0) throw new Error(`${other} bodies of the floor are not those that Portolan sends`);
}
