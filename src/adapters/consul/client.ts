import { EventEmitter } from 'node:events';
import type http from 'node:http';
import Consul from 'consul';
import type { Clock } from '../../lib/clock.ts';
import { createDeadlines } from '../../lib/deadlines.ts';
import { PortolanError } from '../../lib/errors.ts';
import { type BodyLimit, createConnections } from './connections.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { parseExactJson } from './exact-json.ts';
import { answerError, type RequestFacts, requestError } from './request-error.ts';

export interface ConsulRequest {
  readonly method: 'GET' | 'PUT';
  /** Below `/v1`, with `{name}` for what is in `params`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  /** Added to the namespace and partition of the endpoint. */
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, whole: the library's own methods drop fields that they do not know. */
  readonly body?: unknown;
  readonly deadlineMs?: number;
  /** A 404 is an answer: there is nothing, and the body is `undefined`. */
  readonly mayBeAbsent?: boolean;
}

export interface ConsulAnswer {
  readonly body: unknown;
  readonly headers: http.IncomingHttpHeaders;
}

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

const DEADLINE_MS = 10_000;

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

function endpointQuery({ namespace, partition }: ConsulEndpoint): Readonly<Record<string, string>> {
  return { ...(namespace !== undefined && { ns: namespace }), ...(partition !== undefined && { partition }) };
}

function requestHeaders({ token, basicAuth }: ConsulEndpoint): Readonly<Record<string, string>> {
  const secret = token();
  return {
    ...(secret !== undefined && { 'x-consul-token': secret }),
    ...(basicAuth !== undefined && { authorization: `Basic ${Buffer.from(basicAuth).toString('base64')}` }),
  };
}

function libraryRequest(
  { method, path, params, query, body }: ConsulRequest,
  scope: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const content = body === undefined ? {} : { body, type: 'json' };
  return { method, path, params: { ...params }, query: { ...scope, ...query }, ...content };
}

/** `GET /health/service/web`, for messages. */
function requestFacts(
  { name }: ConsulEndpoint,
  { method, path, params = {} }: ConsulRequest,
  headers: Readonly<Record<string, string>>,
): RequestFacts {
  const asked = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? '');
  return { endpoint: name, method, path: asked, hasToken: headers['x-consul-token'] !== undefined };
}

function timedOut({ endpoint, method, path }: RequestFacts, ms: number): PortolanError {
  return new PortolanError('TIMED_OUT', `the answer of ${endpoint} to ${method} ${path}: nothing within ${ms} ms`);
}

/** Consul answers a read in JSON and a write in JSON or not at all; everything else comes from somebody else. */
function checkedAnswer({ body, headers }: ConsulAnswer, facts: () => RequestFacts): ConsulAnswer {
  const type = headers['content-type'];
  if (body !== undefined && !/json/i.test(type ?? '')) throw answerError(type ?? 'no type of content', facts());
  if (body === undefined && facts().method === 'GET') throw answerError('nothing at all', facts());
  return { body, headers };
}
