import type { Clock } from '../lib/clock.ts';
import { formatTimestamp } from '../lib/timestamps.ts';
import { containerCheckId, ttlOfNotes } from './container-check.ts';
import type { CheckVerdict, RegistryState } from './contracts.ts';
import { INSTANCE_KEY, selfServiceId } from './self-service.ts';

/** Sees to it that of several Portolans with one owner mark only the newest writes. */
export interface Lease {
  /** What the check of Portolan's own service says: that this process runs. */
  verdict(): CheckVerdict;
  /** Set when another process was found alive: a claim on the host, for the Meta of Portolan's own service. */
  claim(): string | undefined;
  /** Looks at the registry as it was read. */
  look(registry: RegistryState, hostname: string): Standing;
}

export type Standing =
  /** `checkAgainAtMs`: monotonic time to read the checks again, to see whether a predecessor still lives. */
  | { readonly kind: 'writing'; readonly checkAgainAtMs?: number }
  /** A newer process writes; this one watches whether it goes on doing so. */
  | { readonly kind: 'passive'; readonly rival: string };

interface Process {
  readonly instance: string;
  /** Wall time; ISO 8601 in UTC, so that texts compare as times do. */
  readonly since: string;
}

const MIN_PATIENCE_MS = 5_000;
const DEFAULT_TTL_MS = 60_000;

/**
 * A process says who it is with each heartbeat of Portolan's own service. Whoever starts and finds another one there
 * cannot know whether that one still lives, so it looks again after some heartbeats; if it lives the newer one claims
 * the host by a Meta pair, which costs one registration and only then. The elder finds the claim at its next resync and
 * gives way until the newer one's heartbeats end.
 *
 * @param instance unique to this process.
 */
export function createLease(clock: Clock, instance: string): Lease {
  let me: Process = { instance, since: formatTimestamp(clock.wallMs()) };
  let isClaimed = false;
  let isPassive = false;
  let suspect: { readonly instance: string; readonly untilMs: number } | undefined;

  const standDown = (rival: Process): Standing => {
    isPassive = true;
    isClaimed = false;
    return { kind: 'passive', rival: textOf(rival) };
  };
  const takeOver = (): void => {
    me = { instance, since: formatTimestamp(clock.wallMs()) };
    isPassive = false;
    isClaimed = true;
  };
  const suspected = (rival: Process, notes: string): Standing => {
    const nowMs = clock.monotonicMs();
    if (suspect?.instance !== rival.instance) {
      const patienceMs = Math.max(MIN_PATIENCE_MS, (ttlOfNotes(notes) ?? DEFAULT_TTL_MS) / 2);
      suspect = { instance: rival.instance, untilMs: nowMs + patienceMs };
    } else if (nowMs >= suspect.untilMs) {
      suspect = undefined;
      isClaimed = true;
    }
    return suspect === undefined ? { kind: 'writing' } : { kind: 'writing', checkAgainAtMs: suspect.untilMs };
  };

  return {
    verdict: () => ({ status: 'passing', output: `running: ${textOf(me)}` }),
    claim: () => (isClaimed ? textOf(me) : undefined),
    look: ({ services, checks }, hostname) => {
      const id = selfServiceId(hostname);
      const check = checks.get(containerCheckId(id));
      const claimant = rivalIn(services.get(id)?.meta[INSTANCE_KEY], me);
      const speaker = check?.status === 'passing' ? rivalIn(check.output, me) : undefined;
      const newer = [claimant, speaker].find((rival) => rival !== undefined && rival.since > me.since);
      if (newer !== undefined && check?.status === 'passing') return standDown(newer);
      if (isPassive) takeOver();
      if (speaker !== undefined) return suspected(speaker, check?.notes ?? '');
      // Once looked again: our own words still stand, so the other one has ended.
      if (suspect !== undefined && clock.monotonicMs() >= suspect.untilMs) suspect = undefined;
      return suspect === undefined ? { kind: 'writing' } : { kind: 'writing', checkAgainAtMs: suspect.untilMs };
    },
  };
}

function textOf({ instance, since }: Process): string {
  return `instance ${instance} since ${since}`;
}

function rivalIn(text: string | undefined, me: Process): Process | undefined {
  const match = /\binstance (\S+) since (\S+)$/.exec(text ?? '');
  const [, instance = '', since = ''] = match ?? [];
  return match === null || instance === me.instance ? undefined : { instance, since };
}
