import { watchAgent } from './agent-watch.ts';
import { portOf } from './fake-docker.ts';
import { createReporter, nowMs } from './measure.ts';
import { registrars } from './registrars.ts';
import { type BenchFlags, numberOf } from './settings.ts';
import { withWorld } from './world.ts';

const SINGLES = 5;
const PER_SECOND = 2;

/** `npm run bench -- deaf`: after a burst of n starts at once, are single starts still heard? Without any resync. */
export async function deaf(flags: BenchFlags): Promise<void> {
  const n = numberOf(flags.n, 5_000);
  for (const registrar of registrars()) {
    const reporter = createReporter(flags.json === true);
    await withWorld(async (world) => {
      const { docker, consul } = world;
      const watch = watchAgent(consul.http);
      const launched = await registrar.start(world, { resyncS: 0, consulPort: consul.port });
      await registrar.ready(world, launched);
      const missed = async (from: number, count: number, perSecond: number): Promise<number> => {
        const started = await docker.start(from, count, perSecond);
        return await watch.missing(
          started.map(({ index }) => portOf(index)),
          'there',
        );
      };
      const before = SINGLES - (await missed(0, SINGLES, PER_SECOND));
      const startMs = nowMs();
      const inBurst = n - (await missed(SINGLES, n, 0));
      const burstMs = nowMs() - startMs;
      const after = SINGLES - (await missed(SINGLES + n, SINGLES, PER_SECOND));
      launched.assertAlive();
      reporter.report(
        `deaf ${registrar.name} n=${n}`,
        `seen before ${before} of ${SINGLES}, in the burst ${inBurst} of ${n} after ${(burstMs / 1_000).toFixed(1)} s, ` +
          `single starts afterwards ${after} of ${SINGLES}; peak ${launched.peakMb().toFixed(0)} MB`,
        { n, before, inBurst, after, burstMs, peakMb: launched.peakMb() },
      );
      await watch.stop();
      await launched.stop();
    });
  }
}
