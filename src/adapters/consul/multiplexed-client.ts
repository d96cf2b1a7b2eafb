import type { Clock } from '../../lib/clock.ts';
import { createDeadlines, type Deadlines } from '../../lib/deadlines.ts';
import {
  type ConsulAnswer,
  type ConsulClient,
  type ConsulClientOptions,
  type ConsulRequest,
  createConsulClient,
} from './client.ts';
import { connectionSecrets } from './connections.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { createGate } from './gate.ts';
import { askOver } from './h2-request.ts';
import { connectSession } from './h2-session.ts';
import { createH2Sessions, type H2Sessions, type Lease } from './h2-sessions.ts';
import { requestError } from './request-error.ts';
import { requestFacts, requestHeaders } from './request-parts.ts';

/** A client that holds as many blocking queries as the agent allows, over few connections, where it speaks HTTP/2. */
export interface MultiplexedClient extends ConsulClient {
  /** How many; 0 over HTTP/1.1, where each takes a connection, and before the first answer. */
  heldQueries(): number;
  /** Calls `onChange` whenever that is other than before. */
  watchHeld(onChange: () => void): void;
}

export interface MultiplexedClientOptions extends Omit<ConsulClientOptions, 'onConnectionEnd'> {
  readonly random: () => number;
}

/** So many reads at a time that are to be answered at once: after an outage there is one of each service. */
const READS_AT_ONCE = 32;
/** How long an agent without HTTP/2 is not asked about it again. */
const PLAIN_MS = 10_000;

/**
 * Speaks HTTP/2 with an agent that offers it in the TLS handshake, else HTTP/1.1 as `createConsulClient` does, and asks
 * again after a connection has ended: then there may be another agent, or another proxy before it.
 */
export function createMultiplexedClient(options: MultiplexedClientOptions): MultiplexedClient {
  const { endpoint, clock, maxBodyBytes } = options;
  if (endpoint.place.kind === 'unix' || !endpoint.place.isTls) {
    return { ...createConsulClient(options), heldQueries: () => 0, watchHeld: () => undefined };
  }
  const deadlines = createDeadlines(clock);
  const sessions = sessionsTo(endpoint, endpoint.place, { ...options, deadlines });
  const protocol = createProtocolChoice(sessions, clock);
  const plain = createConsulClient({ ...options, onConnectionEnd: protocol.onPlainEnd });
  const gate = createGate(READS_AT_ONCE);

  const send = async (request: ConsulRequest, signal: AbortSignal): Promise<ConsulAnswer> => {
    signal.throwIfAborted();
    const lease = await protocol.lease(isHeld(request)).catch((error: unknown) => {
      signal.throwIfAborted();
      throw requestError(error, requestFacts(endpoint, request, requestHeaders(endpoint)));
    });
    if (lease === undefined) return await plain.request(request, signal);
    return await askOver(lease, request, { endpoint, clock, deadlines, signal, maxBodyBytes });
  };
  return {
    endpoint,
    request: async (request, signal) => {
      if (request.method !== 'GET') return await plain.request(request, signal);
      if (isHeld(request)) return await send(request, signal);
      // What tells of the whole catalog goes before its single services.
      const isGeneral = !request.path.startsWith('/health/service/');
      return await gate(async () => await send(request, signal), isGeneral);
    },
    heldQueries: protocol.heldQueries,
    watchHeld: protocol.watchHeld,
    close: () => {
      sessions.close();
      plain.close();
    },
  };
}

/** Consul answers it when there is something new. */
function isHeld({ query = {} }: ConsulRequest): boolean {
  return query['index'] !== undefined;
}

function sessionsTo(
  { tls }: ConsulEndpoint,
  place: { readonly host: string; readonly port: number },
  { maxSockets, ...tools }: MultiplexedClientOptions & { readonly deadlines: Deadlines },
): H2Sessions {
  const secrets = connectionSecrets(tls);
  const connect = async () => await connectSession(place, secrets(), tools.deadlines);
  return createH2Sessions({ ...tools, maxSessions: maxSockets, connect });
}

/** Which protocol the agent speaks, as far as is known. */
interface ProtocolChoice {
  /** `undefined`: HTTP/1.1 it is. */
  lease(isHeld: boolean): Promise<Lease | undefined>;
  readonly heldQueries: MultiplexedClient['heldQueries'];
  readonly watchHeld: MultiplexedClient['watchHeld'];
  /** A connection of HTTP/1.1 has ended. */
  onPlainEnd(): void;
}

function createProtocolChoice(sessions: H2Sessions, clock: Clock): ProtocolChoice {
  let onChange = (): void => undefined;
  let isPlain = false;
  let mayHaveChanged = false;
  let askedMs = 0;
  let held = 0;
  return {
    lease: async (isHeld) => {
      if (isPlain && !(mayHaveChanged && clock.monotonicMs() - askedMs >= PLAIN_MS)) return undefined;
      mayHaveChanged = false;
      const lease = await sessions.lease(isHeld);
      isPlain = lease === undefined;
      askedMs = clock.monotonicMs();
      const now = isPlain ? 0 : sessions.capacity();
      const isOther = now !== held;
      held = now;
      if (isOther) onChange();
      return lease;
    },
    heldQueries: () => held,
    watchHeld: (listener) => {
      onChange = listener;
    },
    onPlainEnd: () => {
      mayHaveChanged = true;
    },
  };
}
