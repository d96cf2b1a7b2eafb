import type http from 'node:http';
import { PortolanError } from '../../lib/errors.ts';
import type { ConsulEndpoint } from './endpoint.ts';
import { answerError, type RequestFacts } from './request-error.ts';

// What a request to Consul consists of, whichever protocol carries it.

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
  /** The body of the answer is a `Buffer` of JSON, as it came: for who may not have to look into it. */
  readonly isRaw?: boolean;
  /** A 404 is an answer: there is nothing, and the body is `undefined`. */
  readonly mayBeAbsent?: boolean;
}

export interface ConsulAnswer {
  readonly body: unknown;
  readonly headers: http.IncomingHttpHeaders;
}

export function endpointQuery({ namespace, partition }: ConsulEndpoint): Readonly<Record<string, string>> {
  return { ...(namespace !== undefined && { ns: namespace }), ...(partition !== undefined && { partition }) };
}

export function requestHeaders({ token, basicAuth }: ConsulEndpoint): Readonly<Record<string, string>> {
  const secret = token();
  return {
    ...(secret !== undefined && { 'x-consul-token': secret }),
    ...(basicAuth !== undefined && { authorization: `Basic ${Buffer.from(basicAuth).toString('base64')}` }),
  };
}

/** `GET /health/service/web`, for messages. */
export function requestFacts(
  { name }: ConsulEndpoint,
  { method, path, params = {} }: ConsulRequest,
  headers: Readonly<Record<string, string>>,
): RequestFacts {
  const asked = path.replaceAll(/\{(\w+)\}/g, (_, param: string) => params[param] ?? '');
  return { endpoint: name, method, path: asked, hasToken: headers['x-consul-token'] !== undefined };
}

export function timedOut({ endpoint, method, path }: RequestFacts, ms: number): PortolanError {
  return new PortolanError('TIMED_OUT', `the answer of ${endpoint} to ${method} ${path}: nothing within ${ms} ms`);
}

/** Consul answers a read in JSON and a write in JSON or not at all; everything else comes from somebody else. */
export function checkedAnswer({ body, headers }: ConsulAnswer, facts: () => RequestFacts): ConsulAnswer {
  const type = headers['content-type'];
  if (body !== undefined && !/json/i.test(type ?? '')) throw answerError(type ?? 'no type of content', facts());
  if (body === undefined && facts().method === 'GET') throw answerError('nothing at all', facts());
  return { body, headers };
}
