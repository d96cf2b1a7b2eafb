import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import type { ConsulTls } from './endpoint.ts';

interface ConnectionOptions {
  readonly maxSockets: number;
  /** Called when a connection that stood has ended, by whoever's doing. */
  readonly onEnd: () => void;
}

/** An answer longer than this is not one of Consul's. */
const MAX_BODY_BYTES = 64 * 1024 * 1024;

/**
 * Keep-alive connections for the `consul` library, with what it lacks: an answer that breaks off or grows without end
 * fails its request at once instead of at the deadline.
 */
export function createConnections(tls: ConsulTls | undefined, options: ConnectionOptions): http.Agent {
  const { maxSockets, onEnd } = options;
  const keepAlive = { keepAlive: true, keepAliveMsecs: 15_000, maxSockets, scheduling: 'fifo' as const };
  if (tls === undefined) return new GuardedHttpAgent(keepAlive, onEnd);
  const secrets = {
    rejectUnauthorized: tls.verify,
    ...(tls.ca !== undefined && { ca: tls.ca }),
    ...(tls.cert !== undefined && { cert: tls.cert }),
    ...(tls.key !== undefined && { key: tls.key }),
    ...(tls.serverName !== undefined && { servername: tls.serverName }),
  };
  return new GuardedHttpsAgent({ ...keepAlive, ...secrets }, onEnd);
}

/** Node calls this for every request; it is not in the types. */
interface WithAddRequest {
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void;
}

class GuardedHttpAgent extends http.Agent {
  readonly #onEnd: () => void;
  constructor(options: http.AgentOptions, onEnd: () => void) {
    super(options);
    this.#onEnd = onEnd;
  }
  override createConnection(...args: Parameters<http.Agent['createConnection']>): Duplex | null | undefined {
    return watchEnd(super.createConnection(...args), 'connect', this.#onEnd);
  }
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void {
    guardAnswer(request);
    (http.Agent.prototype as unknown as WithAddRequest).addRequest.call(this, request, ...rest);
  }
}

class GuardedHttpsAgent extends https.Agent {
  readonly #onEnd: () => void;
  constructor(options: https.AgentOptions, onEnd: () => void) {
    super(options);
    this.#onEnd = onEnd;
  }
  override createConnection(...args: Parameters<https.Agent['createConnection']>): Duplex | null | undefined {
    return watchEnd(super.createConnection(...args), 'secureConnect', this.#onEnd);
  }
  addRequest(request: http.ClientRequest, ...rest: readonly unknown[]): void {
    guardAnswer(request);
    (https.Agent.prototype as unknown as WithAddRequest).addRequest.call(this, request, ...rest);
  }
}

function watchEnd(
  socket: Duplex | null | undefined,
  connected: 'connect' | 'secureConnect',
  onEnd: () => void,
): Duplex | null | undefined {
  socket?.once(connected, () => socket.once('close', onEnd));
  return socket;
}

function guardAnswer(request: http.ClientRequest): void {
  request.once('response', (response) => {
    let bytes = 0;
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > MAX_BODY_BYTES) request.destroy(new Error(`the answer is longer than ${MAX_BODY_BYTES} bytes`));
    });
    // Without a listener Node swallows this, and the library would wait for an end that never comes.
    response.once('error', (error) => request.emit('error', error));
  });
}
