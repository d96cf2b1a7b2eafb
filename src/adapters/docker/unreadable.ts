import { backoffMs } from '../../lib/backoff.ts';
import type { Clock } from '../../lib/clock.ts';
import type { PortolanError } from '../../lib/errors.ts';
import { errorFacts, type Log } from '../../lib/log.ts';
import type { ListedContainer } from './listed-container.ts';

/**
 * The containers of which Docker gives nothing usable, though it gives others: one that is broken costs itself.
 * At its first failure the pass fails, since it may be Docker that fails; from the second on the container rests.
 */
export interface Unreadable {
  /** Gives how long the container rests, in milliseconds; 0 after its first failure. */
  failed(container: FailedContainer, failure: Failure): number;
  readable(containerId: string): void;
  forget(containerId: string): void;
  isResting(container: ListedContainer): boolean;
  /** Why those cannot be read whose failure may be Docker's. */
  errors(): readonly PortolanError[];
  ids(): Iterable<string>;
}

export interface FailedContainer {
  readonly id: string;
  readonly name: string;
  /** As listed before it was inspected, if it was. */
  readonly fingerprint: string | undefined;
}

export interface Failure {
  readonly error: PortolanError;
  /** Certainly the container's own fault. */
  readonly isOwnFault: boolean;
  /** Whether an earlier snapshot of it stays. */
  readonly isKnown: boolean;
}

interface Trouble extends Omit<FailedContainer, 'id'> {
  readonly failures: number;
  readonly isOwnFault: boolean;
  readonly error: PortolanError;
  readonly untilMs: number;
}

const REST = { minMs: 1_000, maxMs: 60_000 };

export function createUnreadable({
  clock,
  log,
  random,
}: {
  readonly clock: Clock;
  readonly log: Log;
  readonly random: () => number;
}): Unreadable {
  const troubles = new Map<string, Trouble>();
  const isSaid = ({ failures, isOwnFault }: Trouble): boolean => isOwnFault || failures > 1;
  return {
    failed: ({ id, name, fingerprint }, { error, isOwnFault, isKnown }) => {
      const before = troubles.get(id);
      const failures = (before?.failures ?? 0) + 1;
      const rests = isOwnFault ? failures : failures - 1;
      const restMs = rests === 0 ? 0 : backoffMs(rests, REST, random());
      const trouble = { fingerprint, name, failures, isOwnFault, error, untilMs: clock.monotonicMs() + restMs };
      troubles.set(id, trouble);
      if (isSaid(trouble) && (before === undefined || !isSaid(before))) {
        const consequence = isKnown ? 'stays as it was last seen' : 'is left out';
        log.warn('docker: a container cannot be read', { container: name, id, consequence, ...errorFacts(error) });
      }
      return restMs;
    },
    readable: (id) => {
      const trouble = troubles.get(id);
      if (trouble !== undefined && isSaid(trouble)) {
        log.info('docker: a container can be read again', { container: trouble.name, id });
      }
      troubles.delete(id);
    },
    forget: (id) => void troubles.delete(id),
    isResting: ({ id, fingerprint }) => {
      const trouble = troubles.get(id);
      return trouble?.fingerprint === fingerprint && clock.monotonicMs() < trouble.untilMs;
    },
    errors: () => [...troubles.values()].filter(({ isOwnFault }) => !isOwnFault).map(({ error }) => error),
    ids: () => troubles.keys(),
  };
}
