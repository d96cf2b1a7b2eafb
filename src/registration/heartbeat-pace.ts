import type { Clock } from '../lib/clock.ts';

/** Times between two heartbeats of one check: short ones while there are few checks. */
const PERIODS_MS = [15_000, 30_000, 60_000, 120_000, 240_000];
const MAX_PERIOD_MS = 480_000;

/**
 * Heartbeats of all checks together. Each is a write to the agent's disk: 91 a second cost a durable agent 8 % of a
 * core (measured, Consul 1.8.7).
 */
const MAX_BEATS_PER_SECOND = 20;

/** A heartbeat that fails can be repeated three times before the TTL ends. */
const PERIODS_PER_TTL = 4;

/** How fast checks are registered anew when more of them ask for a longer TTL. */
const RENEWALS_PER_SECOND = 5;

/** What the operator said of heartbeats: then it is used as it is. */
export interface HeartbeatOptions {
  /** Life of a container check without a heartbeat; 0 for no such check. */
  readonly ttlMs: number;
  /** Time between two heartbeats. */
  readonly heartbeatMs: number;
  /** Whether the operator chose them. If not they grow with the number of checks. */
  readonly isTtlGiven: boolean;
}

/** The TTL in milliseconds for so many container checks. */
export function ttlFor(checks: number, { ttlMs, isTtlGiven }: HeartbeatOptions): number {
  if (isTtlGiven) return ttlMs;
  const fits = PERIODS_MS.find((ms) => checks / (ms / 1_000) <= MAX_BEATS_PER_SECOND);
  return (fits ?? MAX_PERIOD_MS) * PERIODS_PER_TTL;
}

/**
 * Time between two heartbeats of a check that was registered with this TTL. Only what the registry knows counts: a
 * check whose longer TTL has not been registered yet must go on at its old pace.
 */
export function heartbeatPeriodMs(
  registeredTtlMs: number,
  { ttlMs, heartbeatMs, isTtlGiven }: HeartbeatOptions,
): number {
  const byTtl = registeredTtlMs / PERIODS_PER_TTL;
  // With `--ttl 0` there are only checks of containers that ended before it was given.
  if (!isTtlGiven || ttlMs === 0) return byTtl;
  return registeredTtlMs === ttlMs ? heartbeatMs : Math.min(heartbeatMs, byTtl);
}

/** Whether the operator asks for more heartbeats than are kind to an agent. */
export function isHurried(checks: number, { ttlMs, heartbeatMs, isTtlGiven }: HeartbeatOptions): boolean {
  return isTtlGiven && ttlMs > 0 && checks / (heartbeatMs / 1_000) > MAX_BEATS_PER_SECOND;
}

/** Lets so many checks through that all of them are registered anew over time, and not at once. */
export interface RenewalPacer {
  /** Whether one more may be registered anew now. */
  mayRenew(): boolean;
}

export function createRenewalPacer(clock: Clock): RenewalPacer {
  let tokens = RENEWALS_PER_SECOND;
  let filledMs = clock.monotonicMs();
  return {
    mayRenew: () => {
      const nowMs = clock.monotonicMs();
      tokens = Math.min(RENEWALS_PER_SECOND, tokens + ((nowMs - filledMs) / 1_000) * RENEWALS_PER_SECOND);
      filledMs = nowMs;
      if (tokens < 1) return false;
      tokens -= 1;
      return true;
    },
  };
}
