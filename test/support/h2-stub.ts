import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  createSecureServer,
  type IncomingHttpHeaders,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';
import { createAuthority } from './certificates.ts';

export interface H2Request {
  readonly path: string;
  readonly token: string | undefined;
  /** Numbers the connections in their order; 0 for one of HTTP/1.1. */
  readonly connection: number;
  /** Over HTTP/2. */
  readonly stream: ServerHttp2Stream | undefined;
}

/** `undefined`: the handler has answered by itself, or lets the request hang. */
export type H2Answer =
  | { readonly status?: number; readonly json?: unknown; readonly text?: string; readonly index?: number }
  | undefined;

/** A web server in this process that speaks TLS, and HTTP/2 unless told otherwise. */
export interface H2Stub {
  readonly endpoint: ConsulEndpoint;
  readonly requests: readonly H2Request[];
  /** Answers each request; may be replaced at any time. By default everything is `{}`. */
  answer: (request: H2Request) => H2Answer;
  /** The connections of HTTP/2 that stand, in their order. */
  readonly sessions: readonly ServerHttp2Session[];
  /** How many connections of either kind there were. */
  connections(): number;
  /** Ends the connections that stand. */
  cut(): void;
  close(): Promise<void>;
}

export interface H2StubOptions {
  readonly maxStreams?: number;
  readonly port?: number;
  /** It speaks HTTP/1.1 only. */
  readonly isPlain?: boolean;
}

const authority = createAuthority();
const certificate = authority.issue();

export async function createH2Stub({
  maxStreams = 250,
  port = 0,
  isPlain = false,
}: H2StubOptions = {}): Promise<H2Stub> {
  const requests: H2Request[] = [];
  const sessions: ServerHttp2Session[] = [];
  const numbers = new Map<ServerHttp2Session, number>();
  const sockets = new Set<Socket>();
  let count = 0;
  const server = isPlain
    ? createHttpsServer(certificate)
    : createSecureServer({ ...certificate, allowHTTP1: true, settings: { maxConcurrentStreams: maxStreams } });
  server.on('secureConnection', (socket: Socket) => {
    count += 1;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('session', (session: ServerHttp2Session) => {
    sessions.push(session);
    numbers.set(session, numbers.size + 1);
    session.on('error', () => undefined);
    session.once('close', () => sessions.splice(sessions.indexOf(session), 1));
  });
  server.on('sessionError', () => undefined);
  server.on('stream', (stream: ServerHttp2Stream, headers: IncomingHttpHeaders) => {
    const token = headers['x-consul-token'];
    const connection = numbers.get(stream.session as ServerHttp2Session) ?? -1;
    const request = { path: headers[':path'] ?? '', token: token as string | undefined, connection, stream };
    stream.on('error', () => undefined);
    requests.push(request);
    const answer = stub.answer(request);
    if (answer !== undefined) answerStream(stream, answer);
  });
  server.on('request', (incoming: unknown, outgoing: unknown) => {
    const { url = '', httpVersionMajor, headers } = incoming as IncomingMessage;
    if (httpVersionMajor === 2) return;
    const token = headers['x-consul-token'];
    const request = { path: url, token: token as string | undefined, connection: 0, stream: undefined };
    requests.push(request);
    const answer = stub.answer(request);
    if (answer === undefined) return;
    const { status, ...fields } = headersOf(answer);
    (outgoing as ServerResponse).writeHead(status, fields).end(textOf(answer));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(port, '127.0.0.1', listening.resolve);
  await listening.promise;
  const { port: taken } = server.address() as AddressInfo;
  const tls = { ca: authority.cert, verify: true };
  const stub: H2Stub = {
    endpoint: {
      name: 'consul-tls://stub',
      place: { kind: 'tcp', host: '127.0.0.1', port: taken, isTls: true },
      token: () => undefined,
      tls: () => tls,
    },
    requests,
    answer: () => ({ json: {} }),
    sessions,
    connections: () => count,
    cut: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: async () => {
      const closed = Promise.withResolvers<void>();
      // Also when it is closed already.
      server.close(() => closed.resolve());
      for (const socket of sockets) socket.destroy();
      await closed.promise;
    },
  };
  return stub;
}

/** Answers a request that was left hanging. */
export function answerStream(stream: ServerHttp2Stream, answer: Exclude<H2Answer, undefined>): void {
  const { status, ...fields } = headersOf(answer);
  stream.respond({ ':status': status, ...fields });
  stream.end(textOf(answer));
}

function headersOf({ status = 200, text, index }: Exclude<H2Answer, undefined>) {
  const type = text === undefined ? 'application/json' : 'text/plain';
  return { status, 'content-type': type, ...(index !== undefined && { 'x-consul-index': String(index) }) };
}

function textOf({ text, json = {} }: Exclude<H2Answer, undefined>): string {
  return text ?? JSON.stringify(json);
}
