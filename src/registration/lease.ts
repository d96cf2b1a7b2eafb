import type { Clock } from '../lib/clock.ts';
import { formatTimestamp, parseTimestampMs } from '../lib/timestamps.ts';
import type { CheckVerdict, RegistryState } from './contracts.ts';
import { isNewer, nameOf, type Process, type Witness, witnessOf, wordsOf } from './lease-words.ts';

/** Sees to it that of several Portolans with one owner mark only the newest writes. */
export interface Lease {
  /** What the check of Portolan's own service says: that this process runs. */
  verdict(): CheckVerdict;
  /** Set when another process was found: a claim on the host, for the Meta of Portolan's own service. */
  claim(): string | undefined;
  /** Looks at the registry as it was read. */
  look(registry: RegistryState, hostname: string): Standing;
  /** Looks at the registry as it is after our own writes: whether our words have reached it. */
  wrote(registry: RegistryState, hostname: string): void;
  /** Whether we wait for the words of others: ours must stand alone then, without heartbeats that would cover theirs. */
  isListening(): boolean;
  /** Monotonic time at which the registry must be read again, if there is one. */
  lookAgainAtMs(): number | undefined;
}

export type Standing =
  /** `rival`: another process that lives and has to give way, or that wrote in our place and has ended. */
  | { readonly kind: 'writing'; readonly rival?: Rival }
  /** A newer process writes; this one watches whether it goes on doing so. */
  | { readonly kind: 'passive'; readonly rival: string };

interface Rival {
  readonly name: string;
  readonly hasEnded: boolean;
}

type Phase =
  /** Our words have not reached the registry. Those that are there may be a dead one's. */
  | { readonly kind: 'unheard' }
  /** Our words stand, and whoever lives will cover them. */
  | { readonly kind: 'listening'; readonly untilMs: number }
  | { readonly kind: 'settled' }
  | Passive;

interface Passive {
  readonly kind: 'passive';
  readonly rival: Process;
  readonly lookAgainAtMs: number;
  /** Until then a claim is believed without words. */
  readonly patientUntilMs: number;
}

/** A passive process looks so often whether the newer one still lives. */
const RIVAL_CHECK_MS = 5_000;
/** Shares of the TTL. All heartbeats wait for as long as claims are believed, so their sum must leave them time. */
const LISTENED = 1 / 2;
const BELIEVED = 3 / 8;
const RIVAL_CHECK = 1 / 8;

/**
 * A process says who it is with each heartbeat of Portolan's own service. Whoever starts cannot know from words that it
 * finds whether the speaker still lives, so it says its own once, listens for half a TTL and reads them again. Were
 * they covered, the other one lives, and the newer of both claims the host by a Meta pair: that costs one registration,
 * and only then. The elder finds the claim at its next resync and gives way until the newer one says farewell or its
 * heartbeats end.
 *
 * @param instance unique to this process.
 */
export function createLease(clock: Clock, instance: string): Lease {
  let me: Process = { instance, since: formatTimestamp(clock.wallMs()) };
  let phase: Phase = { kind: 'unheard' };
  let rival: Rival | undefined;

  return {
    verdict: () => wordsOf(me),
    claim: () => (rival === undefined ? undefined : nameOf(me)),
    look: (registry, hostname) => {
      const nowMs = clock.monotonicMs();
      const witness = witnessOf(registry, hostname, me);
      const newer = superior(phase, witness, { me, nowMs });
      if (newer !== undefined) {
        rival = undefined;
        phase = giveWay(phase, newer, { ttlMs: witness.ttlMs, nowMs });
        return { kind: 'passive', rival: nameOf(newer) };
      }
      if (phase.kind === 'passive') {
        rival = { name: nameOf(phase.rival), hasEnded: true };
        // Should it live after all, it finds a newer claim, even where the clock was set back.
        const sinceMs = Math.max(clock.wallMs(), parseTimestampMs(phase.rival.since) + 1);
        me = { instance, since: formatTimestamp(sinceMs) };
        phase = { kind: 'settled' };
      } else {
        const elder = phase.kind === 'listening' ? witness.speaker : undefined;
        if (elder !== undefined) rival = { name: nameOf(elder), hasEnded: false };
        phase = rival === undefined ? heard(phase, witness, nowMs) : { kind: 'settled' };
      }
      return rival === undefined ? { kind: 'writing' } : { kind: 'writing', rival };
    },
    wrote: (registry, hostname) => {
      const { isOurs, ttlMs } = witnessOf(registry, hostname, me);
      if (phase.kind !== 'unheard' || !isOurs) return;
      phase = { kind: 'listening', untilMs: clock.monotonicMs() + ttlMs * LISTENED };
    },
    isListening: () => phase.kind === 'unheard' || phase.kind === 'listening',
    lookAgainAtMs: () =>
      phase.kind === 'passive' ? phase.lookAgainAtMs : phase.kind === 'listening' ? phase.untilMs : undefined,
  };
}

/** The process that this one has to give way to. */
function superior(
  phase: Phase,
  { speaker, claimant, isAlive }: Witness,
  { me, nowMs }: { readonly me: Process; readonly nowMs: number },
): Process | undefined {
  if (phase.kind === 'unheard' || !isAlive) return undefined;
  if (speaker !== undefined && isNewer(speaker, me)) return speaker;
  const isBelieved = phase.kind !== 'passive' || nowMs < phase.patientUntilMs;
  return claimant !== undefined && isNewer(claimant, me) && isBelieved ? claimant : undefined;
}

function giveWay(
  before: Phase,
  rival: Process,
  { ttlMs, nowMs }: { readonly ttlMs: number; readonly nowMs: number },
): Passive {
  const nextLookMs = nowMs + Math.min(RIVAL_CHECK_MS, ttlMs * RIVAL_CHECK);
  if (before.kind !== 'passive') {
    return { kind: 'passive', rival, lookAgainAtMs: nextLookMs, patientUntilMs: nowMs + ttlMs * BELIEVED };
  }
  // A look at what is remembered puts off no real one.
  return { ...before, rival, lookAgainAtMs: nowMs < before.lookAgainAtMs ? before.lookAgainAtMs : nextLookMs };
}

/**
 * Words of an elder one make us say ours again, and listen: it may have woken up, or be dead. So do words that are lost,
 * and those that a first registration did not carry.
 */
function heard(phase: Phase, { speaker, isOurs }: Witness, nowMs: number): Phase {
  const isOver = phase.kind === 'listening' && nowMs >= phase.untilMs;
  if (speaker !== undefined || (isOver && !isOurs)) return { kind: 'unheard' };
  return isOver ? { kind: 'settled' } : phase;
}
