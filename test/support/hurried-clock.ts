import { type Clock, systemClock } from '../../src/lib/clock.ts';

/** A clock that runs `factor` times as fast as the machine's, so that deadlines and periods are over sooner. */
export function createHurriedClock(factor: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() * factor,
    wallMs: () => systemClock.wallMs(),
    sleep: async (ms, signal) => await systemClock.sleep(ms / factor, signal),
  };
}
