import { EventEmitter } from 'node:events';
import type http from 'node:http';
import Consul from 'consul';
import type { Clock } from '../../lib/clock.ts';
import { withDeadline } from '../../lib/deadline.ts';
import { errorMessage, PortolanError } from '../../lib/errors.ts';
import { createConnections } from './connections.ts';
import type { ConsulEndpoint } from './endpoint.ts';

export interface ConsulRequest {
  readonly method: 'GET' | 'PUT';
  /** Below `/v1`, with `{name}` for what is in `params`. */
  readonly path: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  /** Sent as JSON, whole: the library's own methods drop fields that they do not know. */
  readonly body?: unknown;
  readonly deadlineMs?: number;
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
   * `RESPONSE_INVALID` for one in broken JSON.
   */
  request(request: ConsulRequest, signal: AbortSignal): Promise<ConsulAnswer>;
  close(): void;
}

/** Consul answered, but not with a success. */
export class ConsulRefusal extends PortolanError {
  readonly status: number;
  readonly answer: string;
  constructor(status: number, answer: string, message: string, hint: string | undefined) {
    super('CONSUL_REFUSED', message, hint === undefined ? {} : { hint });
    this.status = status;
    this.answer = answer;
  }
}

export interface ConsulClientOptions {
  readonly endpoint: ConsulEndpoint;
  readonly clock: Clock;
  readonly maxSockets: number;
  /** Called when a connection that stood has ended. */
  readonly onConnectionEnd?: () => void;
}

/** What we use of the library beside its types: one call that sends a body as it is and gives the headers back. */
interface RawConsul {
  _request(
    options: Record<string, unknown>,
  ): Promise<{ readonly body?: unknown; readonly headers: http.IncomingHttpHeaders }>;
}

const DEADLINE_MS = 10_000;

export function createConsulClient(options: ConsulClientOptions): ConsulClient {
  const { endpoint, clock, maxSockets, onConnectionEnd = () => undefined } = options;
  const { place } = endpoint;
  const isTls = place.kind === 'tcp' && place.isTls;
  const agent = createConnections(isTls ? endpoint.tls : undefined, { maxSockets, onEnd: onConnectionEnd });
  const target = place.kind === 'unix' ? { socketPath: place.path } : { host: place.host, port: place.port };
  const library = new Consul({ ...target, secure: isTls, agent }) as unknown as RawConsul;

  const send = async (request: ConsulRequest, signal: AbortSignal): Promise<ConsulAnswer> => {
    const context = new EventEmitter();
    const cancel = () => context.emit('cancel');
    signal.addEventListener('abort', cancel, { once: true });
    const token = endpoint.token();
    try {
      const { body, headers } = await library._request({
        method: request.method,
        path: request.path,
        params: { ...request.params },
        query: { ...request.query },
        ...(request.body !== undefined && { body: request.body, type: 'json' }),
        headers: token === undefined ? {} : { 'x-consul-token': token },
        ctx: context,
      });
      return { body, headers };
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  };

  return {
    endpoint,
    request: async (request, signal) => {
      const what = `the answer of ${endpoint.name} to ${nameOf(request)}`;
      try {
        return await withDeadline({ clock, ms: request.deadlineMs ?? DEADLINE_MS, what, signal }, (own) =>
          send(request, own),
        );
      } catch (error) {
        signal.throwIfAborted();
        throw toConsulError(error, endpoint, request);
      }
    },
    close: () => agent.destroy(),
  };
}

function toConsulError(error: unknown, { name }: ConsulEndpoint, request: ConsulRequest): PortolanError {
  if (error instanceof Error && 'isCodec' in error) {
    return new PortolanError('RESPONSE_INVALID', `Consul at ${name} answered ${nameOf(request)} with broken JSON`, {
      cause: error,
      hint: 'Is that address really a Consul agent?',
    });
  }
  const refusal = refusalOf(error);
  if (refusal === undefined) {
    return new PortolanError('CONSUL_UNREACHABLE', `cannot reach Consul at ${name}: ${errorMessage(error)}`, {
      cause: error,
      hint: 'Is the Consul agent running and listening there?',
    });
  }
  const { status, answer } = refusal;
  const hint =
    status === 403
      ? 'The ACL token lacks a right or is unknown: set CONSUL_HTTP_TOKEN or CONSUL_HTTP_TOKEN_FILE.'
      : undefined;
  return new ConsulRefusal(
    status,
    answer,
    `Consul at ${name} answered ${status} to ${nameOf(request)}${answer === '' ? '' : `: ${answer}`}`,
    hint,
  );
}

/** `GET /health/service/web`, for messages. */
function nameOf({ method, path, params = {} }: ConsulRequest): string {
  return `${method} ${path.replaceAll(/\{(\w+)\}/g, (_, name: string) => params[name] ?? '')}`;
}

function refusalOf(error: unknown): { readonly status: number; readonly answer: string } | undefined {
  if (!(error instanceof Error) || !('response' in error)) return undefined;
  const { statusCode, body } = error.response as { readonly statusCode: number; readonly body?: unknown };
  const isText = body === undefined || Buffer.isBuffer(body) || typeof body === 'string';
  const text = isText ? String(body ?? '') : JSON.stringify(body);
  return { status: statusCode, answer: text.trim().slice(0, 500) };
}
