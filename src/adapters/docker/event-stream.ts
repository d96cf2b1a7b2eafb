import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { withLinkedSignal } from '../../lib/deadline.ts';
import { errorFacts, type Log } from '../../lib/log.ts';
import type { DockerClient } from './client.ts';
import { createLineSplitter, type DockerEvent, parseEventLine } from './event-lines.ts';

export interface EventStreamDeps {
  readonly client: Pick<DockerClient, 'events' | 'ping'>;
  readonly clock: Clock;
  readonly log: Log;
  /** In [0, 1): jitter of the backoff. */
  readonly random: () => number;
}

export interface EventHandlers {
  /** `undefined` for one that is not understood. */
  readonly onEvent: (event: DockerEvent | undefined) => void;
  /** A stream is open: what happened before must be looked up. */
  readonly onOpen: () => void;
}

const RECONNECT = { minMs: 50, maxMs: 1_000 };
/** A stream that has lived this long was a good one. */
const STABLE_MS = 5_000;
/** An engine that is silent for this long is asked whether it lives. */
const PING_MS = 60_000;
/** A stream that was silent for this long may be dead though the engine lives (a half-open connection): renew it. */
const MAX_SILENCE_MS = 300_000;
/** An engine that is started again is back sooner; longer is worth a second word. */
const LONG_MS = 30_000;

/** Follows Docker's events until aborted. A stream that ends, fails or is silent for too long is opened again. */
export async function followEvents(deps: EventStreamDeps, handlers: EventHandlers, signal: AbortSignal): Promise<void> {
  const { clock, random } = deps;
  const reporter = createOutageReporter(deps);
  let failures = 0;
  while (!signal.aborted) {
    let openedMs = Number.POSITIVE_INFINITY;
    const onOpen = (): void => {
      reporter.opened();
      openedMs = clock.monotonicMs();
      handlers.onOpen();
    };
    try {
      const end = await withLinkedSignal(signal, (own, abort) =>
        followStream(deps, { ...handlers, onOpen }, { signal: own, abort }),
      );
      // Nothing failed: on a quiet host this happens all day.
      if (end === 'renewal') continue;
    } catch (error) {
      if (signal.aborted) return;
      reporter.failed(error);
    }
    // A stream that is closed as soon as it is open must not be opened ever faster.
    failures = clock.monotonicMs() - openedMs >= STABLE_MS ? 1 : failures + 1;
    await clock.sleep(backoffMs(failures, RECONNECT, random()), signal).catch(() => undefined);
  }
}

interface Lifetime {
  readonly signal: AbortSignal;
  readonly abort: (reason: unknown) => void;
}

async function followStream(
  { client, clock }: EventStreamDeps,
  { onEvent, onOpen }: EventHandlers,
  { signal, abort }: Lifetime,
): Promise<'end' | 'renewal'> {
  const events = await client.events(signal);
  onOpen();
  const heard = { lastMs: clock.monotonicMs() };
  let isRenewal = false;
  let failure: unknown;
  watchSilence({ client, clock, heard }, signal)
    .then(
      () => {
        isRenewal = true;
      },
      (error: unknown) => {
        failure = error;
      },
    )
    .finally(() => abort(new Error('no event for too long')));
  const split = createLineSplitter((line) => onEvent(parseEventLine(line)));
  try {
    for await (const chunk of events) {
      heard.lastMs = clock.monotonicMs();
      split(chunk);
    }
  } catch (error) {
    if (!isRenewal) throw failure ?? error;
  }
  return isRenewal ? 'renewal' : 'end';
}

interface Silence {
  readonly client: EventStreamDeps['client'];
  readonly clock: Clock;
  /** When the stream last said something. */
  readonly heard: { readonly lastMs: number };
}

/** Resolves when the stream is to be renewed. Rejects when the engine does not answer, or with the signal's reason. */
async function watchSilence({ client, clock, heard }: Silence, signal: AbortSignal): Promise<void> {
  let askedMs = heard.lastMs;
  for (;;) {
    const nowMs = clock.monotonicMs();
    if (nowMs >= heard.lastMs + MAX_SILENCE_MS) return;
    const nextMs = Math.min(heard.lastMs + MAX_SILENCE_MS, Math.max(heard.lastMs, askedMs) + PING_MS);
    if (nowMs < nextMs) {
      await clock.sleep(nextMs - nowMs, signal);
      continue;
    }
    askedMs = nowMs;
    await client.ping(signal).catch((error: unknown) => {
      // It was busy, but not dead.
      if (heard.lastMs < askedMs) throw error;
    });
  }
}

/** Says once that the stream has failed, and once more when that lasts, since then somebody must do something. */
function createOutageReporter({ clock, log }: EventStreamDeps): {
  readonly opened: () => void;
  readonly failed: (error: unknown) => void;
} {
  let sinceMs: number | undefined;
  let isSaidAgain = false;
  return {
    opened: () => {
      if (sinceMs !== undefined) log.info('docker: listening to events again');
      sinceMs = undefined;
      isSaidAgain = false;
    },
    failed: (error) => {
      if (sinceMs === undefined) {
        sinceMs = clock.monotonicMs();
        log.warn('docker: the event stream failed; opening it again', errorFacts(error));
      } else if (!isSaidAgain && clock.monotonicMs() - sinceMs > LONG_MS) {
        isSaidAgain = true;
        log.warn('docker: there is no event stream for more than 30 s', errorFacts(error));
      }
    },
  };
}
