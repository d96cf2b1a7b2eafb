import { type Clock, systemClock } from '../../src/lib/clock.ts';

/** The machine's clock, but for whoever has it time passes `factor` times as fast. */
export function createFastClock(factor: number): Clock {
  return {
    monotonicMs: () => systemClock.monotonicMs() * factor,
    wallMs: () => systemClock.wallMs() * factor,
    sleep: (ms, signal) => systemClock.sleep(ms / factor, signal),
  };
}
