import type { Clock } from '../../lib/clock.ts';
import { errorMessage, PortolanError, systemErrorCode } from '../../lib/errors.ts';
import type { DockerEndpoint } from './endpoint.ts';

/** Remembers since when Docker cannot be reached, and tells what can be done about it. */
export interface Outage {
  answered(): void;
  /** `DOCKER_UNREACHABLE`, or `DOCKER_REFUSED` where the socket is there but not for us. */
  unreachable(error: unknown, endpoint: DockerEndpoint): PortolanError;
}

/**
 * An engine that is started again is back sooner. Less than the 30 s after which a missing event stream is said: the first
 * failure comes a moment after the stream has ended, and that message is to have the hint.
 */
const LONG_MS = 20_000;

const HINTS = {
  missing: 'Mount the socket (-v /var/run/docker.sock:/var/run/docker.sock) or set --docker-host.',
  dead: 'Is the Docker engine running? If it was restarted, a mounted socket file stays dead: mount its folder instead.',
  replaced:
    'The socket may have been replaced: one that is mounted as a file stays dead then. Start this container again, and mount the folder: -v /var/run:/var/run.',
  network: 'Is the Docker engine running, and does it listen there?',
  group: 'Run with the group of the socket: docker run --group-add $(stat -c %g /var/run/docker.sock) …',
} as const;

export function createOutage(clock: Clock): Outage {
  let hasAnswered = false;
  let goneSinceMs: number | undefined;
  const hintFor = (code: string | undefined, { kind }: DockerEndpoint): string => {
    if (kind === 'tcp') return HINTS.network;
    const isGone = code === 'ENOENT' || code === 'ECONNREFUSED';
    if (!isGone) goneSinceMs = undefined;
    else goneSinceMs ??= clock.monotonicMs();
    const isLong = goneSinceMs !== undefined && clock.monotonicMs() - goneSinceMs > LONG_MS;
    if (isLong && hasAnswered) return HINTS.replaced;
    return code === 'ENOENT' ? HINTS.missing : HINTS.dead;
  };
  return {
    answered: () => {
      hasAnswered = true;
      goneSinceMs = undefined;
    },
    unreachable: (error, endpoint) => {
      const code = systemErrorCode(error);
      if (code === 'EACCES') {
        const message = `no permission to use Docker at ${endpoint.name}`;
        return new PortolanError('DOCKER_REFUSED', message, { cause: error, hint: HINTS.group });
      }
      const message = `cannot reach Docker at ${endpoint.name}: ${errorMessage(error)}`;
      return new PortolanError('DOCKER_UNREACHABLE', message, { cause: error, hint: hintFor(code, endpoint) });
    },
  };
}
