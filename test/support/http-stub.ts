import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createSecureServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { ConsulEndpoint } from '../../src/adapters/consul/endpoint.ts';

export interface StubRequest {
  readonly method: string;
  /** With the query, as sent. */
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
  /** Numbers the connections in the order of their first request. */
  readonly connection: number;
}

/** `undefined`: the handler has answered by itself, or lets the request hang. */
export type StubAnswer = { readonly status?: number; readonly json?: unknown; readonly text?: string } | undefined;

/** A web server in this process, at a free port of loopback or at a socket. */
export interface HttpStub {
  readonly endpoint: ConsulEndpoint;
  readonly port: number;
  readonly requests: readonly StubRequest[];
  /** Answers each request; may be replaced at any time. By default everything is `{}`. */
  answer: (request: StubRequest, response: ServerResponse) => StubAnswer | Promise<StubAnswer>;
  /** Resolves when so many requests have come since the beginning. */
  received(count: number): Promise<void>;
  /** Ends the connections that stand. */
  cut(): void;
  /** How many connections stand. */
  connections(): Promise<number>;
  close(): Promise<void>;
}

export interface HttpStubOptions {
  readonly socketPath?: string;
  /** Speaks TLS, with these. */
  readonly secure?: ServerOptions;
}

export async function createHttpStub({ socketPath, secure }: HttpStubOptions = {}): Promise<HttpStub> {
  const requests: StubRequest[] = [];
  const waiters = new Set<() => void>();
  const connections = new Map<unknown, number>();
  const numberOf = (socket: unknown): number => {
    const number = connections.get(socket) ?? connections.size + 1;
    connections.set(socket, number);
    return number;
  };

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method = '', url = '', headers, socket } = incoming;
    const request = { method, path: url, headers, body: await text(incoming), connection: numberOf(socket) };
    requests.push(request);
    for (const check of waiters) check();
    const answer = await stub.answer(request, response);
    if (answer === undefined) return;
    const type = answer.text === undefined ? 'application/json' : 'text/plain';
    response.writeHead(answer.status ?? 200, { 'content-type': type });
    response.end(answer.text ?? JSON.stringify(answer.json === undefined ? {} : answer.json));
  };
  // A request that is cut off while its body is read is none.
  const onRequest = (incoming: IncomingMessage, response: ServerResponse) =>
    void handle(incoming, response).catch(() => undefined);
  const server = secure === undefined ? createServer(onRequest) : createSecureServer(secure, onRequest);
  const listening = Promise.withResolvers<void>();
  server.listen(socketPath === undefined ? { port: 0, host: '127.0.0.1' } : { path: socketPath }, listening.resolve);
  await listening.promise;
  const port = socketPath === undefined ? (server.address() as AddressInfo).port : 0;

  const stub: HttpStub = {
    endpoint: {
      name: 'consul://stub',
      place:
        socketPath === undefined
          ? { kind: 'tcp', host: '127.0.0.1', port, isTls: secure !== undefined }
          : { kind: 'unix', path: socketPath },
      token: () => undefined,
      tls: () => ({ verify: true }),
    },
    port,
    requests,
    answer: () => ({ json: {} }),
    received: async (count) => {
      const { promise, resolve } = Promise.withResolvers<void>();
      const check = () => {
        if (requests.length >= count) resolve();
      };
      waiters.add(check);
      check();
      await promise;
      waiters.delete(check);
    },
    cut: () => server.closeAllConnections(),
    connections: async () => {
      const { promise, resolve } = Promise.withResolvers<number>();
      server.getConnections((_error, count) => resolve(count));
      return await promise;
    },
    close: async () => {
      const closed = Promise.withResolvers<void>();
      server.close(() => closed.resolve());
      server.closeAllConnections();
      await closed.promise;
    },
  };
  return stub;
}
