import http2 from 'node:http2';
import { isIP } from 'node:net';
import tls from 'node:tls';
import type { Deadlines } from '../../lib/deadlines.ts';
import { type ConnectionSecrets, TLS_DEADLINE_MS } from './connections.ts';
import { CONNECTION_ENDED } from './h2-exchange.ts';

export interface SessionPlace {
  readonly host: string;
  readonly port: number;
}

/** A connection that carries many requests. */
export interface H2Session {
  readonly http2: http2.ClientHttp2Session;
  /** How many requests the agent takes at a time. */
  limit(): number;
  /** Why it ended, if it did not end in peace. */
  loss(): unknown;
  /** Ends it when the agent does not answer a ping in time. One that is stopped keeps its connections open. */
  probe(): void;
  destroy(error?: Error): void;
}

/** Longer than an agent is busy with something else. */
const PING_DEADLINE_MS = 5_000;
/** More on one connection would make its loss too dear; a proxy may allow any number. */
const MAX_STREAMS = 1_000;
/** What may come at once, of one answer and of all: the large ones are some MB. */
const WINDOW_BYTES = 1024 * 1024;

/**
 * Connects to whoever speaks TLS there. `undefined`: they do not speak HTTP/2. Rejects when there is nobody, or nobody
 * whom the certificates allow.
 */
export async function connectSession(
  place: SessionPlace,
  secrets: ConnectionSecrets,
  deadlines: Deadlines,
): Promise<H2Session | undefined> {
  const { promise, resolve, reject } = Promise.withResolvers<H2Session | undefined>();
  const socket = tls.connect({
    ...place,
    ...secrets,
    ...(secrets.servername === undefined && isIP(place.host) === 0 && { servername: place.host }),
    ALPNProtocols: ['h2', 'http/1.1'],
  });
  const stop = deadlines.start(TLS_DEADLINE_MS, () => {
    socket.destroy(new Error(`no connection within ${TLS_DEADLINE_MS} ms`));
  });
  socket.once('error', reject);
  socket.once('close', () => reject(new Error(CONNECTION_ENDED)));
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol === 'h2') {
      const session = sessionOver(socket, place, deadlines);
      // Before its settings have come, nobody knows how many requests it takes.
      session.http2.once('remoteSettings', () => resolve(session));
      return;
    }
    resolve(undefined);
    socket.destroy();
  });
  try {
    return await promise;
  } catch (error) {
    socket.destroy();
    throw error;
  } finally {
    stop();
  }
}

function sessionOver(socket: tls.TLSSocket, { host, port }: SessionPlace, deadlines: Deadlines): H2Session {
  const authority = `https://${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  const settings = { enablePush: false, initialWindowSize: WINDOW_BYTES };
  const session = http2.connect(authority, { createConnection: () => socket, settings });
  let loss: unknown;
  session.on('error', (error) => {
    loss ??= error;
  });
  session.on('close', () => {
    loss ??= new Error(CONNECTION_ENDED);
  });
  session.once('connect', () => session.setLocalWindowSize(WINDOW_BYTES));
  return {
    http2: session,
    limit: () => Math.min(MAX_STREAMS, session.remoteSettings.maxConcurrentStreams ?? MAX_STREAMS),
    loss: () => loss,
    probe: () => {
      if (session.destroyed) return;
      const lost = new Error(`no answer to a ping within ${PING_DEADLINE_MS} ms`);
      const stop = deadlines.start(PING_DEADLINE_MS, () => session.destroy(lost));
      session.ping(stop);
    },
    destroy: (error) => {
      loss ??= error;
      session.destroy();
    },
  };
}
