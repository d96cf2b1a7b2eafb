import { setTimeout as sleep } from 'node:timers/promises';
import { type CountingProxy, startCountingProxy } from '../counting-proxy.ts';
import { median } from '../measure.ts';
import type { ScenarioInput } from '../register.ts';
import { registered } from './registered.ts';

/** In hundredths of a core. */
interface Window {
  readonly consulPercent: number;
  readonly ownPercent: number;
  readonly perSecond: number;
}

/** After a start some heartbeats are early. */
const WARM_UP_MS = 5_000;

/** Nothing happens: what do heartbeats cost the agent? Windows with and without them, in turns. */
export async function idle(input: ScenarioInput): Promise<void> {
  const { world, registrar, reporter, n, rounds, seconds } = input;
  await world.docker.add(0, n);
  const proxy = await startCountingProxy(world.consul.port);
  const silent: Window[] = [];
  const beating: Window[] = [];
  for (let round = 0; round < rounds; round++) {
    silent.push(await windowOf(input, proxy, true));
    beating.push(await windowOf(input, proxy, false));
  }
  proxy.close();
  const of = (windows: readonly Window[], figure: keyof Window): number => median(windows.map((one) => one[figure]));
  const [withBeats, without] = [of(beating, 'consulPercent'), of(silent, 'consulPercent')];
  const figures = { n, rounds, seconds, perSecond: of(beating, 'perSecond'), addedPercent: withBeats - without };
  const own = { withBeats, without, ownPercent: of(beating, 'ownPercent') };
  reporter.report(
    `register idle ${registrar.name} n=${n}`,
    `${figures.perSecond.toFixed(1)} heartbeats a second cost the agent ${figures.addedPercent.toFixed(2)} % of a core ` +
      `(${withBeats.toFixed(2)} % with, ${without.toFixed(2)} % without); ${registrar.name} itself ${own.ownPercent.toFixed(2)} %`,
    { ...figures, ...own },
  );
}

async function windowOf(input: ScenarioInput, proxy: CountingProxy, isSilent: boolean): Promise<Window> {
  const { world, seconds } = input;
  // A TTL is fixed when a service is registered, so each window begins with none.
  await world.consul.clear();
  const launched = await registered(input, { resyncS: 0, consulPort: proxy.port, isSilent });
  await sleep(WARM_UP_MS);
  proxy.take();
  const [ownS, consulS] = [launched.cpuS(), world.consul.process.cpuS()];
  await sleep(seconds * 1_000);
  const percent = (cpuS: number): number => (cpuS / seconds) * 100;
  const used = {
    consulPercent: percent(world.consul.process.cpuS() - consulS),
    ownPercent: percent(launched.cpuS() - ownS),
    perSecond: proxy.take().updates / seconds,
  };
  await launched.stop();
  return used;
}
