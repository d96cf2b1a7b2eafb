import type { Clock } from '../../lib/clock.ts';
import type { ConsulClient } from './client.ts';

export interface LeaderWatchTools {
  readonly client: Pick<ConsulClient, 'request'>;
  readonly clock: Clock;
}

/** A server answers by itself and needs no right for it, so a look costs next to nothing. */
const LOOK_EVERY_MS = 5_000;
const DEADLINE_MS = 2_000;

/**
 * Looks which server leads, over and over until aborted, and calls `onChange` when it is another one than before, or when
 * there is an answer again after none came in time. Never rejects.
 *
 * Agents pass blocking queries on to the leader. When its host is cut off, or that of a server on the way, nobody ends
 * them: Consul's own connections notice it after up to 40 s (1.8.7), and we only at the end of the wait.
 */
export async function watchLeader(
  { client, clock }: LeaderWatchTools,
  onChange: () => void,
  signal: AbortSignal,
): Promise<void> {
  let leader: string | undefined;
  let isSilent = false;
  while (!signal.aborted) {
    await clock.sleep(LOOK_EVERY_MS, signal).catch(() => undefined);
    if (signal.aborted) return;
    const startMs = clock.monotonicMs();
    const now = await look(client, signal);
    if (now === undefined) {
      // Where there is an error instead, the queries have got one too.
      isSilent ||= clock.monotonicMs() - startMs >= DEADLINE_MS;
      continue;
    }
    if (isSilent || (leader !== undefined && now !== leader)) onChange();
    isSilent = false;
    leader = now;
  }
}

/** `undefined` while there is none, or nobody says so. */
async function look(client: LeaderWatchTools['client'], signal: AbortSignal): Promise<string | undefined> {
  try {
    const path = '/status/leader';
    const { body } = await client.request({ method: 'GET', path, deadlineMs: DEADLINE_MS }, signal);
    return typeof body === 'string' && body !== '' ? body : undefined;
  } catch {
    return undefined;
  }
}
