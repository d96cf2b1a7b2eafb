import { spawnSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { type CountingProxy, startCountingProxy } from '../counting-proxy.ts';
import { median, nowMs } from '../measure.ts';
import type { ScenarioInput } from '../register.ts';
import { BUNDLE, NODE } from '../registrars.ts';
import type { World } from '../world.ts';
import { registered } from './registered.ts';

interface Restarted {
  readonly readyMs: number;
  readonly registrations: number;
  readonly cpuS: number;
}

/** What comes late is counted too. */
const AFTERMATH_MS = 3_000;

/** Everything is registered already and the registrar starts again: when is it done, and what does it write? */
export async function restart(input: ScenarioInput): Promise<void> {
  const { world, registrar, reporter, n, rounds } = input;
  await world.docker.add(0, n);
  const proxy = await startCountingProxy(world.consul.port);
  const first = await registered(input, { resyncS: 60, consulPort: world.consul.port });
  await first.stop();
  const restarts: Restarted[] = [];
  for (let round = 0; round < rounds; round++) restarts.push(await startAgain(world, registrar, proxy));
  proxy.close();
  const of = (figure: keyof Restarted): number => median(restarts.map((one) => one[figure]));
  const bareMs = median(Array.from({ length: rounds }, bareStartMs));
  const figures = { n, rounds, readyMs: of('readyMs'), bareMs, registrations: of('registrations'), cpuS: of('cpuS') };
  reporter.report(
    `register restart ${registrar.name} n=${n}`,
    `ready after ${figures.readyMs.toFixed(0)} ms (a bare start of Node and the bundle: ${bareMs.toFixed(0)} ms), ` +
      `${figures.registrations} registrations written; CPU ${figures.cpuS.toFixed(2)} s`,
    { ...figures, eachMs: restarts.map(({ readyMs }) => readyMs.toFixed(0)).join(' ') },
  );
}

async function startAgain(
  world: World,
  registrar: ScenarioInput['registrar'],
  proxy: CountingProxy,
): Promise<Restarted> {
  await world.consul.settle();
  proxy.take();
  const startMs = nowMs();
  const launched = await registrar.start(world, { resyncS: 60, consulPort: proxy.port });
  await registrar.ready(world, launched);
  const [readyMs, cpuS] = [nowMs() - startMs, launched.cpuS()];
  await sleep(AFTERMATH_MS);
  const { registrations } = proxy.take();
  await launched.stop();
  return { readyMs, registrations, cpuS };
}

function bareStartMs(): number {
  const [node = '', ...options] = NODE;
  const startMs = nowMs();
  spawnSync(node, [...options, BUNDLE, '--version']);
  return nowMs() - startMs;
}
