import { EventEmitter } from 'node:events';
import type http from 'node:http';
import Consul from 'consul';
import type { Clock } from '../../lib/clock.ts';
import { createDeadlines } from '../../lib/deadlines.ts';
import { PortolanError } from '../../lib/errors.ts';
import { type BodyLimit, createConnections } from './connections.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseExactJson } from './exact-json.ts';
import { requestError } from './request-error.ts';
import {
  type ConsulAnswer,
  type ConsulRequest,
  checkedAnswer,
  endpointQuery,
  requestFacts,
  requestHeaders,
  timedOut,
} from './request-parts.ts';

export type { ConsulAnswer, ConsulRequest } from './request-parts.ts';

/** One kind of use of Consul's HTTP API, with connections of its own. */
export interface ConsulClient {
  readonly endpoint: ConsulEndpoint;
  /**
   * Throws `CONSUL_UNREACHABLE`, `CONSUL_REFUSED` (a `ConsulRefusal`) for an answer that is not a success, or
   * `RESPONSE_INVALID` for one that is not JSON. A request that was cut off may have been obeyed: only reading tells.
   */
  request(request: ConsulRequest, signal: AbortSignal): Promise<ConsulAnswer>;
  close(): void;
}

export interface ConsulClientOptions {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly maxSockets: number;
  readonly maxBodyBytes?: BodyLimit | undefined;
  /** Called when a connection that stood has ended; `wasIdle`: between two requests. */
  readonly onConnectionEnd?: (wasIdle: boolean) => void;
}

/** What we use of the library beside its types: one call that sends a body as it is and gives the headers back. */
interface RawConsul {
  _request(options: Record<string, unknown>): Promise<ConsulAnswer>;
}

/** Of a request that says nothing else. */
export const DEADLINE_MS = 10_000;

/** An option of the library's HTTP client, which its types do not name. */
const DECODERS = { decoders: { 'application/json': (body: Buffer) => parseExactJson(body.toString()) } };

export function createConsulClient(options: ConsulClientOptions): ConsulClient {
  const { endpoint, clock, maxSockets, maxBodyBytes, onConnectionEnd = () => undefined } = options;
  const { place } = endpoint;
  const isTls = place.kind === 'tcp' && place.isTls;
  const deadlines = createDeadlines(clock);
  const agent = createConnections(isTls ? endpoint.tls : undefined, {
    maxSockets,
    deadlines,
    onEnd: onConnectionEnd,
    maxBodyBytes,
  });
  const target = place.kind === 'unix' ? { socketPath: place.path } : { host: place.host, port: place.port };
  const library = new Consul({ ...target, secure: isTls, agent, ...DECODERS }) as unknown as RawConsul;
  const scope = endpointQuery(endpoint);

  return {
    endpoint,
    request: async (request, signal) => {
      signal.throwIfAborted();
      const headers = requestHeaders(endpoint);
      const facts = () => requestFacts(endpoint, request, headers);
      const { deadlineMs = DEADLINE_MS } = request;
      let isLate = false;
      const context = new EventEmitter();
      const cancel = () => context.emit('cancel');
      const stopDeadline = deadlines.start(deadlineMs, () => {
        isLate = true;
        cancel();
      });
      signal.addEventListener('abort', cancel, { once: true });
      try {
        const answer = await library._request({ ...libraryRequest(request, scope), headers, ctx: context });
        return checkedAnswer(answer, facts);
      } catch (error) {
        signal.throwIfAborted();
        const absence = request.mayBeAbsent === true ? absenceOf(error) : undefined;
        if (absence !== undefined) return absence;
        if (error instanceof PortolanError) throw error;
        throw requestError(isLate ? timedOut(facts(), deadlineMs) : error, facts());
      } finally {
        stopDeadline();
        signal.removeEventListener('abort', cancel);
      }
    },
    close: () => agent.destroy(),
  };
}

/** What a 404 says. */
function absenceOf(error: unknown): ConsulAnswer | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { statusCode, headers } = error.response as http.IncomingMessage;
  return statusCode === 404 ? { body: undefined, headers } : undefined;
}

function libraryRequest(
  { method, path, params, query, body, isRaw = false }: ConsulRequest,
  scope: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const content = body === undefined ? {} : { body, type: 'json' };
  return { method, path, params: { ...params }, query: { ...scope, ...query }, ...content, buffer: isRaw };
}
