import type { Clock } from '../lib/clock.ts';
import { firstOf, withLinkedSignal } from '../lib/deadline.ts';
import { createTrigger, type Trigger } from '../lib/trigger.ts';
import type { CheckVerdict, ServiceRegistry } from './contracts.ts';

/** Says what each container check says: at once when it changes, and again within its TTL, evenly spread. */
export interface Heartbeats {
  /** The checks to keep alive from now on, by ID. */
  keep(beats: ReadonlyMap<string, KeptBeat>): void;
  /** Says it now, after whatever is on its way for the same check. Rejects like `ServiceRegistry.report`. */
  tell(checkId: string, verdict: CheckVerdict, signal: AbortSignal): Promise<void>;
  /** Says all of it once, `last` instead where it has something, before a stop. Rejects at the first failure. */
  tellAll(last: ReadonlyMap<string, CheckVerdict>, signal: AbortSignal): Promise<void>;
  /** Beats until aborted; never rejects. */
  run(signal: AbortSignal): Promise<void>;
}

/** What a check says and how often. */
export interface KeptBeat {
  readonly verdict: CheckVerdict;
  /** Time between two beats. */
  readonly periodMs: number;
}

export interface HeartbeatDeps {
  readonly registry: Pick<ServiceRegistry, 'report'>;
  readonly clock: Clock;
  /** In [0, 1): where in the period a new check begins. */
  readonly random: () => number;
  /** The registry does not know the check: it has lost the service. */
  readonly onUnknown: (checkId: string) => void;
  /** Beats began to fail, or (without error) came through again. */
  readonly onTurn: (error?: unknown) => void;
}

interface Beat {
  verdict: CheckVerdict;
  periodMs: number;
  dueMs: number;
}

interface Schedule {
  readonly beats: ReadonlyMap<string, Beat>;
  readonly clock: Clock;
  readonly changed: Trigger;
}

/** So many at a time: without a leader each takes an agent up to 15 s, but none must wait for another. */
const MAX_IN_FLIGHT = 8;
const RETRY_MS = 500;
/**
 * Beats of one slot are sent together. Of 1,000 checks 16 beats once a second cost an agent half of what one every 60 ms
 * costs, and us a quarter: each time both have to wake (measured, Consul 1.8.7).
 */
const SLOT_MS = 1_000;

export function createHeartbeats({ registry, clock, random, onUnknown, onTurn }: HeartbeatDeps): Heartbeats {
  const beats = new Map<string, Beat>();
  // Each ends with the last call for its check, even one that is kept no more: a late old verdict must never overwrite
  // a new one.
  const lanes = new Map<string, Promise<void>>();
  const changed = createTrigger();
  let isFailing = false;

  const say = async (checkId: string, verdict: CheckVerdict, signal: AbortSignal): Promise<void> => {
    const turn = (lanes.get(checkId) ?? Promise.resolve()).then(async () => {
      const reply = await registry.report(checkId, verdict, signal);
      if (reply === 'unknown') onUnknown(checkId);
    });
    const lane = turn.catch(() => undefined);
    lanes.set(checkId, lane);
    try {
      await turn;
    } finally {
      if (lanes.get(checkId) === lane) lanes.delete(checkId);
    }
  };

  const keep = (kept: ReadonlyMap<string, KeptBeat>): void => {
    for (const id of beats.keys()) if (!kept.has(id)) beats.delete(id);
    for (const [id, { verdict, periodMs }] of kept) {
      const beat = beats.get(id);
      const nowMs = clock.monotonicMs();
      // A new check has just been registered or told, so its first beat may lie anywhere in the period.
      if (beat === undefined) beats.set(id, { verdict, periodMs, dueMs: dueAfter(random() * periodMs, clock) });
      else Object.assign(beat, { verdict, periodMs, dueMs: Math.min(beat.dueMs, nowMs + periodMs) });
    }
    changed.wake('checks changed');
  };

  const beatOrRetry = async (checkId: string, signal: AbortSignal): Promise<void> => {
    const beat = beats.get(checkId);
    if (beat === undefined) return;
    beat.dueMs = dueAfter(beat.periodMs, clock);
    try {
      await say(checkId, beat.verdict, signal);
      if (isFailing) onTurn();
      isFailing = false;
    } catch (error) {
      if (signal.aborted) return;
      beat.dueMs = clock.monotonicMs() + RETRY_MS * (1 + random());
      // The loop sleeps until the next beat that it knew of.
      changed.wake('a beat failed');
      if (!isFailing) onTurn(error);
      isFailing = true;
    }
  };

  return {
    keep,
    run: (signal) => beatWhenDue({ beats, clock, changed }, beatOrRetry, signal),
    tell: async (checkId, verdict, signal) => {
      const beat = beats.get(checkId);
      // The next beat says the same; one on its way still says what was true before, and goes first.
      if (beat !== undefined) {
        Object.assign(beat, { verdict, dueMs: dueAfter(random() * beat.periodMs, clock) });
      }
      await say(checkId, verdict, signal);
    },
    tellAll: async (last, signal) => {
      const waiting = [
        ...[...beats].map(([id, { verdict }]) => [id, verdict] as const).filter(([id]) => !last.has(id)),
        ...last,
      ];
      const worker = async (): Promise<void> => {
        for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) await say(...next, signal);
      };
      await Promise.all(Array.from({ length: MAX_IN_FLIGHT }, worker));
    },
  };
}

/** When to beat that should beat after `ms`: at the begin of that slot, unless this has passed. */
function dueAfter(ms: number, clock: Clock): number {
  const nowMs = clock.monotonicMs();
  const slotMs = Math.floor((nowMs + ms) / SLOT_MS) * SLOT_MS;
  return slotMs > nowMs ? slotMs : nowMs + ms;
}

async function beatWhenDue(
  { beats, clock, changed }: Schedule,
  beat: (checkId: string, signal: AbortSignal) => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  const inFlight = new Set<Promise<void>>();
  while (!signal.aborted) {
    changed.take();
    const waitMs = Math.min(...[...beats.values()].map(({ dueMs }) => dueMs)) - clock.monotonicMs();
    if (waitMs > 0) await sleepOrChange(clock, waitMs, changed, signal);
    for (const id of dueIds(beats, clock.monotonicMs())) {
      if (inFlight.size >= MAX_IN_FLIGHT) await Promise.race(inFlight);
      if (signal.aborted) break;
      const sent: Promise<void> = beat(id, signal).finally(() => inFlight.delete(sent));
      inFlight.add(sent);
    }
  }
  await Promise.all(inFlight);
}

function dueIds(beats: ReadonlyMap<string, Beat>, nowMs: number): readonly string[] {
  return [...beats].filter(([, { dueMs }]) => dueMs <= nowMs).map(([id]) => id);
}

async function sleepOrChange(clock: Clock, ms: number, changed: Trigger, signal: AbortSignal): Promise<void> {
  await withLinkedSignal(signal, async (own) => {
    await firstOf(changed.pending(own), ...(Number.isFinite(ms) ? [clock.sleep(ms, own)] : []));
  }).catch(() => undefined);
}
