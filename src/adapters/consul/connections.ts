import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { createSecureContext, type SecureContext } from 'node:tls';
import type { Deadlines } from '../../lib/deadlines.ts';
import type { ConsulTls } from './endpoint.ts';
import { tooLong } from './request-error.ts';

interface ConnectionOptions {
  readonly maxSockets: number;
  readonly deadlines: Deadlines;
  /** Called when a connection that stood has ended, by whoever's doing; `wasIdle`: between two requests. */
  readonly onEnd: (wasIdle: boolean) => void;
  /** Where an answer may be less long than any of Consul's, by path and query; `undefined` elsewhere. */
  readonly maxBodyBytes?: BodyLimit | undefined;
}

export type BodyLimit = (path: string) => number | undefined;

/** An answer longer than this is not one of Consul's. */
export const MAX_BODY_BYTES = 64 * 1024 * 1024;
/** Long enough for a packet that is lost once or twice. An agent that is stopped takes connections all the same. */
const CONNECT_DEADLINE_MS = 3_000;
/** With the handshake. */
export const TLS_DEADLINE_MS = 5_000;

/**
 * Keep-alive connections for the `consul` library, with what it lacks: an answer that breaks off or grows without end
 * fails its request at once instead of at the deadline, and new connections use the certificates of their time.
 */
export function createConnections(tls: (() => ConsulTls) | undefined, options: ConnectionOptions): http.Agent {
  const { maxSockets } = options;
  const keepAlive = { keepAlive: true, keepAliveMsecs: 15_000, maxSockets, scheduling: 'fifo' as const };
  if (tls === undefined) return new GuardedHttpAgent(keepAlive, options);
  // A resumed session would go on with the certificate of the connection before.
  return new GuardedHttpsAgent({ ...keepAlive, maxCachedSessions: 0 }, options, tls);
}

/** Node calls this for every request; it is not in the types. */
interface WithAddRequest {
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void;
}

class GuardedHttpAgent extends http.Agent {
  readonly #options: ConnectionOptions;
  readonly #idle = new WeakSet<Duplex>();
  constructor(agentOptions: http.AgentOptions, options: ConnectionOptions) {
    super(agentOptions);
    this.#options = options;
  }
  override createConnection(...args: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    const socket = super.createConnection(...args);
    return guardConnection(socket, {
      ...this.#options,
      idle: this.#idle,
      connected: 'connect',
      withinMs: CONNECT_DEADLINE_MS,
    });
  }
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void {
    guardAnswer(request, this.#idle, this.#options.maxBodyBytes);
    (http.Agent.prototype as unknown as WithAddRequest).addRequest.call(this, request, ...rest);
  }
}

class GuardedHttpsAgent extends https.Agent {
  readonly #options: ConnectionOptions;
  readonly #idle = new WeakSet<Duplex>();
  readonly #secrets: () => ConnectionSecrets;
  constructor(agentOptions: https.AgentOptions, options: ConnectionOptions, tls: () => ConsulTls) {
    super(agentOptions);
    this.#options = options;
    this.#secrets = connectionSecrets(tls);
  }
  override createConnection(...[options, callback]: Parameters<https.Agent['createConnection']>) {
    const socket = super.createConnection({ ...options, ...this.#secrets() }, callback);
    return guardConnection(socket, {
      ...this.#options,
      idle: this.#idle,
      connected: 'secureConnect',
      withinMs: TLS_DEADLINE_MS,
    });
  }
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void {
    guardAnswer(request, this.#idle, this.#options.maxBodyBytes);
    (https.Agent.prototype as unknown as WithAddRequest).addRequest.call(this, request, ...rest);
  }
}

export interface ConnectionSecrets {
  readonly secureContext: SecureContext;
  readonly rejectUnauthorized: boolean;
  readonly servername?: string;
}

/** What the next connection presents and demands. */
export function connectionSecrets(tls: () => ConsulTls): () => ConnectionSecrets {
  let known: { readonly tls: ConsulTls; readonly secrets: ConnectionSecrets } | undefined;
  return () => {
    const current = tls();
    if (known?.tls === current) return known.secrets;
    const { ca, cert, key, serverName: servername, verify: rejectUnauthorized } = current;
    const pems = {
      ...(ca !== undefined && { ca }),
      ...(cert !== undefined && { cert }),
      ...(key !== undefined && { key }),
    };
    const secureContext = createSecureContext(pems);
    known = {
      tls: current,
      secrets: { secureContext, rejectUnauthorized, ...(servername !== undefined && { servername }) },
    };
    return known.secrets;
  };
}

interface ConnectionGuard extends ConnectionOptions {
  readonly idle: WeakSet<Duplex>;
  readonly connected: 'connect' | 'secureConnect';
  readonly withinMs: number;
}

function guardConnection(
  socket: Duplex | null | undefined,
  { idle, connected, withinMs, deadlines, onEnd }: ConnectionGuard,
): Duplex | null | undefined {
  if (socket === undefined || socket === null) return socket;
  const stop = deadlines.start(withinMs, () => socket.destroy(new Error(`no connection within ${withinMs} ms`)));
  socket.once('close', stop);
  socket.once(connected, () => {
    stop();
    socket.once('close', () => onEnd(idle.has(socket)));
  });
  return socket;
}

function guardAnswer(request: http.ClientRequest, idle: WeakSet<Duplex>, limit?: BodyLimit): void {
  const maxBytes = limit?.(request.path) ?? MAX_BODY_BYTES;
  request.once('socket', (socket) => idle.delete(socket));
  request.once('response', (response) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > maxBytes) request.destroy(new Error(tooLong(maxBytes)));
    });
    // Without a listener Node swallows this, and the library would wait for an end that never comes.
    response.once('error', (error) => request.emit('error', error));
    const { socket } = response;
    response.once('end', () => idle.add(socket));
  });
}
