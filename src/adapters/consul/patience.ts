import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import { errorMessage, PortolanError, TerminalError } from '../../lib/errors.ts';
import type { ConsulClient } from './client.ts';

export interface Patience {
  /** Tries after the first one that failed. */
  readonly attempts: number;
  readonly minMs: number;
  readonly maxMs: number;
}

const PERIOD_MS = 5_000;

/**
 * Asks the agent from time to time whether there is a leader, until aborted. Throws a `TerminalError`
 * (`RETRIES_EXHAUSTED`) when it fails too often in a row: for those who want an end then.
 * Source: consul-template v0.42.1, `retry` of its configuration.
 */
export async function watchConsul(
  client: Pick<ConsulClient, 'request'>,
  { clock, patience }: { readonly clock: Clock; readonly patience: Patience },
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      await client.request({ method: 'GET', path: '/catalog/datacenters' }, signal);
      failures = 0;
    } catch (error) {
      if (signal.aborted) return;
      failures += 1;
      if (failures > patience.attempts) throw exhausted(failures, error);
    }
    // Without jitter, so that the end comes when it is expected.
    const pauseMs = failures === 0 ? PERIOD_MS : backoffMs(failures, patience, 1);
    await clock.sleep(pauseMs, signal).catch(() => undefined);
  }
}

function exhausted(failures: number, error: unknown): TerminalError {
  const hint = error instanceof PortolanError && error.hint !== undefined ? { hint: error.hint } : {};
  return new TerminalError('RETRIES_EXHAUSTED', `gave up after ${failures} attempts: ${errorMessage(error)}`, hint);
}
